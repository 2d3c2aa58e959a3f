import type { JsonObject } from '../wire/index.ts';
import type { HistoryEntry, HistoryFile } from './history-file.ts';

const wildcard = (pattern: string): RegExp => {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's');
};

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/** Executed code of the running session and, with a file, of those before it. */
export class History {
  readonly #file: HistoryFile | undefined;
  readonly #entries: { readonly line: number; readonly code: string }[] = [];

  constructor(file?: HistoryFile) {
    this.#file = file;
  }

  add(line: number, code: string): void {
    this.#entries.push({ line, code });
    this.#file?.add(line, code);
  }

  /** Answers a history request: `range`, `tail` or `search`. Without a file the running session has the number 0. */
  reply(request: JsonObject): JsonObject {
    const withOutput = request.output === true;
    const history = this.#select(request).map(({ session, line, code }) => [
      session,
      line,
      withOutput ? [code, null] : code,
    ]);
    return { status: 'ok', history };
  }

  #select(request: JsonObject): readonly HistoryEntry[] {
    const { hist_access_type: kind, n, pattern, unique } = request;
    const { session: own, earlier } = this.#file?.open() ?? { session: 0, earlier: [] };
    const entries = [...earlier, ...this.#entries.map((entry) => ({ session: own, ...entry }))];
    if (kind === 'range') {
      const asked = numberOr(request.session, 0);
      const session = asked > 0 ? asked : own + asked;
      const start = numberOr(request.start, 1);
      const stop = numberOr(request.stop, Number.POSITIVE_INFINITY);
      return entries.filter((entry) => entry.session === session && entry.line >= start && entry.line < stop);
    }
    const expression = kind === 'search' ? wildcard(typeof pattern === 'string' ? pattern : '*') : undefined;
    const found = entries.filter(({ code }) => expression?.test(code) ?? true);
    const distinct = unique === true ? [...new Map(found.map((entry) => [entry.code, entry])).values()] : found;
    return typeof n === 'number' && n > 0 ? distinct.slice(-n) : distinct;
  }
}
