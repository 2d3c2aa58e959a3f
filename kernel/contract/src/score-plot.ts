import { isArrayOf, isNumber, isNumberOrNull, isRecord, isString } from './shapes.ts';

/** MIME type of a score plot: distributions of a classifier's output, normalised to unit area. */
export const scorePlotMime = 'application/vnd.cygnet.score.v1+json';

/** One distribution over the plot's bin edges. */
export interface ScorePlotHistogram {
  /** Legend text, for example `signal (test)`. */
  readonly name: string;
  readonly role: 'signal' | 'background' | 'other';
  /** Training samples are drawn as points with error bars over the test sample's filled steps. */
  readonly sample: 'train' | 'test';
  /** Density a bin: sum of weights / (total * bin width). Length: edges - 1. */
  readonly density: readonly number[];
  /** One standard deviation of each density, from the sum of squared weights. */
  readonly densityError: readonly number[];
  /** Events behind it, unweighted. */
  readonly events: number;
}

/** Agreement of the training and the test distribution of one class. */
export interface OvertrainingCheck {
  readonly role: 'signal' | 'background';
  /** Two-sample Kolmogorov-Smirnov p-value; null when it could not be computed. */
  readonly ksPValue: number | null;
}

/** What a score plot shows: one classifier. */
export interface ScorePlot {
  readonly title: string;
  /** Axis title, for example `BDT score`. */
  readonly scoreLabel: string;
  /** Bin edges, rising. */
  readonly edges: readonly number[];
  readonly histograms: readonly ScorePlotHistogram[];
  readonly overtraining?: readonly OvertrainingCheck[];
}

const isHistogram =
  (bins: number) =>
  (value: unknown): value is ScorePlotHistogram =>
    isRecord(value) &&
    isString(value.name) &&
    (value.role === 'signal' || value.role === 'background' || value.role === 'other') &&
    (value.sample === 'train' || value.sample === 'test') &&
    isArrayOf(value.density, isNumber) &&
    isArrayOf(value.densityError, isNumber) &&
    value.density.length === bins &&
    value.densityError.length === bins &&
    isNumber(value.events);

const isCheck = (value: unknown): value is OvertrainingCheck =>
  isRecord(value) && (value.role === 'signal' || value.role === 'background') && isNumberOrNull(value.ksPValue);

/** Whether a value is a valid {@link ScorePlot}. */
export const isScorePlot = (value: unknown): value is ScorePlot =>
  isRecord(value) &&
  isString(value.title) &&
  isString(value.scoreLabel) &&
  isArrayOf(value.edges, isNumber) &&
  isArrayOf(value.histograms, isHistogram(value.edges.length - 1)) &&
  (value.overtraining === undefined || isArrayOf(value.overtraining, isCheck));

/** A small valid plot, for tests on both sides. */
export const exampleScorePlot: ScorePlot = {
  title: 'Score distribution',
  scoreLabel: 'BDT score',
  edges: [0, 0.25, 0.5, 0.75, 1],
  histograms: [
    {
      name: 'signal (test)',
      role: 'signal',
      sample: 'test',
      density: [0.4, 0.8, 1.2, 1.6],
      densityError: [0.1, 0.14, 0.17, 0.2],
      events: 100,
    },
    {
      name: 'background (test)',
      role: 'background',
      sample: 'test',
      density: [1.6, 1.2, 0.8, 0.4],
      densityError: [0.2, 0.17, 0.14, 0.1],
      events: 100,
    },
    {
      name: 'signal (train)',
      role: 'signal',
      sample: 'train',
      density: [0.36, 0.8, 1.2, 1.64],
      densityError: [0.07, 0.1, 0.12, 0.14],
      events: 200,
    },
  ],
  overtraining: [{ role: 'signal', ksPValue: 0.93 }],
};
