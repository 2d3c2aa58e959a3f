import type { Verification } from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import type { Task } from '../models/index.ts';
import type { TargetScores } from './target-format.ts';

/** How scores are compared. */
export interface ScoreComparison {
  readonly target: string;
  readonly tolerance: number;
  /** Scores an event. Default 1. */
  readonly outputs?: number;
  /** Differences count relative to the size of what is predicted: to the median size where a value is smaller. */
  readonly isRelative?: boolean;
}

/** Tolerance of a format for what a model was trained for. */
export const toleranceFor = (tolerance: number, task: Task): number =>
  task.kind === 'regression' ? 10 * tolerance : tolerance;

/** For each output the size that differences are measured by. */
const unitsOf = (scores: Float32Array, outputs: number, isRelative: boolean): readonly number[] =>
  Array.from({ length: outputs }, (_, output) => {
    if (!isRelative) return 1;
    const sizes = scores
      .filter((_, i) => i % outputs === output)
      .map(Math.abs)
      .sort();
    return sizes[sizes.length >> 1] || 1;
  });

/**
 * Compares our scores with a runtime's on the same events.
 * @throws CygnetError `verification-failed`, naming the worst event, when one differs by more than the tolerance.
 */
export const compareScores = (
  ours: Float32Array,
  { scores: theirs, tool }: TargetScores,
  options: ScoreComparison,
): Verification => {
  const { target, tolerance, outputs = 1, isRelative = false } = options;
  const units = unitsOf(ours, outputs, isRelative);
  if (ours.length !== theirs.length || ours.length === 0)
    throw new CygnetError(
      'verification-failed',
      `${tool} gave ${theirs.length} scores for ${ours.length / outputs} events.`,
    );
  let [worst, maxAbsoluteDifference] = [0, 0];
  ours.forEach((score, index) => {
    const unit = units[index % outputs] as number;
    const size = isRelative ? Math.max(unit, Math.abs(score)) : unit;
    const distance = Math.abs(score - (theirs[index] as number)) / size;
    const difference = Number.isNaN(distance) ? Infinity : distance;
    if (difference > maxAbsoluteDifference) [worst, maxAbsoluteDifference] = [index, difference];
  });
  if (maxAbsoluteDifference > tolerance)
    throw new CygnetError(
      'verification-failed',
      `The exported file does not give this model's scores: event ${Math.floor(worst / outputs)} of ${ours.length / outputs} scores ${ours[worst]} here ` +
        `and ${theirs[worst]} in ${tool}; differences up to ${tolerance} count as equal.`,
    );
  return { target, tool, events: ours.length / outputs, maxAbsoluteDifference, tolerance, passed: true };
};
