/** First 192 bytes of entropy that XXH3 mixes in: its default secret. */
const hex =
  'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221' +
  'b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8' +
  'a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb' +
  '170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e';

export const secret = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const secretView = new DataView(secret.buffer);

export const secretLength = secret.length;
/** The secret from a byte on, as 32-bit words. */
export const secretWords = (start: number): Int32Array =>
  Int32Array.from({ length: Math.floor((secretLength - start) / 4) }, (_, i) =>
    secretView.getInt32(start + 4 * i, true),
  );
export const secret64 = (at: number): bigint => secretView.getBigUint64(at, true);
export const secret32 = (at: number): bigint => BigInt(secretView.getUint32(at, true));

const mask = (1n << 64n) - 1n;
export const wrap = (value: bigint): bigint => value & mask;
export const prime32 = [0x9e3779b1n, 0x85ebca77n, 0xc2b2ae3dn] as const;
export const prime64 = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const;

/** The two halves of a 128-bit product, one over the other. */
export const foldedProduct = (a: bigint, b: bigint): bigint => {
  const product = a * b;
  return wrap(product) ^ (product >> 64n);
};

/** The last step of most lengths. */
export const avalanche = (hash: bigint): bigint => {
  const mixed = wrap((hash ^ (hash >> 37n)) * 0x165667919e3779f9n);
  return mixed ^ (mixed >> 32n);
};
