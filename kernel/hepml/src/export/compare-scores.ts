import type { Verification } from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import type { TargetScores } from './target-format.ts';

/**
 * Compares our scores with a runtime's on the same events.
 * @throws CygnetError `verification-failed`, naming the worst event, when one differs by more than the tolerance.
 */
export const compareScores = (
  ours: Float32Array,
  { scores: theirs, tool }: TargetScores,
  options: { readonly target: string; readonly tolerance: number },
): Verification => {
  const { target, tolerance } = options;
  if (ours.length !== theirs.length || ours.length === 0)
    throw new CygnetError('verification-failed', `${tool} gave ${theirs.length} scores for ${ours.length} events.`);
  let [worst, maxAbsoluteDifference] = [0, 0];
  ours.forEach((score, event) => {
    const distance = Math.abs(score - (theirs[event] as number));
    const difference = Number.isNaN(distance) ? Infinity : distance;
    if (difference > maxAbsoluteDifference) [worst, maxAbsoluteDifference] = [event, difference];
  });
  if (maxAbsoluteDifference > tolerance)
    throw new CygnetError(
      'verification-failed',
      `The exported file does not give this model's scores: event ${worst} of ${ours.length} scores ${ours[worst]} here ` +
        `and ${theirs[worst]} in ${tool}; differences up to ${tolerance} count as equal.`,
    );
  return { target, tool, events: ours.length, maxAbsoluteDifference, tolerance, passed: true };
};
