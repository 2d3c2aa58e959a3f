import { checkScores, checkWeights, type Numbers } from './labelled-scores.ts';

/** A score distribution normalised to unit area. */
export interface ScoreHistogram {
  /** Rising; one more than bins. */
  readonly edges: Float64Array;
  /** `sum(w in bin) / (sum(w) * bin width)`. */
  readonly density: Float64Array;
  /** One standard deviation of each density, `sqrt(sum(w^2 in bin)) / (sum(w) * bin width)`. */
  readonly densityError: Float64Array;
  /** Events, unweighted, those outside of the edges included. */
  readonly events: number;
  /** Sum of all weights, those outside of the edges included. */
  readonly sumOfWeights: number;
}

/** Equal bins of a score axis, unless asked for others. */
export const defaultBins = 40;

/**
 * Equal bins that hold every sample: over [0, 1] when all scores are probabilities, else from the lowest to the highest.
 * @throws RangeError when there are no scores or one is NaN or infinite.
 * @example
 * const edges = metrics.commonEdges([trainScores, testScores], { bins: 50 });
 */
export const commonEdges = (samples: readonly Numbers[], options: { readonly bins?: number } = {}): Float64Array => {
  const { bins = defaultBins } = options;
  if (!(Number.isInteger(bins) && bins > 0)) throw new RangeError(`${bins} bins: give a whole number of at least 1.`);
  let [low, high] = [Infinity, -Infinity];
  for (const sample of samples) {
    checkScores(sample);
    for (let i = 0; i < sample.length; i++) {
      low = Math.min(low, sample[i] as number);
      high = Math.max(high, sample[i] as number);
    }
  }
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw new RangeError(low > high ? 'No scores to bin.' : 'Infinite scores cannot be binned: give edges.');
  if (low >= 0 && high <= 1) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + (i * (high - low)) / bins));
};

/**
 * Weighted score distribution, normalised to unit area over all events (so a part outside of the edges is missing from
 * the picture, not from the normalisation). A bin holds `edge <= score < next edge`, the last bin its upper edge too.
 * @throws RangeError when edges do not rise, lengths differ, a score is NaN or the weights do not sum to a positive number.
 * @example
 * const { density, densityError } = metrics.scoreHistogram(scores, { edges, weights });
 */
export const scoreHistogram = (
  scores: Numbers,
  options: { readonly edges?: Numbers; readonly bins?: number; readonly weights?: Numbers } = {},
): ScoreHistogram => {
  const { weights } = options;
  checkScores(scores);
  if (weights) checkWeights(weights, scores.length);
  const edges = options.edges
    ? Float64Array.from(options.edges)
    : commonEdges([scores], options.bins === undefined ? {} : { bins: options.bins });
  if (edges.length < 2 || edges.some((edge, i) => i > 0 && !(edge > (edges[i - 1] as number))))
    throw new RangeError('Bin edges must be at least two and rise.');

  const bins = edges.length - 1;
  const sums = new Float64Array(bins);
  const squares = new Float64Array(bins);
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    total += weight;
    const bin = binOf(edges, scores[i] as number);
    if (bin < 0) continue;
    sums[bin] = (sums[bin] as number) + weight;
    squares[bin] = (squares[bin] as number) + weight * weight;
  }
  if (!(total > 0))
    throw new RangeError(`The weights of ${scores.length} events sum to ${total}: the sum must be positive.`);
  const area = (bin: number): number => total * ((edges[bin + 1] as number) - (edges[bin] as number));
  return {
    edges,
    density: sums.map((sum, bin) => sum / area(bin)),
    densityError: squares.map((sum, bin) => Math.sqrt(sum) / area(bin)),
    events: scores.length,
    sumOfWeights: total,
  };
};

/** Bin of a value by bisection; -1 outside. */
const binOf = (edges: Float64Array, value: number): number => {
  const last = edges.length - 1;
  if (!(value >= (edges[0] as number)) || value > (edges[last] as number)) return -1;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value >= (edges[middle] as number)) low = middle;
    else high = middle;
  }
  return low;
};
