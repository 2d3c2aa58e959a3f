import { figureOfMerit, type FigureOfMerit, type FigureOptions } from './figure-of-merit.ts';
import type { ScoredSample } from './labelled-scores.ts';
import { sortSample } from './class-sums.ts';
import { centralInterval, checkReplicas, replicasOf, standardDeviation } from './resample.ts';
import { rocCurve, type RocCurve } from './roc-curve.ts';

/** One cut of a scan. Errors are one standard deviation, from the finite number of simulated events. */
export interface ScannedCut {
  /** Keep events with `score >= cut`. */
  readonly cut: number;
  /** Expected events that are kept. */
  readonly signal: number;
  readonly background: number;
  readonly signalEfficiency: number;
  readonly backgroundEfficiency: number;
  readonly value: number;
  readonly valueError: number;
}

/** How well the sample determines the optimum, from a bootstrap of the whole scan. */
export interface OptimumSpread {
  /** Central 68.27 % of the best cuts. The optimum is often flat: a wide interval means that the cut hardly matters. */
  readonly cutInterval: readonly [low: number, high: number];
  /** Standard deviation of the largest value. */
  readonly valueError: number;
  /**
   * How much the largest value overstates what its cut is worth, because the cut was chosen on the same events: mean over
   * the replicas of (value in the replica - value in the sample) at the replica's best cut (Efron, J. Am. Stat. Assoc. 78 (1983) 316).
   */
  readonly optimism: number;
  readonly replicas: number;
}

/** A figure of merit at every cut that makes a difference, from the tightest to the loosest; the arrays run together. */
export interface CutScan {
  /** What was scanned, for an axis. */
  readonly figure: string;
  readonly cut: Float64Array;
  /** Expected events that are kept. */
  readonly signal: Float64Array;
  readonly background: Float64Array;
  readonly signalEfficiency: Float64Array;
  readonly backgroundEfficiency: Float64Array;
  /** The figure of merit; NaN where negative weights leave a negative number of events. */
  readonly value: Float64Array;
  /** One standard deviation, from the simulated events that are left: what more simulation would improve. */
  readonly valueError: Float64Array;
  readonly best: ScannedCut;
  /** Absent when only a curve was given: it takes events to resample. */
  readonly optimum?: OptimumSpread;
}

/** Expected events without any cut, and how to scan. */
export interface CutScanOptions extends FigureOptions {
  /** Expected signal events before the cut, for example by `expectedYield`. */
  readonly signal: number;
  /** Expected background events before the cut. */
  readonly background: number;
  /**
   * A cut can be the best one only where the background efficiency is known to this relative error; default 0.3, some ten
   * events. Beyond, a cut above the last simulated background event would claim that there is none.
   */
  readonly largestBackgroundError?: number;
  /** Bootstrap replicas for {@link OptimumSpread}; default 200, 0 for none. */
  readonly replicas?: number;
  /** Of the bootstrap; default 0. */
  readonly seed?: number;
}

/**
 * Expected yields and a figure of merit at every cut on a score, and the best cut.
 *
 * Event weights give the efficiencies; the expected numbers of events come from the options, so weights need no
 * particular normalisation. The error at a cut is first-order propagation of the two efficiencies' errors. The
 * uncertainty of the optimum is a Poisson bootstrap of the events in which everything is done again, the choice of the
 * cut included. Choose the cut on other events than those that the result is quoted on.
 *
 * @param sample Scores with labels and weights (`metrics.scores`), or a `RocCurve`.
 * @throws RangeError as `rocCurve`, for negative expected events, or when no cut leaves enough background events.
 * @example
 * const signal = metrics.expectedYield({ crossSectionFb: 50, luminosityInvFb: 139, efficiency: 0.1 });
 * const scan = metrics.cutScan(await metrics.scores(model, test), { signal, background: 20_000, relativeSigmaB: 0.05 });
 * console.log(scan.best.cut, scan.best.value);
 */
export const cutScan = (sample: ScoredSample | RocCurve, options: CutScanOptions): CutScan => {
  const { signal, background, largestBackgroundError = 0.3, replicas = 200, seed = 0 } = options;
  for (const [name, events] of Object.entries({ signal, background }))
    if (!(events > 0 && Number.isFinite(events)))
      throw new RangeError(`${events} expected ${name} events before the cut: the number must be positive.`);
  const merit = figureOfMerit(options);
  const events = 'scores' in sample ? sample : undefined;
  const curve =
    'scores' in sample
      ? rocCurve(sample.labels, sample.scores, sample.weights ? { weights: sample.weights } : {})
      : sample;
  const valueAt = valueOf(merit, { signal, background });
  const value = curve.cut.map((_, i) =>
    valueAt(curve.signalEfficiency[i] as number, curve.backgroundEfficiency[i] as number),
  );
  const valueError = curve.cut.map((_, i) => propagated(valueAt, curve, i));
  const isCandidate = Array.from(curve.backgroundEfficiency, (kept, i) => {
    const error = curve.backgroundEfficiencyError[i] as number;
    return kept > 0 && error <= largestBackgroundError * kept && Number.isFinite(value[i]);
  });
  const index = largestAt(value, isCandidate);
  if (index < 0)
    throw new RangeError(
      `No cut leaves a background that is known to ${100 * largestBackgroundError} %: score more events, or allow more with largestBackgroundError.`,
    );
  const scan = {
    figure: merit.title,
    cut: curve.cut,
    signal: curve.signalEfficiency.map((kept) => signal * kept),
    background: curve.backgroundEfficiency.map((kept) => background * kept),
    signalEfficiency: curve.signalEfficiency,
    backgroundEfficiency: curve.backgroundEfficiency,
    value,
    valueError,
  };
  const at = (values: Float64Array): number => values[index] as number;
  const best: ScannedCut = {
    cut: at(scan.cut),
    signal: at(scan.signal),
    background: at(scan.background),
    signalEfficiency: at(scan.signalEfficiency),
    backgroundEfficiency: at(scan.backgroundEfficiency),
    value: at(value),
    valueError: at(valueError),
  };
  if (!events || replicas === 0) return { ...scan, best };
  return { ...scan, best, optimum: spreadOf({ events, scan, isCandidate, valueAt, replicas, seed }) };
};

type ValueAt = (signalEfficiency: number, backgroundEfficiency: number) => number;

/** The figure of merit as a function of the efficiencies; NaN where a number of events is negative. */
const valueOf =
  ({ of }: FigureOfMerit, expected: { readonly signal: number; readonly background: number }): ValueAt =>
  (signalEfficiency, backgroundEfficiency) => {
    if (!(signalEfficiency >= 0 && backgroundEfficiency >= 0)) return NaN;
    return of({
      signal: expected.signal * signalEfficiency,
      background: expected.background * backgroundEfficiency,
      signalEfficiency,
    });
  };

/** First-order error of the figure of merit; derivatives as differences over a thousandth of each efficiency. */
const propagated = (valueAt: ValueAt, curve: RocCurve, i: number): number => {
  const [s, b] = [curve.signalEfficiency[i] as number, curve.backgroundEfficiency[i] as number];
  const [ds, db] = [s / 1000, b / 1000];
  const slope = (high: number, low: number, step: number): number => (step > 0 ? (high - low) / (2 * step) : 0);
  const bySignal = slope(valueAt(s + ds, b), valueAt(s - ds, b), ds);
  const byBackground = slope(valueAt(s, b + db), valueAt(s, b - db), db);
  return Math.hypot(
    bySignal * (curve.signalEfficiencyError[i] as number),
    byBackground * (curve.backgroundEfficiencyError[i] as number),
  );
};

const largestAt = (values: Float64Array, isCandidate: readonly boolean[]): number => {
  let found = -1;
  values.forEach((value, i) => {
    if (isCandidate[i] && Number.isFinite(value) && (found < 0 || value > (values[found] as number))) found = i;
  });
  return found;
};

const spreadOf = (options: {
  readonly events: ScoredSample;
  readonly scan: { readonly cut: Float64Array; readonly value: Float64Array };
  readonly isCandidate: readonly boolean[];
  readonly valueAt: ValueAt;
  readonly replicas: number;
  readonly seed: number;
}): OptimumSpread => {
  const { events, scan, isCandidate, valueAt, replicas, seed } = options;
  checkReplicas(replicas);
  const next = replicasOf(sortSample(events), seed);
  const [cuts, values, excess]: [number[], number[], number[]] = [[], [], []];
  for (let replica = 0; replica < replicas; replica++) {
    const { signal, background } = next();
    const [allSignal, allBackground] = [signal.at(-1) as number, background.at(-1) as number];
    const value = signal.map((kept, i) => valueAt(kept / allSignal, (background[i] as number) / allBackground));
    const index = largestAt(value, isCandidate);
    if (index < 0) continue;
    cuts.push(scan.cut[index] as number);
    values.push(value[index] as number);
    excess.push((value[index] as number) - (scan.value[index] as number));
  }
  return {
    cutInterval: centralInterval(cuts),
    valueError: standardDeviation(values),
    optimism: excess.reduce((sum, one) => sum + one, 0) / excess.length,
    replicas,
  };
};
