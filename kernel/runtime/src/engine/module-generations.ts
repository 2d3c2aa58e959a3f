import { statSync } from 'node:fs';

interface KnownFile {
  readonly modifiedMs: number;
  readonly generation: number;
  /** Files that it imports, each with the generation that it got. */
  readonly uses: Map<string, number>;
}

const query = /\?cygnet=(\d+)$/;

/**
 * Which edition of a local file an import gets. A file has a new one when it has changed or when a file that it imports
 * has: Node keeps modules by their address, so the edition is part of it. Files that did not change are not run again.
 */
export class ModuleGenerations {
  readonly #files = new Map<string, KnownFile>();

  /**
   * Address of the current edition of `url` for a module that imports it.
   *
   * @param importer address of that module, with its own edition if it is such a file
   */
  current(url: string, importer: string | undefined): string {
    const generation = this.#generationOf(url, new Set());
    const [own = ''] = importer?.split('?') ?? [];
    const known = this.#files.get(own);
    if (known && importer !== undefined && query.exec(importer)?.[1] === String(known.generation))
      known.uses.set(url, generation);
    return `${url}?cygnet=${generation}`;
  }

  /** @param asking files on the way here: files may import each other in a circle */
  #generationOf(url: string, asking: Set<string>): number {
    const known = this.#files.get(url);
    if (known && asking.has(url)) return known.generation;
    asking.add(url);
    const modifiedMs = statSync(new URL(url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const isCurrent =
      known?.modifiedMs === modifiedMs &&
      [...known.uses].every(([used, generation]) => this.#generationOf(used, asking) === generation);
    if (isCurrent) return known.generation;
    const generation = (known?.generation ?? 0) + 1;
    this.#files.set(url, { modifiedMs, generation, uses: new Map() });
    return generation;
  }
}

/** An address without the edition. */
export const withoutGeneration = (url: string): string => url.replace(query, '');
