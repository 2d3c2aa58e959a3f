import { elements } from '../element.ts';
import type { StreamBuffer } from '../streamed/stream-buffer.ts';
import type { ReadsObjects } from '../streamed/streamed-object.ts';

/** The oldest version of a branch that is read: ROOT 2.25. */
const oldestVersion = 6;

/** A `TBranch` before version 10 (ROOT 4): ROOT streamed it by code of its own. */
export const readOldBranch = (
  reader: ReadsObjects,
  buffer: StreamBuffer,
  version: number,
  members: Map<string, unknown>,
): void => {
  if (version < oldestVersion) throw buffer.unsupported(`Branches of version ${version} are too old to be read.`);
  reader.read('TNamed', buffer, members);
  if (version > 7) reader.read('TAttFill', buffer, members);
  buffer.take(8);
  members.set('fEntryOffsetLen', buffer.int32());
  members.set('fWriteBasket', buffer.int32());
  buffer.take(8);
  const baskets = buffer.int32();
  if (version > 6) buffer.take(4);
  members.set('fEntries', buffer.float64());
  members.set('fTotBytes', buffer.float64());
  members.set('fZipBytes', buffer.float64());
  for (const name of ['fBranches', 'fLeaves', 'fBaskets']) members.set(name, reader.read('TObjArray', buffer));
  const numbers = (size: 4 | 8): unknown => {
    if (!(baskets >= 0 && size * baskets <= buffer.left))
      throw buffer.damaged('a branch has an impossible number of baskets');
    const start = buffer.take(size * baskets);
    return (size === 4 ? elements.int32 : elements.int64).decode(buffer.bytes.subarray(start, start + size * baskets));
  };
  buffer.take(1);
  members.set('fBasketBytes', numbers(4));
  buffer.take(1);
  members.set('fBasketEntry', numbers(4));
  members.set('fBasketSeek', numbers(buffer.uint8() === 2 ? 8 : 4));
  members.set('fFileName', buffer.text());
};
