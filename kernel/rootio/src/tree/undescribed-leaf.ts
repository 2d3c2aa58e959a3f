import type { StreamBuffer } from '../streamed/stream-buffer.ts';
import type { ReadsObjects } from '../streamed/streamed-object.ts';

/** A leaf in a file that does not describe the class, as other writers than ROOT leave it: `TLeaf` version 2 is meant. */
export const readUndescribedLeaf = (
  reader: ReadsObjects,
  className: string,
  buffer: StreamBuffer,
  members: Map<string, unknown>,
): void => {
  if (className !== 'TLeaf') {
    reader.read('TLeaf', buffer, members);
    return;
  }
  reader.read('TNamed', buffer, members);
  members.set('fLen', buffer.int32());
  buffer.take(9);
  members.set('fIsUnsigned', buffer.uint8() !== 0);
  members.set('fLeafCount', reader.readPointer(buffer));
};
