import { setTimeout as sleep } from 'node:timers/promises';
import { CygnetError } from '@cygnet/columns';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where requests go, and how patiently. */
export interface Server {
  readonly url: string;
  readonly fetch: Fetch;
  /** Pause before the second try, in ms; each further one is twice as long. */
  readonly pauseMs: number;
  /** Tries of one request, the first included. */
  readonly tries: number;
}

/** Longer pauses that a server asks for are not made. */
const longestPauseMs = 30_000;
/** Answers that say "not now". */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

const cancelled = ({ url }: Server, signal: AbortSignal): CygnetError =>
  new CygnetError('cancelled', `Reading ${url} was cancelled.`, { cause: signal.reason });

/** What was wrong with one try. */
type Trouble = { readonly response: Response } | { readonly error: unknown };

const inWords = (trouble: Trouble): string => {
  if ('response' in trouble)
    return `the server answered ${trouble.response.status} ${trouble.response.statusText}`.trim();
  const { error } = trouble;
  const cause = error instanceof Error ? error.cause : undefined;
  const more = cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : '';
  return (error instanceof Error ? error.message : String(error)) + more;
};

const pauseAfter = (trouble: Trouble, attempt: number, { pauseMs }: Server): number => {
  const asked = 'response' in trouble ? Number(trouble.response.headers.get('retry-after')) * 1000 : 0;
  // Half of it is left to chance, so that many requests that failed together do not come back together.
  const own = pauseMs * 2 ** attempt * (0.5 + Math.random() / 2);
  return Math.min(longestPauseMs, Math.max(own, Number.isFinite(asked) ? asked : 0));
};

/**
 * Sends a request and takes its answer with `take`, again after a pause when the connection breaks or the server says that it
 * cannot now.
 *
 * @param take Reads the answer's body, or cancels it; what it throws that is no {@link CygnetError} counts as a broken
 *   connection.
 * @throws CygnetError `not-found` when all tries failed, `cancelled`, and what `take` throws.
 */
export const request = async <T>(
  server: Server,
  headers: { readonly [name: string]: string },
  take: (response: Response) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    if (signal?.aborted) throw cancelled(server, signal);
    let trouble: Trouble;
    try {
      const response = await server.fetch(server.url, {
        headers: { 'Accept-Encoding': 'identity', ...headers },
        ...(signal ? { signal } : {}),
      });
      if (!passing.has(response.status)) return await take(response);
      await response.body?.cancel();
      trouble = { response };
    } catch (error) {
      if (signal?.aborted) throw cancelled(server, signal);
      if (error instanceof CygnetError) throw error;
      trouble = { error };
    }
    if (attempt + 1 >= server.tries) {
      throw new CygnetError(
        'not-found',
        `Cannot read ${server.url}: ${inWords(trouble)}. It was tried ${server.tries} times.`,
        'error' in trouble ? { cause: trouble.error } : {},
      );
    }
    await sleep(pauseAfter(trouble, attempt, server), undefined, signal ? { signal } : {}).catch(() => undefined); // aborted: seen above
  }
};

/**
 * The body of an answer, of at most `most` bytes: a server that sends without end does not fill the memory.
 *
 * @throws CygnetError `corrupt-data` when there is more.
 */
export const bodyOf = async (response: Response, most: number, url: string): Promise<Uint8Array> => {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    length += next.value.length;
    if (length > most) {
      await reader?.cancel();
      throw new CygnetError('corrupt-data', `${url}: the server sent more than the ${most} bytes that were asked for.`);
    }
    parts.push(next.value);
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
