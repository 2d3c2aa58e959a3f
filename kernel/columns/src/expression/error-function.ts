/** Below this the series converges fast and the complement has no cancellation. */
const border = 2;

/** `2/sqrt(pi) * sum (-1)^n x^(2n+1) / (n! (2n+1))`, in its form without alternating signs (Abramowitz and Stegun 7.1.6). */
const series = (x: number): number => {
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
};

/** The complement for large x: a continued fraction (Abramowitz and Stegun 7.1.14), from its tail. */
const complement = (x: number): number => {
  let tail = 0;
  for (let n = 120; n > 0; n--) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
};

/** The error function; relative error some 1e-15. */
export const erf = (x: number): number => {
  if (Number.isNaN(x) || x === 0) return x;
  if (Math.abs(x) < border) return series(x);
  return x > 0 ? 1 - complement(x) : complement(-x) - 1;
};

/** `1 - erf(x)` without cancellation for large x. */
export const erfc = (x: number): number => {
  if (Number.isNaN(x)) return x;
  if (x < 0.5) return 1 - erf(x);
  return x < border ? 1 - series(x) : complement(x);
};
