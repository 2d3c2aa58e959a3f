import type { ByteSource } from '@cygnet/rootio';
import { fileSource } from './file-source.ts';
import { httpSource } from './http/http-source.ts';
import type { HttpSourceOptions } from './http/http-source.ts';
import { isXrootdUrl, xrootdSource } from './xrootd/xrootd-source.ts';

/** What matters for URLs only. */
export type SourceOptions = Pick<HttpSourceOptions, 'fetch' | 'wholeFile'>;

/** The bytes of a file by path or URL. @throws CygnetError `not-found`, `unsupported`. */
export const sourceOf = async (pathOrUrl: string, options: SourceOptions = {}): Promise<ByteSource> => {
  if (isXrootdUrl(pathOrUrl)) return xrootdSource(pathOrUrl);
  return /^https?:\/\//.test(pathOrUrl) ? httpSource(pathOrUrl, options) : fileSource(pathOrUrl);
};
