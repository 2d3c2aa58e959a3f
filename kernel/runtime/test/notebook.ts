import { Compiler } from '../src/engine/compiler.ts';
import { CellPositions, installStackTraces, Interruption, Runner } from '../src/engine/index.ts';
import type { Diagnostic } from '../src/engine/index.ts';

/** Node calls parts that the runner stands on experimental, and would say so in the middle of the tests' report. */
process.removeAllListeners('warning');

/** What running a cell gave. */
export interface CellResult {
  readonly value?: unknown;
  readonly error?: Error;
  readonly diagnostics: readonly Diagnostic[];
  /** Compiled code, for looking at. */
  readonly code?: string;
}

/** Compiler and runner in one thread: a notebook without Jupyter. */
export class Notebook {
  readonly compiler: Compiler;
  readonly interruption = new Interruption(new SharedArrayBuffer(4));
  readonly #runner: Runner;
  #count = 0;

  constructor(folder: string) {
    const positions = new CellPositions();
    this.compiler = new Compiler(folder);
    this.#runner = new Runner({ folder, interruption: this.interruption, positions });
    installStackTraces(positions);
  }

  async run(code: string): Promise<CellResult> {
    this.#count += 1;
    const id = this.#count;
    const compiled = this.compiler.compile({ id, code, label: `In [${id}]` });
    if (!compiled.ok) return { diagnostics: compiled.diagnostics };
    const outcome = await this.#runner.run(compiled.cell, (value) => ({ value }));
    this.compiler.commit(id, outcome.live);
    const base = { diagnostics: [], code: compiled.cell.code };
    if (outcome.ok) return { ...base, value: outcome.value.value };
    return { ...base, error: outcome.error as Error };
  }

  /** Runs cells that must succeed and gives the last one's value. */
  async value(...cells: readonly string[]): Promise<unknown> {
    let last: unknown;
    for (const code of cells) {
      const { value, error, diagnostics } = await this.run(code);
      if (error) throw error;
      if (diagnostics.length > 0) throw new Error(`${code}\n${diagnostics.map(({ message }) => message).join('\n')}`);
      last = value;
    }
    return last;
  }

  /** The compiler's first message about a cell that must not compile. */
  async complaint(code: string): Promise<Diagnostic> {
    const { diagnostics } = await this.run(code);
    const first = diagnostics[0];
    if (first === undefined) throw new Error(`This compiles: ${code}`);
    return first;
  }

  /** What a cell throws. */
  async failure(code: string): Promise<Error> {
    const { error, diagnostics } = await this.run(code);
    if (error === undefined)
      throw new Error(`No error, but ${diagnostics.map(({ message }) => message).join() || 'success'}`);
    return error;
  }
}
