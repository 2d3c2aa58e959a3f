/**
 * `2 ((s + b) log(1 + s / b) - s)` without cancellation: for small x = s / b the bracket is
 * `b (x^2 / 2 - x^3 / 6 + x^4 / 12 - x^5 / 20)`.
 */
const twiceLogLikelihoodRatio = (s: number, b: number): number => {
  const x = s / b;
  if (x < 1e-3) return 2 * b * x * x * (1 / 2 - x * (1 / 6 - x * (1 / 12 - x / 20)));
  return 2 * ((s + b) * Math.log1p(x) - s);
};

const checkYields = (s: number, b: number): void => {
  if (!(s >= 0 && Number.isFinite(s)))
    throw new RangeError(`${s} expected signal events: the number must be 0 or more.`);
  if (!(b >= 0 && Number.isFinite(b)))
    throw new RangeError(`${b} expected background events: the number must be 0 or more.`);
};

const checkNotNegative = (value: number, name: string): void => {
  if (!(value >= 0 && Number.isFinite(value))) throw new RangeError(`${name} is 0 or more, not ${value}.`);
};

/**
 * Approximate median significance of the HiggsML challenge,
 * `AMS = sqrt(2 ((s + b + bReg) log(1 + s / (b + bReg)) - s))`, where bReg keeps tiny backgrounds from paying off
 * (Adam-Bourdarios et al., JMLR W&CP 42 (2015) 19, equation 7).
 * @param s Expected signal events.
 * @param b Expected background events.
 * @param options.bReg Default 10, as in the challenge.
 * @throws RangeError for negative numbers.
 * @example
 * metrics.ams(100, 1000); // 3.096692
 */
export const ams = (s: number, b: number, options: { readonly bReg?: number } = {}): number => {
  const { bReg = 10 } = options;
  checkYields(s, b);
  checkNotNegative(bReg, 'bReg');
  if (s === 0) return 0;
  return b + bReg > 0 ? Math.sqrt(twiceLogLikelihoodRatio(s, b + bReg)) : Infinity;
};

/**
 * Median significance, in standard deviations, with which s + b expected events exclude the background alone.
 *
 * Without sigmaB: `Z = sqrt(2 ((s + b) log(1 + s / b) - s))` (Cowan, Cranmer, Gross, Vitells, Eur. Phys. J. C 71 (2011) 1554,
 * arXiv 1007.1727, equation 97). With it, the background is b +- sigmaB, measured in a control region (Cowan, Discovery
 * sensitivity for a counting experiment with background uncertainty, 2012, equation 20):
 * `Z^2 = 2 ((s + b) log((s + b)(b + v) / (b^2 + (s + b) v)) - b^2 / v log(1 + v s / (b (b + v))))` with `v = sigmaB^2`.
 * For small s this is `s / sqrt(b + sigmaB^2)`.
 * @param options.sigmaB Events; default 0.
 * @throws RangeError for negative numbers.
 * @example
 * metrics.asimovSignificance(10, 100); // 0.983992
 * metrics.asimovSignificance(10, 100, { sigmaB: 10 }); // 0.690196
 */
export const asimovSignificance = (s: number, b: number, options: { readonly sigmaB?: number } = {}): number => {
  const { sigmaB = 0 } = options;
  checkYields(s, b);
  checkNotNegative(sigmaB, 'sigmaB');
  if (s === 0) return 0;
  if (b === 0) return sigmaB > 0 ? 0 : Infinity;
  const v = sigmaB * sigmaB;
  // Below this the two logarithms cancel to less than the last digits, and the first formula is the limit.
  if (v < 1e-9 * b) return Math.sqrt(twiceLogLikelihoodRatio(s, b));
  const gain = (s + b) * Math.log1p((s * b) / (b * b + (s + b) * v));
  const price = ((b * b) / v) * Math.log1p((v * s) / (b * (b + v)));
  return Math.sqrt(Math.max(0, 2 * (gain - price)));
};

/**
 * Punzi's figure of merit, `efficiency / (nSigma / 2 + sqrt(b))`: best for discovering a signal whose cross-section is not
 * known (Punzi, PHYSTAT 2003, arXiv physics/0308063, equation 7).
 * @param efficiency Of the signal, in [0, 1].
 * @param b Expected background events.
 * @param options.nSigma Significance asked for; default 5.
 * @throws RangeError for negative numbers.
 * @example
 * metrics.punzi(0.5, 100); // 0.04
 */
export const punzi = (efficiency: number, b: number, options: { readonly nSigma?: number } = {}): number => {
  const { nSigma = 5 } = options;
  checkYields(0, b);
  checkNotNegative(efficiency, 'A signal efficiency');
  checkNotNegative(nSigma, 'nSigma');
  return efficiency / (nSigma / 2 + Math.sqrt(b));
};

/**
 * `s / sqrt(s + b)`: the inverse of the relative statistical error of a measured signal, TMVA's default. Not a
 * significance where s is not small against b: use {@link asimovSignificance} there. 0 without events.
 * @throws RangeError for negative numbers.
 * @example
 * metrics.simpleSignificance(100, 300); // 5
 */
export const simpleSignificance = (s: number, b: number): number => {
  checkYields(s, b);
  return s === 0 ? 0 : s / Math.sqrt(s + b);
};

/**
 * Events expected of a process: cross-section times integrated luminosity times efficiency.
 * @param process.crossSectionFb Femtobarns, branching fractions included.
 * @param process.luminosityInvFb Inverse femtobarns.
 * @param process.efficiency Of everything before the cut that is scanned (acceptance, trigger, selection); default 1.
 * @throws RangeError for negative numbers.
 * @example
 * metrics.expectedYield({ crossSectionFb: 48.6, luminosityInvFb: 139, efficiency: 0.1 }); // 675.54
 */
export const expectedYield = (process: {
  readonly crossSectionFb: number;
  readonly luminosityInvFb: number;
  readonly efficiency?: number;
}): number => {
  const { crossSectionFb, luminosityInvFb, efficiency = 1 } = process;
  checkNotNegative(crossSectionFb, 'A cross-section');
  checkNotNegative(luminosityInvFb, 'A luminosity');
  checkNotNegative(efficiency, 'An efficiency');
  return crossSectionFb * luminosityInvFb * efficiency;
};
