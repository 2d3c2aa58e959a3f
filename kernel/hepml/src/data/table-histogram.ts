import { fillHistogram, fillHistogram2D, histogram, histogram2D } from '@cygnet/columns';
import type { AxisOptions, Column, Histogram, Histogram2D } from '@cygnet/columns';
import { spreadWeights } from './describe.ts';
import { numbersIn } from './quantity.ts';

export interface TableHistogramOptions extends AxisOptions {
  /** Column or expression of weights; by default the table's weight column, if there is one. `false` for none. */
  readonly weights?: string | false;
}

export interface TableHistogram2DOptions {
  readonly x?: AxisOptions;
  readonly y?: AxisOptions;
  /** As in {@link TableHistogramOptions}. */
  readonly weights?: string | false;
}

/** What is filled: a quantity and what it is called in messages. */
export interface Quantity {
  readonly text: string;
  readonly column: Column;
}

const weighed = (column: Column, weights: Float64Array | undefined): Float64Array | undefined =>
  weights === undefined ? undefined : spreadWeights(column, weights);

export const histogramOf = ({ text, column }: Quantity, axis: AxisOptions, weights?: Float64Array): Histogram => {
  const own = weighed(column, weights);
  return histogram(numbersIn(text, column), { ...axis, ...(own ? { weights: own } : {}) });
};

export const fillFrom = (filled: Histogram, { text, column }: Quantity, weights?: Float64Array): void =>
  fillHistogram(filled, numbersIn(text, column), weighed(column, weights));

const haveEqualOffsets = (a: Column, b: Column): boolean => {
  if (a.kind !== 'jagged' || b.kind !== 'jagged') return a.kind === b.kind;
  return (
    a.offsets.length === b.offsets.length &&
    a.offsets.every((offset, i) => offset === b.offsets[i]) &&
    haveEqualOffsets(a.content, b.content)
  );
};

/** @throws RangeError when one is a list and the other not, or their lists differ in length. */
const checkPair = (x: Quantity, y: Quantity): void => {
  if (haveEqualOffsets(x.column, y.column)) return;
  throw new RangeError(`"${x.text}" and "${y.text}" do not have the same number of values in each event.`);
};

export const histogram2DOf = (
  x: Quantity,
  y: Quantity,
  axes: { readonly x?: AxisOptions; readonly y?: AxisOptions },
  weights?: Float64Array,
): Histogram2D => {
  checkPair(x, y);
  const own = weighed(x.column, weights);
  return histogram2D(numbersIn(x.text, x.column), numbersIn(y.text, y.column), {
    ...axes,
    ...(own ? { weights: own } : {}),
  });
};

export const fillFrom2D = (filled: Histogram2D, x: Quantity, y: Quantity, weights?: Float64Array): void => {
  checkPair(x, y);
  fillHistogram2D(filled, numbersIn(x.text, x.column), numbersIn(y.text, y.column), weighed(x.column, weights));
};
