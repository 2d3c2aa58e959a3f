import { CygnetError, columnTypeName, isCygnetError } from '@cygnet/columns';
import { TableStream } from '../data/index.ts';
import type { Table } from '../data/index.ts';

/** A part of a file's entries, as a stream; all of them when no part is given. */
export type OpenFile = (
  path: string,
  part: { readonly entries?: readonly [start: number, stop: number]; readonly signal?: AbortSignal },
) => Promise<TableStream>;

/** The file that an error speaks of, if it does not say itself. */
const ofFile = (error: unknown, path: string): unknown =>
  isCygnetError(error) && !error.message.includes(path)
    ? new CygnetError(error.kind, `${path}: ${error.message}`, { cause: error })
    : error;

/** What all files of a chain have in common: the columns of the first one. */
class CommonColumns {
  readonly #first: string;
  readonly #names: readonly string[];
  #types: ReadonlyMap<string, string> | undefined;
  constructor(first: string, names: readonly string[]) {
    this.#first = first;
    this.#names = names;
  }

  /** @throws CygnetError `column-not-found` when a file lacks a column. */
  checkNames(path: string, names: readonly string[]): void {
    const missing = this.#names.find((name) => !names.includes(name));
    if (missing === undefined) return;
    throw new CygnetError(
      'column-not-found',
      `${path} has no "${missing}", which ${this.#first} has. Choose branches that all files have: { branches: […] }.`,
    );
  }

  /** @throws CygnetError `unsupported` when a column is of another type. */
  checkTypes(path: string, chunk: Table): void {
    const types = new Map(this.#names.map((name) => [name, columnTypeName(chunk.column(name))]));
    this.#types ??= types;
    for (const [name, type] of this.#types) {
      if (types.get(name) === type) continue;
      throw new CygnetError(
        'unsupported',
        `"${name}" is ${types.get(name)} in ${path} and ${type} in ${this.#first}. Leave it out, or read the files apart and derive one type.`,
      );
    }
  }
}

/**
 * The entries of several files, one after the other. Each is opened when its turn has come; chunks end where files end.
 *
 * @param range Entries of all files together.
 */
export const chainStream = async (
  paths: readonly [string, ...string[]],
  openFile: OpenFile,
  { name, range }: { readonly name: string; readonly range?: readonly [start: number, stop: number] },
): Promise<TableStream> => {
  const [firstPath] = paths;
  const first = await openFile(firstPath, {});
  const { columnNames } = first;
  const [start, stop] = range ?? [0, Infinity];
  const open = async function* (signal: AbortSignal): AsyncGenerator<Table> {
    const common = new CommonColumns(firstPath, columnNames);
    let seen = 0;
    let isEmpty = true;
    for (const path of paths) {
      if (seen >= stop) break;
      try {
        const whole = await openFile(path, { signal });
        common.checkNames(path, whole.columnNames);
        const length = whole.length ?? 0;
        const part = [Math.max(0, start - seen), Math.min(length, stop - seen)] as const;
        seen += length;
        if (part[1] <= part[0]) continue;
        const isWhole = part[0] === 0 && part[1] === length;
        const chunks = isWhole ? whole : await openFile(path, { entries: part, signal });
        let isFirst = true;
        for await (const chunk of chunks.chunks({ signal })) {
          if (isFirst) common.checkTypes(path, chunk);
          isFirst = false;
          isEmpty = false;
          yield chunk.select(columnNames).withRoles({ name });
        }
      } catch (error) {
        throw ofFile(error, path);
      }
    }
    if (isEmpty) yield* (await openFile(firstPath, { entries: [0, 0], signal })).chunks({ signal });
  };
  const only = paths.length === 1 && first.length !== undefined;
  const length = only ? Math.max(0, Math.min(stop, first.length) - start) : undefined;
  return TableStream.of({ name, columnNames, length, open });
};
