import { CygnetError } from '@cygnet/columns';
import type { ByteReader } from './byte-reader.ts';

export type FieldRole = 'leaf' | 'collection' | 'record' | 'variant' | 'streamer' | 'unknown';

/** A field as the header describes it. */
export interface FieldDescription {
  readonly id: number;
  readonly parentId: number;
  readonly role: FieldRole;
  readonly name: string;
  readonly typeName: string;
  readonly typeAlias: string;
  readonly description: string;
  /** For fixed arrays: how many of the item each has. */
  readonly arraySize?: number;
  /** Its data are those of another field. */
  readonly isProjected: boolean;
}

/** A column as the header describes it. */
export interface ColumnDescription {
  readonly id: number;
  readonly type: number;
  readonly bits: number;
  readonly fieldId: number;
  /** Which of the field's alternative representations it belongs to. */
  readonly representation: number;
  /** It begins after the first entry, because its field was added while writing: what is before is zero. */
  readonly isDeferred: boolean;
  /** It is deferred and not in use in the clusters before it. */
  readonly isSuppressedBefore: boolean;
  /** For quantised numbers. */
  readonly range?: { readonly low: number; readonly high: number };
}

interface AliasColumn {
  readonly columnId: number;
  readonly fieldId: number;
}

/** All fields and columns, the ones that were added while writing last. */
export interface Schema {
  readonly fields: readonly FieldDescription[];
  readonly columns: readonly ColumnDescription[];
  readonly aliases: readonly AliasColumn[];
}

const roles: readonly FieldRole[] = ['leaf', 'collection', 'record', 'variant', 'streamer'];
const fieldFlags = { repetitive: 1, projected: 2, typeChecksum: 4 } as const;
const columnFlags = { deferred: 1, range: 2 } as const;

const readField = (record: ByteReader, id: number): FieldDescription => {
  record.skip(8);
  const parentId = record.uint32();
  const role = roles[record.uint16()] ?? 'unknown';
  const flags = record.uint16();
  const name = record.string();
  const typeName = record.string();
  const typeAlias = record.string();
  const description = record.string();
  const arraySize = (flags & fieldFlags.repetitive) === 0 ? undefined : record.size();
  return {
    id,
    parentId,
    role,
    name,
    typeName,
    typeAlias,
    description,
    ...(arraySize === undefined ? {} : { arraySize }),
    isProjected: (flags & fieldFlags.projected) !== 0,
  };
};

const readColumn = (record: ByteReader, id: number): ColumnDescription => {
  const type = record.uint16();
  const bits = record.uint16();
  const fieldId = record.uint32();
  const flags = record.uint16();
  const representation = record.uint16();
  const isDeferred = (flags & columnFlags.deferred) !== 0;
  const isSuppressedBefore = isDeferred && record.int64() < 0;
  const hasRange = (flags & columnFlags.range) !== 0;
  const range = hasRange ? { low: record.float64(), high: record.float64() } : undefined;
  return { id, type, bits, fieldId, representation, isDeferred, isSuppressedBefore, ...(range ? { range } : {}) };
};

const readAlias = (record: ByteReader): AliasColumn => ({ columnId: record.uint32(), fieldId: record.uint32() });

/**
 * The four lists of a header, or of the extension in a footer, after what is known already.
 *
 * @throws CygnetError `corrupt-data` when ids point nowhere.
 */
export const readSchema = (reader: ByteReader, before: Schema = { fields: [], columns: [], aliases: [] }): Schema => {
  if (reader.left === 0) return before;
  const fields = [
    ...before.fields,
    ...reader.records((record, index) => readField(record, before.fields.length + index)),
  ];
  const columns = [
    ...before.columns,
    ...reader.records((record, index) => readColumn(record, before.columns.length + index)),
  ];
  const aliases = [...before.aliases, ...reader.records(readAlias)];
  const isField = (id: number): boolean => id < fields.length;
  const isSound =
    fields.every(({ parentId }) => isField(parentId)) &&
    columns.every(({ fieldId }) => isField(fieldId)) &&
    aliases.every(({ fieldId, columnId }) => isField(fieldId) && columnId < columns.length);
  if (!isSound) throw reader.damaged('a field or column belongs to none');
  return { fields, columns, aliases };
};

/** @throws CygnetError `unsupported` when the file uses a feature that came after version 1.0. */
export const checkFeatureFlags = (reader: ByteReader, what: string): void => {
  const flags = reader.bits64();
  if (flags !== 0n) {
    throw new CygnetError('unsupported', `${what}: an RNTuple with features unknown here (0x${flags.toString(16)}).`);
  }
};
