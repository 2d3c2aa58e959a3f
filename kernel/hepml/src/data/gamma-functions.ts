/** Lanczos' coefficients for g = 7, as in Numerical Recipes and GSL: 1e-15 for positive arguments. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/**
 * Logarithm of the gamma function of a positive number (Lanczos, SIAM J. Numer. Anal. B 1 (1964) 86).
 * @example
 * logGamma(5); // log(24)
 */
export const logGamma = (x: number): number => {
  const z = x - 1;
  const t = z + 7.5;
  const sum = lanczos.reduce<number>((all, c, i) => (i === 0 ? c : all + c / (z + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
};

/**
 * Regularised incomplete gamma functions: `lower` is the chance P(a, x) that a gamma-distributed number of shape a is
 * below x, `upper` is 1 - P without cancellation. Series below x = a + 1, Lentz' continued fraction above
 * (Numerical Recipes 6.2); relative error some 1e-14.
 */
export const incompleteGamma = (a: number, x: number): { readonly lower: number; readonly upper: number } => {
  if (!(x > 0)) return { lower: 0, upper: 1 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = a + 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= x / n;
    return { lower: front * sum, upper: 1 - front * sum };
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 1000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return { lower: 1 - front * fraction, upper: front * fraction };
};

/** Chance that a standard normal number is farther from 0 than x on either side: `erfc(|x| / sqrt(2))`. */
export const twoSidedNormalTail = (x: number): number => incompleteGamma(0.5, (x * x) / 2).upper;
