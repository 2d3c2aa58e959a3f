import { checkScores, checkWeights, type Numbers } from './labelled-scores.ts';
import { asFloats, descendingOrder } from './score-order.ts';

/**
 * Distance correlation of two numbers an event: 0 if and only if they are independent (for large samples), 1 if one is a
 * linear function of the other; unlike Pearson's coefficient it sees every kind of dependence
 * (Szekely, Rizzo, Bakirov, Ann. Statist. 35 (2007) 2769). The V-statistic, with weights w_i normalised to 1:
 * `dCov^2(x, y) = sum_ij w_i w_j a_ij b_ij - 2 sum_i w_i a_i b_i + a b`, `a_ij = |x_i - x_j|`, `a_i = sum_j w_j a_ij`,
 * `a = sum_i w_i a_i`; returned is `dCov(x, y) / sqrt(dCov(x, x) dCov(y, y))`, not its square. Computed in O(n log n) (after
 * Chaudhuri and Hu, Comput. Stat. Data Anal. 135 (2019) 15). For independent numbers it is of the order of `n^(-1/4)`, not 0:
 * compare with a shuffled sample.
 * @returns In [0, 1]; 0 when one of the two is constant.
 * @throws RangeError when lengths differ, a value is NaN or infinite, a weight is negative, or all weights are 0.
 * @example
 * metrics.distanceCorrelation(scores, mass, { weights }); // does the classifier know the mass?
 */
export const distanceCorrelation = (x: Numbers, y: Numbers, options: { readonly weights?: Numbers } = {}): number => {
  if (x.length !== y.length) throw new RangeError(`${x.length} against ${y.length} values: both need one an event.`);
  const [a, b] = [checked(x, 'first'), checked(y, 'second')];
  const w = normalised(options.weights, a.length);
  const [ofA, ofB] = [meanDistances(a, w), meanDistances(b, w)];
  const covariance = distanceCovariance(a, b, w, { ofA, ofB });
  const spread = distanceCovariance(a, a, w, { ofA, ofB: ofA }) * distanceCovariance(b, b, w, { ofA: ofB, ofB });
  return spread > 0 ? Math.sqrt(Math.max(0, covariance) / Math.sqrt(spread)) : 0;
};

const checked = (values: Numbers, name: string): Float64Array => {
  checkScores(values, `${name} values`);
  const floats = asFloats(values);
  const [wrong] = floats.filter((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new RangeError(`The ${name} values hold ${wrong}: distances need finite numbers.`);
  return floats;
};

const normalised = (weights: Numbers | undefined, length: number): Float64Array => {
  if (length === 0) throw new RangeError('The sample has no events.');
  if (!weights) return new Float64Array(length).fill(1 / length);
  checkWeights(weights, length);
  const floats = asFloats(weights);
  const least = floats.reduce((low, weight) => Math.min(low, weight), 0);
  if (least < 0)
    throw new RangeError(`A weight is ${least}: distance correlation is not defined for negative weights.`);
  const total = floats.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError('All weights are 0.');
  return floats.map((weight) => weight / total);
};

/** For each event the mean distance to all events, from running sums in rising order. */
const meanDistances = (x: Float64Array, w: Float64Array): Float64Array => {
  const order = descendingOrder(x).reverse();
  const mean = x.reduce((sum, value, i) => sum + value * (w[i] as number), 0);
  const result = new Float64Array(x.length);
  let [weight, moment] = [0, 0];
  for (const event of order) {
    const value = x[event] as number;
    weight += w[event] as number;
    moment += (w[event] as number) * value;
    result[event] = value * weight - moment + (mean - moment) - value * (1 - weight);
  }
  return result;
};

const distanceCovariance = (
  x: Float64Array,
  y: Float64Array,
  w: Float64Array,
  { ofA, ofB }: { readonly ofA: Float64Array; readonly ofB: Float64Array },
): number => {
  let [cross, meanA, meanB] = [0, 0, 0];
  for (let i = 0; i < w.length; i++) {
    const weight = w[i] as number;
    cross += weight * (ofA[i] as number) * (ofB[i] as number);
    meanA += weight * (ofA[i] as number);
    meanB += weight * (ofB[i] as number);
  }
  return productOfDistances(x, y, w) - 2 * cross + meanA * meanB;
};

/**
 * `sum_ij w_i w_j |x_i - x_j| |y_i - y_j|`: in rising x, the distance in x needs no sign, and that in y is positive for
 * the earlier events with a lower y, negative for the others; prefix sums over the ranks of y give both parts.
 */
const productOfDistances = (x: Float64Array, y: Float64Array, w: Float64Array): number => {
  const rank = new Uint32Array(y.length);
  descendingOrder(y)
    .reverse()
    .forEach((event, place) => (rank[event] = place));
  const sums = prefixSums(x.length);
  const all = new Float64Array(4);
  const below = new Float64Array(4);
  let total = 0;
  for (const event of descendingOrder(x).reverse()) {
    const [a, b, weight, place] = [x[event] as number, y[event] as number, w[event] as number, rank[event] as number];
    sums.until(place, below);
    const signed = (k: number): number => 2 * (below[k] as number) - (all[k] as number);
    total += weight * (a * b * signed(0) - b * signed(1) - a * signed(2) + signed(3));
    const terms = [weight, weight * a, weight * b, weight * a * b];
    sums.add(place, terms);
    terms.forEach((term, k) => (all[k] = (all[k] as number) + term));
  }
  return 2 * total;
};

/** Four running sums over ranks that grow in any order (Fenwick, Softw. Pract. Exper. 24 (1994) 327). */
const prefixSums = (length: number) => {
  const tree = new Float64Array(4 * (length + 1));
  return {
    add(place: number, terms: readonly number[]): void {
      for (let i = place + 1; i <= length; i += i & -i)
        for (let k = 0; k < 4; k++) tree[4 * i + k] = (tree[4 * i + k] as number) + (terms[k] as number);
    },
    /** Sums of all ranks below `place`. */
    until(place: number, into: Float64Array): void {
      into.fill(0);
      for (let i = place; i > 0; i -= i & -i)
        for (let k = 0; k < 4; k++) into[k] = (into[k] as number) + (tree[4 * i + k] as number);
    },
  };
};
