import { didYouMean } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { isEventIdName } from './event-keys.ts';

/** What a table knows of its columns besides their values. */
export interface TableOptions {
  /** For messages and displays; default `table`. */
  readonly name?: string;
  /** Column of 0 (background) and 1 (signal). */
  readonly label?: string;
  /** Column of event weights. */
  readonly weight?: string;
  /** Unit by column, for example `GeV`. */
  readonly units?: { readonly [column: string]: string };
  /** What a column means, in words. */
  readonly descriptions?: { readonly [column: string]: string };
  /**
   * Columns that together tell events apart, and so are no features, for example `['run', 'lumi', 'event']`. Run,
   * luminosity block and event number are known by their usual names.
   */
  readonly eventId?: readonly string[];
}

export type NamedOptions = TableOptions & { readonly name: string };

/** A word by column: its unit or its description. */
export type Words = { readonly [column: string]: string };

/** One entry set, or taken away. */
export const withEntry = (words: Words, name: string, word: string | undefined): Words =>
  Object.fromEntries([
    ...Object.entries(words).filter(([column]) => column !== name),
    ...(word === undefined ? [] : [[name, word] as const]),
  ]);

/** What is still said when only these columns are left. */
export const optionsAmong = (
  columns: ReadonlyMap<string, Column>,
  { label, weight, eventId, units, descriptions, name }: NamedOptions,
): NamedOptions => {
  const has = (name: string): boolean => columns.has(name);
  const words = (given: Words): Words => Object.fromEntries(Object.entries(given).filter(([name]) => has(name)));
  return {
    name,
    ...(label !== undefined && has(label) ? { label } : {}),
    ...(weight !== undefined && has(weight) ? { weight } : {}),
    ...(eventId === undefined ? {} : { eventId: eventId.filter(has) }),
    ...(units === undefined ? {} : { units: words(units) }),
    ...(descriptions === undefined ? {} : { descriptions: words(descriptions) }),
  };
};

/** The same roles and words for columns that have got other names. */
export const renameOptions = (options: NamedOptions, to: (from: string) => string): NamedOptions => {
  const { label, weight, eventId, units, descriptions } = options;
  const words = (given: Words): Words =>
    Object.fromEntries(Object.entries(given).map(([from, word]) => [to(from), word]));
  return {
    ...options,
    ...(label === undefined ? {} : { label: to(label) }),
    ...(weight === undefined ? {} : { weight: to(weight) }),
    ...(eventId === undefined ? {} : { eventId: eventId.map(to) }),
    ...(units === undefined ? {} : { units: words(units) }),
    ...(descriptions === undefined ? {} : { descriptions: words(descriptions) }),
  };
};

/** @throws RangeError when a role names a column that is not there. */
export const checkRoles = (columns: ReadonlyMap<string, Column>, options: TableOptions): void => {
  for (const role of ['label', 'weight'] as const) {
    const name = options[role];
    if (name !== undefined && !columns.has(name)) {
      throw new RangeError(`The ${role} column "${name}" is not there. ${didYouMean(name, columns.keys())}`);
    }
  }
};

const isNumber = (column: Column): boolean => column.kind === 'flat' && column.type !== 'timestamp';

/** Columns of one number an event (times are none) that are neither label, weight nor event identity. */
export const featuresAmong = (columns: ReadonlyMap<string, Column>, options: TableOptions): readonly string[] => {
  const { label, weight, eventId = [] } = options;
  return [...columns]
    .filter(([name, column]) => isNumber(column) && name !== label && name !== weight)
    .map(([name]) => name)
    .filter((name) => !eventId.includes(name) && !isEventIdName(name));
};
