import { CygnetError } from '@cygnet/columns';
import { shuffleInPlace, type RandomSource } from '../data/index.ts';
import { takeEvents, type Sample } from './sample.ts';

/**
 * Puts a fraction of each class aside. Both parts keep the sample's order.
 *
 * @throws CygnetError `training-failed` when a part would be left without one of the classes.
 */
export const splitSample = (
  sample: Sample,
  fraction: number,
  random: RandomSource,
): { readonly training: Sample; readonly validation: Sample } => {
  const rows = [0, 1].map((label) => {
    const own = Int32Array.from(sample.labels.keys()).filter((row) => sample.labels[row] === label);
    shuffleInPlace(own, random);
    return own;
  });
  rows.forEach((events, label) => {
    const aside = Math.round(events.length * fraction);
    if (aside > 0 && aside < events.length) return;
    throw new CygnetError(
      'training-failed',
      `validation: ${fraction} puts ${aside} of ${events.length} ${label === 1 ? 'signal' : 'background'} events aside; training and validation need some of each class. Give another fraction, or a table to validate on.`,
    );
  });
  const part = (take: (events: Int32Array, cut: number) => Int32Array): Sample => {
    const taken = rows.map((events) => take(events, Math.round(events.length * fraction)));
    return takeEvents(sample, Int32Array.from(taken.flatMap((events) => [...events])).sort());
  };
  return {
    validation: part((events, cut) => events.subarray(0, cut)),
    training: part((events, cut) => events.subarray(cut)),
  };
};
