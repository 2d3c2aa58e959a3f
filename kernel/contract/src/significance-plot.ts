import { isArrayOf, isNumber, isNumberOrNull, isOptional, isRecord, isString } from './shapes.ts';

/** MIME type of a significance plot: expected events and a figure of merit over the cut on a score. */
export const significancePlotMime = 'application/vnd.cygnet.significance.v1+json';

/** The cut with the largest figure of merit. Errors are one standard deviation. */
export interface BestCut {
  readonly cut: number;
  readonly value: number;
  readonly valueError: number;
  /** Expected events that are kept. */
  readonly signal: number;
  readonly background: number;
  readonly signalEfficiency: number;
  readonly backgroundEfficiency: number;
  /** Central 68 % of the best cuts in a bootstrap of the events; absent when there was none. */
  readonly cutInterval?: readonly [low: number, high: number];
  /** How much the value overstates what the cut is worth, because it was chosen on the same events. */
  readonly optimism?: number;
}

/** What a significance plot shows: one classifier. Arrays run together, from the tightest cut to the loosest. */
export interface SignificancePlot {
  readonly title: string;
  /** Axis title, for example `BDT score`. */
  readonly scoreLabel: string;
  /** Axis title, for example `Asimov significance Z`. */
  readonly figureLabel: string;
  /** Keep events with `score >= cut`; falling. */
  readonly cut: readonly number[];
  /** Figure of merit; null where it does not exist, for example without background. */
  readonly value: readonly (number | null)[];
  readonly valueError: readonly (number | null)[];
  /** Expected events that are kept. */
  readonly signal: readonly number[];
  readonly background: readonly number[];
  readonly best: BestCut;
  /** Sample name, for example `test (30 %)`. */
  readonly sample?: string;
}

const isInterval = (value: unknown): value is readonly [number, number] =>
  isArrayOf(value, isNumber) && value.length === 2;

const isBestCut = (value: unknown): value is BestCut =>
  isRecord(value) &&
  [
    value.cut,
    value.value,
    value.valueError,
    value.signal,
    value.background,
    value.signalEfficiency,
    value.backgroundEfficiency,
  ].every(isNumber) &&
  isOptional(value.cutInterval, isInterval) &&
  isOptional(value.optimism, isNumber);

/** Whether a value is a valid {@link SignificancePlot}. */
export const isSignificancePlot = (value: unknown): value is SignificancePlot => {
  if (!isRecord(value)) return false;
  const { cut, value: figure, valueError, signal, background } = value;
  return (
    isString(value.title) &&
    isString(value.scoreLabel) &&
    isString(value.figureLabel) &&
    isArrayOf(cut, isNumber) &&
    isArrayOf(figure, isNumberOrNull) &&
    isArrayOf(valueError, isNumberOrNull) &&
    isArrayOf(signal, isNumber) &&
    isArrayOf(background, isNumber) &&
    [figure, valueError, signal, background].every((values) => values.length === cut.length) &&
    isBestCut(value.best) &&
    isOptional(value.sample, isString)
  );
};

/** A small valid plot, for tests on both sides. */
export const exampleSignificancePlot: SignificancePlot = {
  title: 'Significance of trees',
  scoreLabel: 'trees score',
  figureLabel: 'Asimov significance Z',
  sample: 'test',
  cut: [0.9, 0.8, 0.6, 0.4, 0],
  value: [null, 1.98, 2.41, 1.82, 0.993],
  valueError: [null, 0.31, 0.15, 0.07, 0],
  signal: [5, 20, 60, 90, 100],
  background: [0, 100, 600, 2400, 10_000],
  best: {
    cut: 0.6,
    value: 2.41,
    valueError: 0.15,
    signal: 60,
    background: 600,
    signalEfficiency: 0.6,
    backgroundEfficiency: 0.06,
    cutInterval: [0.55, 0.7],
    optimism: 0.04,
  },
};
