import { cardinalityOf, isReadableAs, numberOf } from './field-types.ts';
import type { EncodedColumn, Plan, StoredColumn } from './plan.ts';
import type { FieldDescription } from './schema.ts';
import type { SchemaIndex } from './schema-index.ts';

/** Where a field stands: what its values are wrapped in, and how many it has an entry (undefined in collections). */
export interface Place {
  readonly wrap: (plan: Plan) => Plan;
  readonly perEntry: number | undefined;
}

/** What became of a field: a plan, nothing and why, or members that are looked at one by one. */
export type Planned =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'members'; readonly members: readonly FieldDescription[]; readonly place: Place };

/** Deeper nests are no data but damage. */
const deepestNest = 64;

const unreadable = (reason: string): Planned => ({ kind: 'unreadable', reason });

const storedAt = (alternatives: readonly EncodedColumn[], { perEntry }: Place): StoredColumn =>
  perEntry === undefined ? { alternatives } : { alternatives, perEntry };

const areAll = (column: readonly EncodedColumn[] | undefined, role: string): column is readonly EncodedColumn[] =>
  column !== undefined && column.length > 0 && column.every(({ encoding }) => encoding.role === role);

/** Inside a fixed array. */
const inArray = ({ wrap, perEntry }: Place, size: number): Place => ({
  wrap: (item) => wrap({ kind: 'array', size, item }),
  perEntry: perEntry === undefined ? undefined : perEntry * size,
});

/** A leaf with columns: a number, a string or the length of a collection. */
const planColumns = (
  { typeName }: FieldDescription,
  [first, second, ...others]: readonly (readonly EncodedColumn[])[],
  place: Place,
): Planned => {
  if (others.length > 0) return unreadable(`Fields of type ${typeName} with so many columns are not read yet.`);
  if (second !== undefined) {
    if (typeName !== 'std::string' || !areAll(first, 'index') || !areAll(second, 'char')) {
      return unreadable(`Fields of type ${typeName} are not read yet.`);
    }
    const item: Plan = { kind: 'number', column: { alternatives: second }, type: 'int8' };
    return { kind: 'plan', plan: place.wrap({ kind: 'string', index: storedAt(first, place), item }) };
  }
  const sizes = cardinalityOf(typeName);
  if (sizes !== undefined && areAll(first, 'index')) {
    return { kind: 'plan', plan: place.wrap({ kind: 'size', index: storedAt(first, place), type: sizes }) };
  }
  const type = typeName.startsWith('std::bitset<') ? 'bool' : numberOf(typeName);
  if (first === undefined || type === undefined) return unreadable(`Fields of type ${typeName} are not read yet.`);
  const odd = first.find(({ encoding }) => encoding.role === 'index' || !isReadableAs(encoding.type, type));
  if (odd !== undefined) return unreadable(`Fields of type ${typeName} stored as ${odd.encoding.type} are not read.`);
  return { kind: 'plan', plan: place.wrap({ kind: 'number', column: storedAt(first, place), type }) };
};

/** A leaf: a number or string, or what has one field inside and no column of its own. */
const planLeaf = (schema: SchemaIndex, field: FieldDescription, place: Place, depth: number): Planned => {
  const columns = schema.columns(field);
  if (typeof columns === 'string') return unreadable(columns);
  const here = field.arraySize === undefined ? place : inArray(place, field.arraySize);
  if (columns.length > 0) return planColumns(field, columns, here);
  // Fixed arrays, enums and std::atomic.
  const [item, ...more] = schema.children(field);
  if (item === undefined || more.length > 0) return unreadable(`Fields of type ${field.typeName} are not read yet.`);
  return planField(schema, item, here, depth + 1);
};

/** A list of what its one field inside is. */
const planCollection = (schema: SchemaIndex, field: FieldDescription, place: Place, depth: number): Planned => {
  const columns = schema.columns(field);
  if (typeof columns === 'string') return unreadable(columns);
  const [first, ...others] = columns;
  const [item, ...more] = schema.children(field);
  if (item === undefined || more.length > 0 || others.length > 0 || !areAll(first, 'index')) {
    return unreadable('A collection without exactly one index and one kind of item.');
  }
  const index = storedAt(first, place);
  const wrap = (plan: Plan): Plan => place.wrap({ kind: 'list', index, item: plan });
  return planField(schema, item, { wrap, perEntry: undefined }, depth + 1);
};

/** What can be read of a field that stands at a place. */
export const planField = (schema: SchemaIndex, field: FieldDescription, place: Place, depth = 0): Planned => {
  if (depth > deepestNest) return unreadable('It is nested too deeply.');
  switch (field.role) {
    case 'variant':
      return unreadable('Variants, which hold values of several types, are not read yet.');
    case 'streamer':
      return unreadable("Objects that ROOT's streamer wrote whole are not read yet.");
    case 'unknown':
      return unreadable('A kind of field that is not known here.');
    case 'record':
      return { kind: 'members', members: schema.children(field), place };
    case 'leaf':
      return planLeaf(schema, field, place, depth);
    case 'collection':
      return planCollection(schema, field, place, depth);
  }
};
