import { openRoot } from '@cygnet/rootio';
import type { RootFile } from '@cygnet/rootio';
import type { Fetch } from './http/request.ts';
import { chosenCodecs } from './node-codecs.ts';
import { sourceOf } from './source-of.ts';

export interface OpenOptions {
  readonly signal?: AbortSignal;
  /** For URLs; the global `fetch` by default. */
  readonly fetch?: Fetch;
  /** For URLs whose server gives no parts of files: takes the whole file into memory. Without it, that is an error. */
  readonly wholeFile?: boolean;
}

/**
 * Opens a ROOT file by path or `http(s)://` or `root://` URL; of a URL only the byte ranges needed are fetched.
 *
 * @throws CygnetError `not-found`, `bad-file`, `corrupt-data`, `unsupported` (a server without byte ranges), `cancelled`.
 * @example
 * const file = await root.open('events.root');
 * (await file.keys()).map((key) => key.name);
 */
export const open = async (pathOrUrl: string, { signal, ...options }: OpenOptions = {}): Promise<RootFile> => {
  const source = await sourceOf(pathOrUrl, options);
  try {
    const { codecs } = await chosenCodecs();
    return await openRoot(source, { codecs, ...(signal ? { signal } : {}) });
  } catch (error) {
    await source.close();
    throw error;
  }
};
