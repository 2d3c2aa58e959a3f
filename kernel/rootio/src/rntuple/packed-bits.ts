/**
 * Numbers of 1 to 32 bits that follow each other without gaps, the least significant bits first.
 *
 * @param place Called with each number.
 */
export const unpackBits = (
  source: Uint8Array,
  bits: number,
  count: number,
  place: (index: number, value: number) => void,
): void => {
  let held = 0;
  let room = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    let value = 0;
    for (let got = 0; got < bits;) {
      if (room === 0) {
        held = source[at++] as number;
        room = 8;
      }
      const take = Math.min(room, bits - got);
      value |= (held & ((1 << take) - 1)) << got;
      held >>= take;
      room -= take;
      got += take;
    }
    place(i, value >>> 0);
  }
};

/** One bit a number, as 0 and 1. */
export const unpackBooleans = (source: Uint8Array, target: Uint8Array): void => {
  for (let i = 0; i < target.length; i++) target[i] = ((source[i >> 3] as number) >> (i & 7)) & 1;
};
