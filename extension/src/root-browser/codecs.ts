import { type Codecs, decompressLz4 } from '@cygnet/rootio';
import { unzlibSync } from 'fflate';
import { decompress as unzstd } from 'fzstd';
import { R__unzip } from 'jsroot/io';

/** Length of the header that ROOT writes before each compressed block. */
const headerBytes = 9;

const littleEndian24 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff];

/** LZMA comes with JSROOT, whose decoder wants the block as ROOT writes it: with its header, and a byte after it. */
const unlzma = async (input: Uint8Array, size: number): Promise<Uint8Array> => {
  const block = new Uint8Array(headerBytes + input.length + 1);
  block.set([0x58, 0x5a, 0, ...littleEndian24(input.length), ...littleEndian24(size)]);
  block.set(input, headerBytes);
  const out = await R__unzip(new DataView(block.buffer), size, true);
  if (!out) throw new Error('The LZMA block does not decompress.');
  return new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
};

/** ROOT's four compression methods in the browser. */
export const browserCodecs: Codecs = {
  zlib: (input, size) => unzlibSync(input, { out: new Uint8Array(size) }),
  zstd: (input, size) => unzstd(input, new Uint8Array(size)),
  lz4: decompressLz4,
  lzma: unlzma,
};
