import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { CygnetError } from '@cygnet/columns';

/** No line of a file that anybody wrote on purpose is longer. */
const longestLine = 1 << 26;

/** The text of a file in pieces that end with a whole line; gzip is undone when the file begins as one does. */
export const textPieces = async function* (
  path: string,
  { isGzip, signal }: { readonly isGzip: boolean; readonly signal?: AbortSignal },
): AsyncGenerator<string> {
  const file = createReadStream(path, { highWaterMark: 1 << 18, ...(signal ? { signal } : {}) });
  const bytes = isGzip ? file.pipe(createGunzip({ chunkSize: 1 << 18 })) : file;
  if (isGzip) file.on('error', (error) => bytes.destroy(error));
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  try {
    for await (const some of bytes as AsyncIterable<Uint8Array>) {
      const text = rest + decoder.decode(some, { stream: true });
      const end = text.lastIndexOf('\n');
      if (end < 0 && text.length > longestLine)
        throw new CygnetError('corrupt-data', `${path} has a line of more than ${longestLine} characters.`);
      if (end >= 0) yield text.slice(0, end + 1);
      rest = text.slice(end + 1);
    }
    rest += decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    if (signal?.aborted) throw new CygnetError('cancelled', `Reading ${path} was cancelled.`, { cause: error });
    const { code = '' } = error as { readonly code?: string };
    if (!code.startsWith('Z_') && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    throw new CygnetError('corrupt-data', `${path} is damaged: its gzip stream is broken (${code}).`, { cause: error });
  } finally {
    file.destroy();
  }
};

/** The lines of a file, many at a time, without what ends them. */
export const lineGroups = async function* (
  path: string,
  options: { readonly isGzip: boolean; readonly signal?: AbortSignal },
): AsyncGenerator<readonly string[]> {
  for await (const piece of textPieces(path, options)) {
    const lines = piece.split('\n');
    if (lines.at(-1) === '') lines.pop();
    yield lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }
};
