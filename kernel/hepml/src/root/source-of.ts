import { CygnetError } from '@cygnet/columns';
import type { ByteSource } from '@cygnet/rootio';
import { fileSource } from './file-source.ts';
import { httpSource } from './http-source.ts';
import type { Fetch } from './http-source.ts';

/** The bytes of a file by path or URL. @throws CygnetError `not-found`, `unsupported`. */
export const sourceOf = async (pathOrUrl: string, fetch?: Fetch): Promise<ByteSource> => {
  if (/^(x?root|xroots):\/\//.test(pathOrUrl)) {
    throw new CygnetError(
      'unsupported',
      `Cannot open ${pathOrUrl}: root:// is not read yet; many servers offer the same file by https://.`,
    );
  }
  return /^https?:\/\//.test(pathOrUrl) ? httpSource(pathOrUrl, fetch) : fileSource(pathOrUrl);
};
