/** What `words.ts` does, without WebAssembly. Sources and targets are bytes. */

/** Turns each word round; `target` may be `source`. */
export const reversePlainly = (source: Uint8Array, target: Uint8Array, width: number): void => {
  const half = width / 2;
  for (let start = 0; start + width <= source.length; start += width) {
    for (let i = start, j = start + width - 1; i < start + half; i++, j--) {
      const first = source[i] as number;
      target[i] = source[j] as number;
      target[j] = first;
    }
  }
};

/** Joins words whose first bytes all come first, then all second bytes, and so on. */
export const joinPlainly = (source: Uint8Array, target: Uint8Array, width: number): void => {
  const count = target.length / width;
  for (let plane = 0; plane < width; plane++) {
    for (let i = 0, to = plane, from = plane * count; i < count; i++, to += width) {
      target[to] = source[from + i] as number;
    }
  }
};
