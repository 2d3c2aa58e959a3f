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
