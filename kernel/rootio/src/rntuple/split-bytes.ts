/** Words whose first bytes all come first, then all second bytes, and so on. */
export const joinSplit16 = (source: Uint8Array, target: Uint16Array): void => {
  const n = target.length;
  for (let i = 0; i < n; i++) target[i] = (source[i] as number) | ((source[n + i] as number) << 8);
};

export const joinSplit32 = (source: Uint8Array, target: Uint32Array): void => {
  const n = target.length;
  for (let i = 0; i < n; i++) {
    target[i] =
      (source[i] as number) |
      ((source[n + i] as number) << 8) |
      ((source[2 * n + i] as number) << 16) |
      ((source[3 * n + i] as number) << 24);
  }
};

/** `target` holds two 32-bit words a number, low before high. */
export const joinSplit64 = (source: Uint8Array, target: Uint32Array): void => {
  const n = target.length / 2;
  const half = 4 * n;
  for (let i = 0; i < n; i++) {
    target[2 * i] =
      (source[i] as number) |
      ((source[n + i] as number) << 8) |
      ((source[2 * n + i] as number) << 16) |
      ((source[3 * n + i] as number) << 24);
    target[2 * i + 1] =
      (source[half + i] as number) |
      ((source[half + n + i] as number) << 8) |
      ((source[half + 2 * n + i] as number) << 16) |
      ((source[half + 3 * n + i] as number) << 24);
  }
};

/** Turns 0, 1, 2, 3, 4 … back into 0, -1, 1, -2, 2 …, in words of 16 or 32 bits. */
export const undoZigzag = (words: Uint16Array | Uint32Array): void => {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    words[i] = (word >>> 1) ^ -(word & 1);
  }
};

/** The same for words of 64 bits, each as two of 32, low before high. */
export const undoZigzag64 = (words: Uint32Array): void => {
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] as number;
    const high = words[i + 1] as number;
    const sign = -(low & 1);
    words[i] = ((low >>> 1) | (high << 31)) ^ sign;
    words[i + 1] = (high >>> 1) ^ sign;
  }
};
