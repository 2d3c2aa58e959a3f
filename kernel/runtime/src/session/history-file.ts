import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A cell that was executed. */
export interface HistoryEntry {
  /** Number of the session, counted from 1 in each file. */
  readonly session: number;
  readonly line: number;
  readonly code: string;
}

/** What is kept: the latest cells, as long as they are not larger than any person's. */
const mostEntries = 5000;
const mostCharacters = 2_000_000;
const longestCode = 50_000;

/**
 * Where the history is kept: `CYGNET_HISTORY_FILE`, else below `JUPYTER_DATA_DIR`. Without either it is not kept: the
 * kernel writes nothing where it was not told to.
 */
export const historyFilePath = (environment: NodeJS.ProcessEnv): string | undefined => {
  const { CYGNET_HISTORY_FILE: file, JUPYTER_DATA_DIR: folder } = environment;
  if (file) return path.resolve(file);
  return folder ? path.join(folder, 'cygnet/history.jsonl') : undefined;
};

/** Cells of all sessions in a file of JSON lines that only its user can read. Several kernels may write to it. */
export class HistoryFile {
  readonly #path: string;
  readonly #onFailure: (error: Error) => void;
  #opened: { readonly session: number; readonly earlier: readonly HistoryEntry[] } | undefined;
  #hasFailed = false;

  /** @param onFailure told once when the file cannot be used; the session goes on without */
  constructor(file: string, onFailure: (error: Error) => void) {
    this.#path = file;
    this.#onFailure = onFailure;
  }

  /** Number of this session, and the cells of those before it, oldest first. Reads the file at the first call. */
  open(): { readonly session: number; readonly earlier: readonly HistoryEntry[] } {
    if (this.#opened) return this.#opened;
    let earlier: readonly HistoryEntry[] = [];
    let last = 0;
    this.#try(() => {
      const lines = existsSync(this.#path) ? readFileSync(this.#path, 'utf8').split('\n') : [];
      const read = lines.map(parse).filter((entry) => entry !== undefined);
      last = read.reduce((most, { session }) => Math.max(most, session), 0);
      earlier = bounded(read.filter(({ code }) => code !== ''));
      mkdirSync(path.dirname(this.#path), { recursive: true, mode: 0o700 });
      if (read.length > earlier.length + mostEntries / 10) this.#rewrite(earlier);
      this.#append({ session: last + 1, line: 0, code: '' });
    });
    this.#opened = { session: last + 1, earlier };
    return this.#opened;
  }

  add(line: number, code: string): void {
    const { session } = this.open();
    if (code.length <= longestCode) this.#try(() => this.#append({ session, line, code }));
  }

  #append(entry: HistoryEntry): void {
    appendFileSync(this.#path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  #rewrite(entries: readonly HistoryEntry[]): void {
    const whole = `${this.#path}.${process.pid}.new`;
    writeFileSync(whole, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 });
    renameSync(whole, this.#path);
  }

  #try(action: () => void): void {
    if (this.#hasFailed) return;
    try {
      action();
    } catch (error) {
      this.#hasFailed = true;
      this.#onFailure(new Error(`The history is not kept: ${error instanceof Error ? error.message : String(error)}`));
    }
  }
}

/** A line that was cut or is none of ours is passed over. */
const parse = (line: string): HistoryEntry | undefined => {
  if (!line.startsWith('{')) return undefined;
  let value: Partial<HistoryEntry>;
  try {
    value = JSON.parse(line) as Partial<HistoryEntry>;
  } catch {
    return undefined;
  }
  const { session, line: number, code } = value;
  const isEntry = typeof session === 'number' && typeof number === 'number' && typeof code === 'string';
  return isEntry ? { session, line: number, code } : undefined;
};

const bounded = (entries: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  let characters = 0;
  let first = entries.length;
  while (first > 0 && entries.length - first < mostEntries) {
    characters += entries[first - 1]?.code.length ?? 0;
    if (characters > mostCharacters) break;
    first -= 1;
  }
  return entries.slice(first);
};
