import { CygnetError } from '@cygnet/columns';
import type { ByteSource } from '@cygnet/rootio';
import { fileSource } from './file-source.ts';
import { httpSource } from './http/http-source.ts';
import type { HttpSourceOptions } from './http/http-source.ts';

/** What matters for URLs only. */
export type SourceOptions = Pick<HttpSourceOptions, 'fetch' | 'wholeFile'>;

/** The bytes of a file by path or URL. @throws CygnetError `not-found`, `unsupported`. */
export const sourceOf = async (pathOrUrl: string, options: SourceOptions = {}): Promise<ByteSource> => {
  if (/^(x?root|xroots):\/\//.test(pathOrUrl)) {
    throw new CygnetError(
      'unsupported',
      `Cannot open ${pathOrUrl}: root:// is not read yet; many servers offer the same file by https://.`,
    );
  }
  return /^https?:\/\//.test(pathOrUrl) ? httpSource(pathOrUrl, options) : fileSource(pathOrUrl);
};
