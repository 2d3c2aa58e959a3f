import { CygnetError } from '@cygnet/columns';
import { describeKey, matchEvents } from './event-keys.ts';
import type { EventKeys } from './event-keys.ts';

export interface JoinOptions {
  /**
   * How events find each other: `index` (default), event by event in order, as ROOT's friends; `eventId`, by run,
   * luminosity block and event number; or these columns, which both tables have.
   */
  readonly on?: 'index' | 'eventId' | readonly string[];
  /** Put before the names of the other table's columns, for example `scores.`; needed when both have a name. */
  readonly prefix?: string;
  /** What becomes of an event that the other table does not have: `error` (default), or it is left out (`drop`). */
  readonly missing?: 'error' | 'drop';
}

/** The names that two tables have given their keys or columns. */
interface Side {
  readonly name: string;
  readonly keys: EventKeys;
}

/**
 * For each event of the first table its index in the second; -1 where it is not there and that is allowed.
 *
 * @throws CygnetError `unsupported` when the second has an event twice, `not-found` when it lacks one.
 */
export const pairEvents = (first: Side, second: Side, missing: 'error' | 'drop'): Int32Array => {
  const matched = matchEvents(first.keys, second.keys, (one, other) => {
    throw new CygnetError(
      'unsupported',
      `Table "${second.name}" has ${describeKey(second.keys, one)} twice, in rows ${one} and ${other}: it cannot be joined by ${second.keys.names.join(', ')}.`,
    );
  });
  if (missing === 'drop') return matched;
  const lost = matched.indexOf(-1);
  if (lost === -1) return matched;
  const count = matched.reduce((sum, index) => sum + (index === -1 ? 1 : 0), 0);
  throw new CygnetError(
    'not-found',
    `Table "${second.name}" lacks ${count} of the ${matched.length} events of "${first.name}", first ${describeKey(first.keys, lost)} (row ${lost}). To go on without them: { missing: 'drop' }.`,
  );
};

/** The other table's columns under their new names. @throws RangeError when a name is taken. */
export const friendNames = (
  own: { readonly name: string; readonly columnNames: readonly string[] },
  names: readonly string[],
  prefix: string,
): ReadonlyMap<string, string> => {
  const renamed = new Map(names.map((name) => [name, `${prefix}${name}`]));
  for (const name of renamed.values()) {
    if (own.columnNames.includes(name)) {
      throw new RangeError(
        `Table "${own.name}" has a column "${name}" already. Give the joined ones a prefix: { prefix: 'other.' }.`,
      );
    }
  }
  return renamed;
};
