import type { RocCurve } from './roc-curve.ts';

/** What one cut keeps and rejects. Errors are one standard deviation. */
export interface WorkingPoint {
  /** Keep events with `score >= cut`. */
  readonly cut: number;
  readonly signalEfficiency: number;
  readonly signalEfficiencyError: number;
  readonly backgroundEfficiency: number;
  readonly backgroundEfficiencyError: number;
  /** `1 / backgroundEfficiency`; `Infinity` when no background is kept. */
  readonly rejection: number;
  /** `backgroundEfficiencyError / backgroundEfficiency^2`: at this cut, first order; NaN when no background is kept. */
  readonly rejectionError: number;
}

/**
 * The tightest cut that keeps at least the asked-for fraction of the signal, and the background rejection there.
 * No interpolation: the cut is one that exists in the sample, so what it promises is what it does.
 * @param signalEfficiency In (0, 1].
 * @throws RangeError when it is not.
 * @example
 * metrics.rejectionAt(roc, 0.5).rejection; // 1 / eps_B at 50 % signal efficiency
 */
export const rejectionAt = (curve: RocCurve, signalEfficiency: number): WorkingPoint => {
  if (!(signalEfficiency > 0 && signalEfficiency <= 1))
    throw new RangeError(`Signal efficiency ${signalEfficiency} is not in (0, 1]. 50 % is 0.5.`);
  // Running sums of weights that should add up to the asked value may miss it by rounding.
  const enough = signalEfficiency * (1 - 1e-12);
  const i = curve.signalEfficiency.findIndex((value) => value >= enough);
  const at = (values: Float64Array): number => values[i < 0 ? values.length - 1 : i] as number;
  const background = at(curve.backgroundEfficiency);
  return {
    cut: at(curve.cut),
    signalEfficiency: at(curve.signalEfficiency),
    signalEfficiencyError: at(curve.signalEfficiencyError),
    backgroundEfficiency: background,
    backgroundEfficiencyError: at(curve.backgroundEfficiencyError),
    rejection: 1 / background,
    rejectionError: at(curve.backgroundEfficiencyError) / background ** 2,
  };
};
