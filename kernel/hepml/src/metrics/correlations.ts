import { checkScores, checkWeights, type Numbers } from './labelled-scores.ts';
import { asFloats, descendingOrder } from './score-order.ts';

/** Correlations of several columns with each other. */
export interface CorrelationMatrix {
  readonly names: readonly string[];
  /** Row-major, names x names, in [-1, 1]; NaN for a constant column. */
  readonly values: Float64Array;
}

export interface CorrelationOptions {
  readonly weights?: Numbers;
  /** `pearson` for linear relations, `spearman` for any rising or falling ones (Pearson's of the ranks, ties by their mean). */
  readonly method?: 'pearson' | 'spearman';
}

/**
 * Linear or rank correlations of columns, event weights included. For the features of one class, give that class's events:
 * a mixture of classes shows correlations that neither class has.
 * @param columns Numbers by name, one an event each.
 * @throws RangeError when lengths differ, a value is NaN, or weights do not sum to a positive number.
 * @example
 * metrics.correlations({ pt: table.numbers('pt'), mass: table.numbers('mass') }, { weights });
 */
export const correlations = (
  columns: { readonly [name: string]: Numbers },
  options: CorrelationOptions = {},
): CorrelationMatrix => {
  const names = Object.keys(columns);
  const length = columns[names[0] ?? '']?.length ?? 0;
  if (length === 0) throw new RangeError('Correlations need at least one column with events.');
  const weights = options.weights ? asFloats(options.weights) : new Float64Array(length).fill(1);
  checkWeights(weights, length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError(`The weights sum to ${total}: the sum must be positive.`);
  const centred = names.map((name) => {
    const column = columns[name] as Numbers;
    if (column.length !== length)
      throw new RangeError(`Column "${name}" has ${column.length} values, the first one ${length}.`);
    checkScores(column, `column ${name}`);
    const values = options.method === 'spearman' ? ranks(asFloats(column)) : asFloats(column);
    const mean = values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / total;
    return values.map((value) => value - mean);
  });
  const covariance = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (weights[i] as number) * (a[i] as number) * (b[i] as number);
    return sum / total;
  };
  const spread = centred.map((values) => Math.sqrt(covariance(values, values)));
  const values = new Float64Array(names.length ** 2);
  for (const [i, a] of centred.entries()) {
    for (const [j, b] of centred.entries()) {
      if (j > i) break;
      const value =
        i === j && (spread[i] as number) > 0 ? 1 : covariance(a, b) / (spread[i] as number) / (spread[j] as number);
      values[i * names.length + j] = values[j * names.length + i] = Math.max(-1, Math.min(1, value));
    }
  }
  return { names, values };
};

/** Ranks from 1, equal values sharing their mean rank. */
const ranks = (values: Float64Array): Float64Array => {
  const order = descendingOrder(values).reverse();
  const result = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (let i = start; i < end; i++) result[order[i] as number] = (start + end + 1) / 2;
  }
  return result;
};
