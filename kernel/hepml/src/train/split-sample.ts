import { CygnetError } from '@cygnet/columns';
import { shuffleInPlace, type RandomSource } from '../data/index.ts';
import type { Task } from '../models/index.ts';
import { takeEvents, type Sample } from './sample.ts';

/** Events of each class together; of a regression, all. */
const groupsOf = (sample: Sample, task: Task): readonly { readonly name: string; readonly rows: Int32Array }[] => {
  const all = Int32Array.from(sample.labels.keys());
  if (task.kind === 'regression') return [{ name: '', rows: all }];
  const names = task.kind === 'signal' ? ['background ', 'signal '] : task.classes.map((name) => `"${name}" `);
  return names.map((name, label) => ({ name, rows: all.filter((row) => sample.labels[row] === label) }));
};

/**
 * Puts a fraction of each class aside. Both parts keep the sample's order.
 *
 * @throws CygnetError `training-failed` when a part would be left without one of the classes.
 */
export const splitSample = (
  sample: Sample,
  task: Task,
  fraction: number,
  random: RandomSource,
): { readonly training: Sample; readonly validation: Sample } => {
  const groups = groupsOf(sample, task);
  groups.forEach(({ rows }) => shuffleInPlace(rows, random));
  groups.forEach(({ name, rows: events }) => {
    const aside = Math.round(events.length * fraction);
    if (aside > 0 && aside < events.length) return;
    throw new CygnetError(
      'training-failed',
      `validation: ${fraction} puts ${aside} of ${events.length} ${name}events aside; training and validation need some${groups.length > 1 ? ' of each class' : ''}. Give another fraction, or a table to validate on.`,
    );
  });
  const part = (take: (events: Int32Array, cut: number) => Int32Array): Sample => {
    const taken = groups.map(({ rows }) => take(rows, Math.round(rows.length * fraction)));
    return takeEvents(sample, Int32Array.from(taken.flatMap((events) => [...events])).sort());
  };
  return {
    validation: part((events, cut) => events.subarray(0, cut)),
    training: part((events, cut) => events.subarray(cut)),
  };
};
