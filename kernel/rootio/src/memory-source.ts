import { CygnetError } from '@cygnet/columns';
import type { ByteSource } from './byte-source.ts';

/**
 * A file whose bytes are already in memory, for example one that was dropped into a page.
 *
 * @example
 * const file = await openRoot(memorySource(new Uint8Array(buffer), 'dropped.root'), { codecs });
 */
export const memorySource = (bytes: Uint8Array, name: string): ByteSource => ({
  name,
  size: () => Promise.resolve(bytes.length),
  read: (ranges) =>
    Promise.all(
      ranges.map(({ start, length }) =>
        start >= 0 && length >= 0 && start + length <= bytes.length
          ? Promise.resolve(bytes.subarray(start, start + length))
          : Promise.reject(new CygnetError('corrupt-data', `${name} ends before byte ${start + length}.`)),
      ),
    ),
  close: () => Promise.resolve(),
});
