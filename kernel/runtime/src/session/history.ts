import type { JsonObject } from '../wire/index.ts';

interface Entry {
  readonly line: number;
  readonly code: string;
}

/** Number that Jupyter gives the running session. */
const session = 0;

const wildcard = (pattern: string): RegExp => {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's');
};

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/** Executed code of the running session. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, code: string): void {
    this.#entries.push({ line, code });
  }

  /** Answers a history request: `range`, `tail` or `search`. */
  reply(request: JsonObject): JsonObject {
    const entries = this.#select(request);
    const withOutput = request.output === true;
    const history = entries.map(({ line, code }) => [session, line, withOutput ? [code, null] : code]);
    return { status: 'ok', history };
  }

  #select(request: JsonObject): readonly Entry[] {
    const { hist_access_type: kind, n, pattern, unique } = request;
    if (kind === 'range') {
      const start = numberOr(request.start, 1);
      const stop = numberOr(request.stop, Number.POSITIVE_INFINITY);
      return this.#entries.filter(({ line }) => line >= start && line < stop);
    }
    const expression = kind === 'search' ? wildcard(typeof pattern === 'string' ? pattern : '*') : undefined;
    const found = this.#entries.filter(({ code }) => expression?.test(code) ?? true);
    const distinct = unique === true ? [...new Map(found.map((entry) => [entry.code, entry])).values()] : found;
    return typeof n === 'number' && n > 0 ? distinct.slice(-n) : distinct;
  }
}
