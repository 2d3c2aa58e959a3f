import type { Column } from '@cygnet/columns';
import type { Basket } from './basket.ts';
import { readMember, readMembersToEnd } from './builders/builder.ts';
import type { Builder } from './builders/builder.ts';
import { Ends } from './builders/list-builders.ts';
import { StreamBuffer } from './streamed/stream-buffer.ts';

/**
 * Values that are read as their classes are described: one an entry, or, if `isRepeated`, one for each item that the
 * entry has of a split collection.
 */
export const decodeStreamed = (basket: Basket, builder: Builder, isRepeated: boolean, what: string): Column => {
  const buffer = new StreamBuffer(basket.data, what);
  const { offsets, entries } = basket;
  if (!isRepeated) {
    if (entries > 0 && basket.data.length === 0) {
      throw buffer.unsupported('Its entries are empty: they were written without the code of their class.');
    }
    for (let i = 0; i < entries; i++) {
      if (offsets !== undefined) buffer.stop = offsets[i + 1] as number;
      readMember(builder, buffer);
      if (offsets !== undefined) expectEnd(buffer);
    }
    expectEnd(buffer);
    return builder.finish();
  }
  if (offsets === undefined && entries > 1) throw buffer.unsupported('Its baskets have no entry offsets.');
  const ends = new Ends();
  for (let i = 0; i < entries; i++) {
    buffer.stop = offsets === undefined ? basket.data.length : (offsets[i + 1] as number);
    ends.add(readMembersToEnd(builder, buffer));
  }
  return ends.wrap(builder.finish());
};

const expectEnd = (buffer: StreamBuffer): void => {
  if (buffer.left > 0) throw buffer.damaged(`an entry has ${buffer.left} bytes too many`);
};
