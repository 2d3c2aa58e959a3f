import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { Boxes, type Accessors } from './boxes.ts';
import type { CompiledCell } from './cell.ts';
import type { Interruption } from './interruption.ts';
import { createCellImport, type ImportForCell } from './module-import.ts';
import type { CellPositions } from './stack-traces.ts';

/** How a cell ended. `live` are the names that later cells may use. */
export type CellOutcome<Shown> =
  | { readonly ok: true; readonly live: readonly string[]; readonly value: Shown }
  | { readonly ok: false; readonly live: readonly string[]; readonly error: unknown };

export interface RunnerOptions {
  /** The notebook's folder: imports and `require` resolve from here. */
  readonly folder: string;
  readonly interruption: Interruption;
  readonly positions: CellPositions;
}

/** Runs compiled cells on the calling thread and holds the session's values. */
export class Runner {
  readonly #boxes = new Boxes();
  readonly #folder: string;
  readonly #interruption: Interruption;
  readonly #positions: CellPositions;
  readonly #importModule: ImportForCell;
  readonly #require: NodeJS.Require;

  constructor({ folder, interruption, positions }: RunnerOptions) {
    this.#folder = folder;
    this.#interruption = interruption;
    this.#positions = positions;
    this.#importModule = createCellImport(folder);
    this.#require = createRequire(path.join(folder, 'cygnet_cell_require.ts'));
  }

  /**
   * Runs a cell. Never rejects: an exception of the cell is its outcome.
   *
   * @param present turns the value of the last expression into what is shown; an interrupt ends it too
   */
  async run<Shown>(
    cell: CompiledCell,
    present: (value: unknown) => Shown | Promise<Shown>,
  ): Promise<CellOutcome<Shown>> {
    let accessors: Accessors = {};
    this.#positions.add(cell.id, cell.label, cell.map);
    try {
      const body = this.#bodyOf(cell, (published) => {
        accessors = published;
      });
      const value = await this.#interruption.race(async () => present((await body())?.v));
      const names = cell.values.map(({ name }) => name);
      return { ok: true, live: [...this.#publish(cell.id, names, accessors), ...cell.types], value };
    } catch (error) {
      const started = cell.values.map(({ name }) => name).filter((name) => isInitialised(accessors, name));
      return { ok: false, live: [...this.#publish(cell.id, started, accessors), ...cell.types], error };
    }
  }

  /** Forgets all names; code that already uses them keeps them. */
  reset(): void {
    this.#boxes.clear();
  }

  #bodyOf(cell: CompiledCell, define: (accessors: Accessors) => void): () => Promise<{ v: unknown } | undefined> {
    const make = vm.runInThisContext(cell.code, {
      filename: cell.file,
      lineOffset: -1,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as (...services: unknown[]) => () => Promise<{ v: unknown } | undefined>;
    const { flag, stop } = this.#interruption;
    const meta = {
      url: pathToFileURL(cell.file).href,
      filename: cell.file,
      dirname: this.#folder,
      resolve: (specifier: string) => this.#addressOf(specifier, cell.file),
    };
    const boxes = cell.boxes.map((name) => this.#boxes.get(name));
    return make(define, this.#importModule, meta, flag, stop, this.#require, cell.file, this.#folder, ...boxes);
  }

  #addressOf(specifier: string, cellFile: string): string {
    if (/^\.{0,2}\//.test(specifier)) return new URL(specifier, pathToFileURL(cellFile)).href;
    const found = this.#require.resolve(specifier);
    return path.isAbsolute(found) ? pathToFileURL(found).href : found;
  }

  #publish(cell: number, names: readonly string[], accessors: Accessors): readonly string[] {
    for (const name of names) {
      const accessor = accessors[name];
      if (accessor) this.#boxes.get(name).point(accessor, cell);
    }
    this.#positions.forgetBut(this.#boxes.cells);
    return names;
  }
}

/** Whether a cell that failed had got as far as giving a name its value. */
const isInitialised = (accessors: Accessors, name: string): boolean => {
  try {
    return accessors[name]?.read() !== undefined;
  } catch {
    return false;
  }
};
