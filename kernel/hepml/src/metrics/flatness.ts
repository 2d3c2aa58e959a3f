import { checkScores, checkWeights, type Numbers } from './labelled-scores.ts';
import { asFloats, descendingOrder } from './score-order.ts';

/** How much the efficiency of a classifier depends on another variable, such as a mass. 0 is flat for all three. */
export interface Flatness {
  /** Standard deviation of the efficiency over the bins, by weight, averaged in quadrature over the cuts. */
  readonly sde: number;
  /** Theil index of the efficiencies over the bins, averaged over the cuts. */
  readonly theil: number;
  /** Squared difference of the score's distribution in a bin and in all bins, averaged over events and bins. */
  readonly cvm: number;
}

export interface FlatnessOptions {
  readonly weights?: Numbers;
  /** Bins of the variable, with equal numbers of events; default 15. Equal values are never split. */
  readonly bins?: number;
  /** The efficiencies of the cuts on all events; default 0.5, 0.6, 0.7, 0.8, 0.9. */
  readonly efficiencies?: readonly number[];
}

/**
 * Flatness of a classifier's efficiency over a variable, for events of one class: usually background over the mass, whose
 * shape a cut must not sculpt. Bins hold equal numbers of events. With e_b the efficiency in bin b, of weight w_b:
 * `SDE = sqrt(mean over cuts of sum w_b (e_b - e)^2)`, `Theil = mean over cuts of sum w_b (e_b / e) ln(e_b / e)`, and
 * `CvM = sum_b w_b integral (F_b - F)^2 dF` (Rogozhnikov et al., JINST 10 (2015) T03002; hep_ml's metrics).
 * None of them is 0 for a flat classifier and a finite sample: compare with shuffled scores.
 * @throws RangeError when lengths differ, a value is NaN, weights are negative, or there are fewer than two bins.
 * @example
 * const { sde } = metrics.flatness(backgroundScores, backgroundMass, { bins: 20 });
 */
export const flatness = (scores: Numbers, variable: Numbers, options: FlatnessOptions = {}): Flatness => {
  const { weights, bins = 15, efficiencies = [0.5, 0.6, 0.7, 0.8, 0.9] } = options;
  checkInputs(scores, variable, weights);
  const w = weights ? asFloats(weights) : new Float64Array(scores.length).fill(1);
  const { binOf, count } = equalBins(asFloats(variable), bins);
  if (count < 2)
    throw new RangeError(`${count} bin of the variable: nothing to compare. It has too few distinct values.`);
  const binWeight = new Float64Array(count);
  w.forEach((weight, i) => (binWeight[binOf[i] as number] = (binWeight[binOf[i] as number] as number) + weight));
  const total = binWeight.reduce((sum, one) => sum + one, 0);
  if (!(total > 0)) throw new RangeError('All weights are 0.');
  const order = descendingOrder(scores);
  const [sde, theil] = deviations({ order, binOf, w, binWeight, total, scores, efficiencies });
  return { sde, theil, cvm: cramerVonMises({ order, binOf, w, binWeight, total, scores }) };
};

const checkInputs = (scores: Numbers, variable: Numbers, weights: Numbers | undefined): void => {
  if (scores.length === 0) throw new RangeError('The sample has no events.');
  if (variable.length !== scores.length)
    throw new RangeError(
      `${scores.length} scores but ${variable.length} values of the variable: both need one an event.`,
    );
  checkScores(scores);
  checkScores(variable, 'variable');
  if (!weights) return;
  checkWeights(weights, scores.length);
  for (let i = 0; i < weights.length; i++)
    if ((weights[i] as number) < 0)
      throw new RangeError(`weights[${i}] is ${weights[i]}: flatness is not defined for negative weights.`);
};

/** Bins with about equal numbers of events: events of equal values share one. */
const equalBins = (values: Float64Array, bins: number) => {
  if (!(Number.isInteger(bins) && bins >= 2)) throw new RangeError(`${bins} bins: give a whole number of at least 2.`);
  const order = descendingOrder(values).reverse();
  const binOf = new Uint32Array(values.length);
  let [bin, isFresh] = [0, true];
  order.forEach((event, i) => {
    const isTied = i > 0 && values[event] === values[order[i - 1] as number];
    if (!isTied && !isFresh && Math.floor((i * bins) / order.length) > bin) bin++;
    isFresh = false;
    binOf[event] = bin;
  });
  return { binOf, count: bin + 1 };
};

interface Binned {
  readonly order: Uint32Array;
  readonly binOf: Uint32Array;
  readonly w: Float64Array;
  readonly binWeight: Float64Array;
  readonly total: number;
  readonly scores: Numbers;
}

/** At each cut: the tightest that keeps the asked-for weight. */
const deviations = (
  events: Binned & { readonly efficiencies: readonly number[] },
): readonly [sde: number, theil: number] => {
  const { order, binOf, w, binWeight, total, efficiencies, scores } = events;
  let [squares, theil] = [0, 0];
  for (const efficiency of efficiencies) {
    if (!(efficiency > 0 && efficiency < 1)) throw new RangeError(`Efficiency ${efficiency} is not in (0, 1).`);
    const passed = new Float64Array(binWeight.length);
    let [kept, last] = [0, NaN];
    for (const event of order) {
      const score = scores[event] as number;
      if (kept >= efficiency * total * (1 - 1e-12) && score !== last) break;
      kept += w[event] as number;
      passed[binOf[event] as number] = (passed[binOf[event] as number] as number) + (w[event] as number);
      last = score;
    }
    const mean = kept / total;
    passed.forEach((inBin, bin) => {
      if (binWeight[bin] === 0) return;
      const share = (binWeight[bin] as number) / total;
      const ratio = inBin / (binWeight[bin] as number) / mean;
      squares += share * ((ratio - 1) * mean) ** 2;
      if (ratio > 0) theil += share * ratio * Math.log(ratio);
    });
  }
  return [Math.sqrt(squares / efficiencies.length), theil / efficiencies.length];
};

/**
 * Over all distinct scores. A distribution function counts equal scores by half, `(F(x - 0) + F(x + 0)) / 2`, and since
 * `sum_b w_b F_b = F`, the sum over bins of `w_b (F_b - F)^2` is that of `w_b F_b^2`, less `F^2`.
 */
const cramerVonMises = ({ order, binOf, w, binWeight, total, scores }: Binned): number => {
  const [passed, gained] = [new Float64Array(binWeight.length), new Float64Array(binWeight.length)];
  let [all, squares, result] = [0, 0, 0];
  for (let start = 0, end = 0; start < order.length; start = end) {
    const touched = new Set<number>();
    let gain = 0;
    for (; end < order.length && scores[order[end] as number] === scores[order[start] as number]; end++) {
      const [bin, weight] = [binOf[order[end] as number] as number, w[order[end] as number] as number];
      if (weight === 0) continue;
      touched.add(bin);
      gained[bin] = (gained[bin] as number) + weight;
      gain += weight;
    }
    let [half, full] = [squares, squares];
    for (const bin of touched) {
      const [before, more, ofBin] = [passed[bin] as number, gained[bin] as number, binWeight[bin] as number];
      half += ((before + more / 2) ** 2 - before ** 2) / ofBin / total;
      full += ((before + more) ** 2 - before ** 2) / ofBin / total;
      passed[bin] = before + more;
      gained[bin] = 0;
    }
    result += (gain / total) * Math.max(0, half - ((all + gain / 2) / total) ** 2);
    squares = full;
    all += gain;
  }
  return result;
};

/**
 * Cramer-von Mises check of the Flavours of Physics challenge: events are put in the order of their mass; in windows of
 * neighbours the distribution of the score's ranks is compared with that of all events. The challenge asked for less than 0.002.
 * @param options.neighbours Events in a window, default 200.
 * @param options.step From one window to the next, default 50.
 * @throws RangeError when there are fewer events than neighbours, lengths differ or a value is NaN.
 * @example
 * metrics.flavoursCvm(scores, mass); // below 0.002: the score does not know the mass
 */
export const flavoursCvm = (
  scores: Numbers,
  mass: Numbers,
  options: { readonly neighbours?: number; readonly step?: number } = {},
): number => {
  const { neighbours = 200, step = 50 } = options;
  checkInputs(scores, mass, undefined);
  const n = scores.length;
  if (n < neighbours) throw new RangeError(`${n} events are fewer than the ${neighbours} neighbours of a window.`);
  const rank = new Uint32Array(n);
  descendingOrder(asFloats(scores).map((score) => -score)).forEach((event, place) => (rank[event] = place));
  const byMass = descendingOrder(asFloats(mass).map((value) => -value));
  let [sum, windows] = [0, 0];
  for (let start = 0; start + neighbours <= n; start += step, windows++) {
    const ranks = Uint32Array.from(byMass.subarray(start, start + neighbours), (event) => rank[event] as number).sort();
    sum += windowDistance(ranks, n);
  }
  return sum / windows;
};

/** Mean over all ranks r of `((r + 1) / n - F(r))^2`, F the window's distribution: in closed form between its steps. */
const windowDistance = (ranks: Uint32Array, n: number): number => {
  // Sum of ((r + 1) / n - c)^2 over r in [from, to): with k = r + 1, sum k^2 / n^2 - 2 c sum k / n + c^2 (to - from).
  const sumOfSquares = (k: number): number => (k * (k + 1) * (2 * k + 1)) / 6;
  const part = (from: number, to: number, c: number): number => {
    const squares = sumOfSquares(to) - sumOfSquares(from);
    const linear = (to * (to + 1) - from * (from + 1)) / 2;
    return squares / n ** 2 - (2 * c * linear) / n + c ** 2 * (to - from);
  };
  let [sum, from] = [0, 0];
  ranks.forEach((rank, i) => {
    sum += part(from, rank, i / ranks.length);
    from = rank;
  });
  return (sum + part(from, n, 1)) / n;
};
