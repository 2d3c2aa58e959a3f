/** Ways in which a file is damaged, each from whole numbers in [0, bound) that a seeded generator gives. */
export type Damage = (bytes: Uint8Array, random: (bound: number) => number) => Uint8Array;

const extremes = [0xffffffff, 0x7fffffff, 0x80000000, 0x40000000, 0x3fffffff, 0x00ffffff, 0x7fff, 1, 0];
const methods = ['ZL', 'ZS', 'L4', 'XZ', 'CS'];

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const cutOff: Damage = (bytes, random) => bytes.slice(0, random(bytes.length));

const flipBits: Damage = (bytes, random) => {
  const damaged = bytes.slice();
  for (let flips = 1 + random(8); flips > 0; flips--) {
    const at = random(bytes.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random(8));
  }
  return damaged;
};

/** A length, position or count becomes an extreme one. */
const lie: Damage = (bytes, random) => {
  const damaged = bytes.slice();
  for (let lies = 1 + random(3); lies > 0; lies--) {
    viewOf(damaged).setUint32(random(bytes.length - 4), extremes[random(extremes.length)] ?? 0);
  }
  return damaged;
};

/** A small number changes a little: a count or a version is off by some. */
const nudge: Damage = (bytes, random) => {
  const damaged = bytes.slice();
  const at = random(bytes.length);
  damaged[at] = ((damaged[at] ?? 0) + 1 + random(4)) & 0xff;
  return damaged;
};

/** Bytes of one place appear at another: positions point to other records, or back to their own. */
const copyOver: Damage = (bytes, random) => {
  const damaged = bytes.slice();
  const length = 1 + random(random(4) === 0 ? 400 : 8);
  const from = random(Math.max(1, bytes.length - length));
  damaged.copyWithin(random(Math.max(1, bytes.length - length)), from, from + length);
  return damaged;
};

const blank: Damage = (bytes, random) => {
  const damaged = bytes.slice();
  const start = random(bytes.length);
  return damaged.fill(random(2) === 0 ? 0 : 0xff, start, start + 1 + random(64));
};

/** A compressed block claims to become much more, and so does the key before it. */
const bomb: Damage = (bytes, random) => {
  const damaged = bytes.slice();
  const places: number[] = [];
  for (let at = 0; at + 9 < bytes.length; at++) {
    if (methods.includes(String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0))) places.push(at);
  }
  const at = places[random(Math.max(1, places.length))];
  if (at === undefined) return lie(bytes, random);
  damaged.fill(0xff, at + 6, at + 9);
  for (let back = 0; back < 200 && at - back >= 6; back++) {
    const start = at - back;
    if (viewOf(bytes).getInt16(start + 14) === back) viewOf(damaged).setInt32(start + 6, 0x3fffffff);
  }
  return damaged;
};

/** All of them. */
export const damages: readonly (readonly [name: string, damage: Damage])[] = Object.entries({
  cutOff,
  flipBits,
  lie,
  nudge,
  copyOver,
  blank,
  bomb,
});
