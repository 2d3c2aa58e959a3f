import { isArrayOf, isNumber, isNumberOrNull, isOptional, isRecord, isString } from './shapes.ts';

/** MIME type of a ROC plot: one or several classifiers on the same axes. */
export const rocPlotMime = 'application/vnd.cygnet.roc.v1+json';

/** One classifier's ROC curve, thinned for drawing. Arrays run together, from the tightest cut to the loosest. */
export interface RocPlotCurve {
  readonly name: string;
  /** Signal efficiency (true-positive rate) in [0, 1], rising. */
  readonly signalEfficiency: readonly number[];
  /** Background efficiency (false-positive rate) in [0, 1], rising. */
  readonly backgroundEfficiency: readonly number[];
  /** Score cut of each point; null where it is infinite (nothing selected). */
  readonly cut: readonly (number | null)[];
  /** One standard deviation of the signal efficiency at each point; absent when not computed. */
  readonly signalEfficiencyError?: readonly number[];
  /** One standard deviation of the background efficiency at each point; absent when not computed. */
  readonly backgroundEfficiencyError?: readonly number[];
  /** Area under the curve, before thinning. */
  readonly auc: number;
  /** One standard deviation of the area; null when it could not be computed. */
  readonly aucError: number | null;
  /** Where the error comes from, for example `DeLong`. */
  readonly aucErrorMethod?: string;
}

/** What a ROC plot shows. */
export interface RocPlot {
  readonly title: string;
  readonly curves: readonly RocPlotCurve[];
  /** Events behind the curves, for the caption. */
  readonly signalEvents?: number;
  readonly backgroundEvents?: number;
  /** Sample name, for example `test (30 %)`. */
  readonly sample?: string;
}

const isCurve = (value: unknown): value is RocPlotCurve => {
  if (!isRecord(value)) return false;
  const { signalEfficiency: x, backgroundEfficiency: y, cut } = value;
  return (
    isString(value.name) &&
    isArrayOf(x, isNumber) &&
    isArrayOf(y, isNumber) &&
    isArrayOf(cut, isNumberOrNull) &&
    x.length === y.length &&
    x.length === cut.length &&
    [value.signalEfficiencyError, value.backgroundEfficiencyError].every(
      (error) => error === undefined || (isArrayOf(error, isNumber) && error.length === x.length),
    ) &&
    isNumber(value.auc) &&
    isNumberOrNull(value.aucError) &&
    isOptional(value.aucErrorMethod, isString)
  );
};

/** Whether a value is a valid {@link RocPlot}. */
export const isRocPlot = (value: unknown): value is RocPlot =>
  isRecord(value) &&
  isString(value.title) &&
  isArrayOf(value.curves, isCurve) &&
  isOptional(value.signalEvents, isNumber) &&
  isOptional(value.backgroundEvents, isNumber) &&
  isOptional(value.sample, isString);

/** A small valid plot, for tests on both sides. */
export const exampleRocPlot: RocPlot = {
  title: 'ROC curve',
  sample: 'test',
  signalEvents: 40,
  backgroundEvents: 40,
  curves: [
    {
      name: 'trees',
      signalEfficiency: [0, 0.4, 0.8, 1],
      backgroundEfficiency: [0, 0.1, 0.4, 1],
      cut: [null, 0.8, 0.4, 0],
      signalEfficiencyError: [0, 0.077, 0.063, 0],
      backgroundEfficiencyError: [0, 0.047, 0.077, 0],
      auc: 0.74,
      aucError: 0.055,
      aucErrorMethod: 'DeLong',
    },
  ],
};
