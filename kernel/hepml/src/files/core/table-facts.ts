import type { Table, TableOptions } from '../../data/index.ts';

/** What a file can say of a table besides its values, under the one key `cygnet` of a format's metadata, as JSON. */
export interface TableFacts extends TableOptions {
  /** Where the table comes from, in the words of who wrote it. */
  readonly provenance?: { readonly [what: string]: unknown };
  /** The columns in their order, where the format has another order or columns of its own beside them. */
  readonly columns?: readonly string[];
}

/** The key under which formats keep {@link TableFacts}. */
export const factsKey = 'cygnet';

export const factsOf = (table: Table, provenance?: TableFacts['provenance']): TableFacts => ({
  name: table.name,
  ...(table.label === undefined ? {} : { label: table.label }),
  ...(table.weight === undefined ? {} : { weight: table.weight }),
  ...(Object.keys(table.units).length === 0 ? {} : { units: table.units }),
  ...(Object.keys(table.descriptions).length === 0 ? {} : { descriptions: table.descriptions }),
  ...(provenance === undefined ? {} : { provenance }),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wordsIn = (value: unknown): { readonly [column: string]: string } | undefined => {
  if (!isObject(value)) return undefined;
  const words = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return words.length === 0 ? undefined : Object.fromEntries(words);
};

/** Facts out of a file's text: whatever is not as it should be is left out, since files come from anywhere. */
export const parseFacts = (text: string | undefined): TableFacts => {
  if (text === undefined || text.length > 1 << 22) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {}; // somebody else's key of the same name
  }
  if (!isObject(value)) return {};
  const { name, label, weight, eventId, provenance, columns } = value;
  const units = wordsIn(value.units);
  const descriptions = wordsIn(value.descriptions);
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof weight === 'string' ? { weight } : {}),
    ...(units === undefined ? {} : { units }),
    ...(descriptions === undefined ? {} : { descriptions }),
    ...(Array.isArray(eventId) ? { eventId: eventId.filter((one) => typeof one === 'string') } : {}),
    ...(isObject(provenance) ? { provenance } : {}),
    ...(Array.isArray(columns) ? { columns: columns.filter((one) => typeof one === 'string') } : {}),
  };
};

/** The facts that still hold when only these columns are there. */
export const factsAmong = (facts: TableFacts, columns: readonly string[]): TableOptions => {
  const { label, weight, units, descriptions, eventId, provenance: _p, columns: _c, ...rest } = facts;
  const among = (words: { readonly [column: string]: string }) =>
    Object.fromEntries(Object.entries(words).filter(([name]) => columns.includes(name)));
  return {
    ...rest,
    ...(label !== undefined && columns.includes(label) ? { label } : {}),
    ...(weight !== undefined && columns.includes(weight) ? { weight } : {}),
    ...(units === undefined ? {} : { units: among(units) }),
    ...(descriptions === undefined ? {} : { descriptions: among(descriptions) }),
    ...(eventId === undefined ? {} : { eventId: eventId.filter((name) => columns.includes(name)) }),
  };
};

/** Things in the order that the facts give to their names; others after them, or left out where only those count. */
export const inOrder = <T>(
  things: ReadonlyMap<string, T>,
  { columns }: TableFacts,
  others: 'keep' | 'leave',
): Map<string, T> => {
  if (columns === undefined) return new Map(things);
  const known = columns.filter((name) => things.has(name));
  const rest = others === 'keep' ? [...things.keys()].filter((name) => !columns.includes(name)) : [];
  return new Map([...known, ...rest].map((name) => [name, things.get(name) as T]));
};
