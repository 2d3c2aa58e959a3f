import type { Codecs } from '@cygnet/rootio';
import { memorySource } from '@cygnet/rootio';
import { readDirectory } from '../../src/file/directory.ts';
import { unpackRecord } from '../../src/file/file-access.ts';
import { readFileHeader } from '../../src/file/file-header.ts';
import { readKey } from '../../src/file/key.ts';
import type { FileKey } from '../../src/file/key.ts';
import { StreamBuffer } from '../../src/streamed/stream-buffer.ts';

/** Where the header keeps the place and length of the description of classes, in files up to 2 GB. */
const infoSeekAt = 37;
const infoBytesAt = 41;

const indexOf = (bytes: Uint8Array, wanted: Uint8Array): number => {
  for (let at = 0; at + wanted.length <= bytes.length; at++) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
};

/**
 * The same file with its trees' records and its description of classes not compressed, so that damage reaches what
 * reads them and does not end in the codec: they are written again behind the end, and the keys changed to point there.
 */
export const unpackMetadata = async (bytes: Uint8Array, codecs: Codecs): Promise<Uint8Array> => {
  const from = { source: memorySource(bytes, 'packed.root'), size: bytes.length, codecs };
  const header = await readFileHeader(from);
  const top = await readDirectory(from, header.begin + header.nameBytes, 'packed.root');
  const parts: Uint8Array[] = [bytes.slice()];
  const whole = parts[0] as Uint8Array;
  let end = bytes.length;
  const append = async (seek: number, stored: number, key: FileKey): Promise<{ seek: number; bytes: number }> => {
    const record = bytes.slice(seek, seek + stored);
    const raw = await unpackRecord(record, key, codecs, 'packed.root');
    const unpacked = new Uint8Array(key.keyLength + raw.length);
    unpacked.set(record.subarray(0, key.keyLength));
    unpacked.set(raw, key.keyLength);
    new DataView(unpacked.buffer).setInt32(0, unpacked.length);
    parts.push(unpacked);
    end += unpacked.length;
    return { seek: end - unpacked.length, bytes: unpacked.length };
  };
  const view = new DataView(whole.buffer);
  const infoKey = readKey(new StreamBuffer(bytes.subarray(header.infoSeek), 'packed.root'));
  const info = await append(header.infoSeek, header.infoBytes, infoKey);
  view.setInt32(infoSeekAt, info.seek);
  view.setInt32(infoBytesAt, info.bytes);
  for (const key of top.keys.filter(({ className }) => className === 'TTree' || className === 'TNtuple')) {
    const head = whole.slice(key.seek, key.seek + key.keyLength);
    const inList = top.keysSeek + indexOf(whole.subarray(top.keysSeek), head);
    const moved = await append(key.seek, key.bytes, key);
    view.setInt32(inList, moved.bytes);
    view.setInt32(inList + 18, moved.seek);
  }
  const result = new Uint8Array(end);
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  new DataView(result.buffer).setInt32(12, end);
  return result;
};
