import { basename } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import type { NumericType } from '@cygnet/columns';
import { decodeFixed, fixedType } from '../core/fixed-layout.ts';
import type { FixedLayout } from '../core/fixed-layout.ts';
import { flatType } from '../core/column-type.ts';
import type { Decoded } from '../core/decoded.ts';
import type { FormatOptions, OpenedFile } from '../core/format.ts';
import { listSource, recordSource, sourcePieces, tablesOf } from '../core/row-source.ts';
import type { RowSource, SourceTable } from '../core/row-source.ts';
import { factsKey, inOrder, parseFacts } from '../core/table-facts.ts';
import type { TableFacts } from '../core/table-facts.ts';
import { startHdf5 } from './hdf5-file.ts';
import type { Hdf5File } from './hdf5-file.ts';
import type { DatasetInfo, GroupInfo, MemoryType, RowsAnswer } from './hdf5-messages.ts';

/** Attributes by which our own files say what HDF5 has no type for. */
export const kindAttribute = 'cygnet-kind';
export const typeAttribute = 'cygnet-type';

const numericType = ({ bytes, isSigned, isFloat }: Extract<MemoryType, { kind: 'number' }>): NumericType =>
  (isFloat ? `float${8 * bytes}` : `${isSigned ? '' : 'u'}int${8 * bytes}`) as NumericType;

/** The layout of a type of fixed size; undefined for others. */
const layoutOf = (type: MemoryType): FixedLayout | undefined => {
  switch (type.kind) {
    case 'number':
      return { kind: 'number', type: numericType(type), bytes: type.bytes, isBigEndian: false };
    case 'half':
      return { kind: 'half', bytes: 2, isBigEndian: false };
    case 'bool':
      return { kind: 'number', type: 'bool', bytes: 1, isBigEndian: false };
    case 'text':
      return { kind: 'text', bytes: type.bytes, isBigEndian: false, encoding: 'utf-8' };
    case 'array': {
      const item = layoutOf(type.item);
      return item && nested(item, type.shape);
    }
    case 'struct': {
      const fields = type.fields.map(({ name, offset, type: field }) => ({ name, offset, layout: layoutOf(field) }));
      const known = fields.filter(
        (field): field is typeof field & { layout: FixedLayout } => field.layout !== undefined,
      );
      return known.length < fields.length ? undefined : { kind: 'struct', bytes: type.bytes, fields: known };
    }
    case 'long-text':
    case 'lists':
    case 'unknown':
      return undefined;
  }
};

const nested = (item: FixedLayout, shape: readonly number[]): FixedLayout =>
  shape.reduceRight<FixedLayout>(
    (inner, count) => ({ kind: 'array', count, item: inner, bytes: count * inner.bytes }),
    item,
  );

/** What our own attribute says about integers that stand for something else. */
const withType = (layout: FixedLayout, { attributes }: DatasetInfo): FixedLayout => {
  const type = attributes[typeAttribute];
  if (layout.kind !== 'number') return layout;
  if (type === 'bool' && layout.bytes === 1) return { ...layout, type: 'bool' };
  return type === 'timestamp' && layout.type === 'int64' ? { ...layout, type: 'timestamp' } : layout;
};

/** Rows of one dataset, asked for once for all columns that lie in them. */
const askRows = (file: Hdf5File, dataset: DatasetInfo) => {
  let last: { readonly start: number; readonly stop: number; readonly rows: Promise<RowsAnswer> } | undefined;
  return (start: number, stop: number): Promise<RowsAnswer> => {
    if (last?.start !== start || last.stop !== stop)
      last = { start, stop, rows: file.ask<RowsAnswer>({ call: 'rows', path: dataset.path, start, stop }) };
    return last.rows;
  };
};

const partOf = (
  file: Hdf5File,
  dataset: DatasetInfo,
  rowBytes: number,
  layout: FixedLayout,
  offset: number,
): RowSource => ({
  rows: dataset.shape[0] ?? 0,
  type: fixedType(layout),
  bytes: (dataset.shape[0] ?? 0) * layout.bytes,
  open: (session) => {
    const rows = (session.get(dataset) as ReturnType<typeof askRows> | undefined) ?? askRows(file, dataset);
    session.set(dataset, rows);
    return Promise.resolve({
      read: async (start: number, stop: number): Promise<Decoded> => {
        const answer = await rows(start, stop);
        if (answer.kind !== 'bytes' || answer.bytes.length !== (stop - start) * rowBytes)
          throw new CygnetError('corrupt-data', `Dataset ${dataset.path} gave other rows than it says.`);
        return decodeFixed(answer.bytes, layout, { rows: stop - start, rowBytes, offset, perRow: 1 });
      },
      close: () => Promise.resolve(),
    });
  },
});

const looseSource = (file: Hdf5File, dataset: DatasetInfo, item: FixedLayout | undefined): RowSource => ({
  rows: dataset.shape[0] ?? 0,
  type: item === undefined ? { kind: 'string' } : { kind: 'jagged', content: fixedType(item) },
  open: () =>
    Promise.resolve({
      read: async (start: number, stop: number): Promise<Decoded> => {
        const answer = await file.ask<RowsAnswer>({ call: 'rows', path: dataset.path, start, stop });
        if (answer.kind === 'texts' && item === undefined) return { kind: 'string', values: answer.texts };
        if (answer.kind !== 'lists' || item === undefined)
          throw new CygnetError('corrupt-data', `Dataset ${dataset.path} gave other rows than it says.`);
        const offsets = new Int32Array(answer.counts.length + 1);
        answer.counts.forEach((count, i) => (offsets[i + 1] = (offsets[i] as number) + count));
        const rows = offsets[answer.counts.length] as number;
        const place = { rows, rowBytes: item.bytes, offset: 0, perRow: 1 };
        return { kind: 'jagged', offsets, content: decodeFixed(answer.bytes, item, place) };
      },
      close: () => Promise.resolve(),
    }),
});

/** What the library has built in. */
const knownFilters: ReadonlySet<string> = new Set(['deflate', 'shuffle', 'fletcher32', 'nbit', 'scaleoffset']);

const unreadable = (dataset: DatasetInfo, why: string): RowSource => ({
  rows: dataset.shape[0] ?? 0,
  type: flatType('float64'),
  unreadable: why,
  open: () => Promise.reject(new CygnetError('unsupported', `Dataset ${dataset.path} is not read: ${why}.`)),
});

/** A dataset as columns: its fields if it is a table by itself, its columns if a matrix is asked for so, else one. */
const datasetColumns = (
  file: Hdf5File,
  name: string,
  dataset: DatasetInfo,
  { isTable, matrix }: { readonly isTable: boolean; readonly matrix: 'lists' | 'columns' },
): ReadonlyMap<string, RowSource> => {
  const { type, shape } = dataset;
  const inner = shape.slice(1);
  const one = (source: RowSource): ReadonlyMap<string, RowSource> => new Map([[name, source]]);
  if (type.kind === 'unknown') return one(unreadable(dataset, type.why));
  const filter = dataset.filters.find((name) => !knownFilters.has(name));
  if (filter !== undefined) return one(unreadable(dataset, `compressed by "${filter}", which is not at hand here`));
  if (type.kind === 'long-text' || type.kind === 'lists') {
    if (inner.length > 0) return one(unreadable(dataset, 'texts or lists in more than one dimension'));
    return one(looseSource(file, dataset, type.kind === 'lists' ? layoutOf(type.item) : undefined));
  }
  if (type.kind === 'struct' && isTable && inner.length === 0) {
    return new Map(
      type.fields.map((field): [string, RowSource] => {
        const layout = layoutOf(field.type);
        return [
          field.name,
          layout === undefined
            ? unreadable(dataset, 'a field of texts or lists of any length, or of an unknown type')
            : partOf(file, dataset, dataset.bytes, layout, field.offset),
        ];
      }),
    );
  }
  const layout = layoutOf(type);
  if (layout === undefined) return one(unreadable(dataset, 'a field of a type that is not known here'));
  const own = withType(layout, dataset);
  const [width = 0] = inner;
  if (matrix === 'columns' && inner.length === 1)
    return new Map(
      Array.from({ length: width }, (_, i) => [
        `${name}_${i}`,
        partOf(file, dataset, dataset.bytes, own, i * own.bytes),
      ]),
    );
  return one(partOf(file, dataset, dataset.bytes, nested(own, inner), 0));
};

const wordOf = (attributes: DatasetInfo['attributes'], names: readonly string[]): string | undefined =>
  names.map((name) => attributes[name]).find((word) => word !== undefined);

/** Units and descriptions that stand as attributes at the datasets, as many programs write them. */
const wordsOf = (group: GroupInfo): TableFacts => {
  const words = (names: readonly string[]) =>
    Object.fromEntries(
      group.children.flatMap(([name, child]) => {
        const word = wordOf(child.attributes, names);
        return word === undefined ? [] : [[name, word]];
      }),
    );
  return { units: words(['unit', 'units']), descriptions: words(['description', 'long_name']) };
};

/** Tables of a group and of those below it: its datasets side by side are one, each dataset of compounds is one. */
const groupTables = (
  file: Hdf5File,
  name: string,
  group: GroupInfo,
  matrix: 'lists' | 'columns',
): readonly SourceTable[] => {
  const columns = new Map<string, RowSource>();
  const others: SourceTable[] = [];
  const filters = new Set<string>();
  const columnOf = (key: string, child: DatasetInfo | GroupInfo): RowSource | undefined => {
    if (child.kind === 'dataset') {
      child.filters.forEach((filter) => filters.add(filter));
      return [...datasetColumns(file, key, child, { isTable: false, matrix: 'lists' }).values()][0];
    }
    const parts = child.children.map(([part, below]) => [part, columnOf(`${key}/${part}`, below)] as const);
    const known = new Map(parts.filter((part): part is readonly [string, RowSource] => part[1] !== undefined));
    const [offsets, content] = [known.get('offsets'), known.get('content')];
    if (child.attributes[kindAttribute] === 'list' && offsets && content) return listSource(key, offsets, content);
    return known.size > 0 ? recordSource(known) : undefined;
  };
  for (const [key, child] of group.children) {
    const below = name === '' ? key : `${name}/${key}`;
    if (child.kind === 'group') {
      const own = child.attributes[kindAttribute] === undefined ? undefined : columnOf(key, child);
      if (own !== undefined) columns.set(key, own);
      else others.push(...groupTables(file, below, child, matrix));
    } else if (child.shape.length > 0) {
      if (child.type.kind === 'struct' && child.shape.length === 1) {
        const facts = parseFacts(child.attributes[factsKey]);
        others.push(...tablesOf(below, datasetColumns(file, key, child, { isTable: true, matrix }), { facts }));
      } else {
        child.filters.forEach((filter) => filters.add(filter));
        for (const [column, source] of datasetColumns(file, key, child, { isTable: false, matrix }))
          columns.set(column, source);
      }
    }
  }
  const facts = { ...wordsOf(group), ...parseFacts(group.attributes[factsKey]) };
  const compression = filters.size === 0 ? {} : { compression: [...filters].join(', ') };
  return [...tablesOf(name, inOrder(columns, facts, 'keep'), { facts, ...compression }), ...others];
};

/** HDF5: groups of datasets side by side, and datasets of compounds, as tables; only the rows asked for are read. */
export const openHdf5 = async (path: string, { matrix = 'lists' }: FormatOptions): Promise<OpenedFile> => {
  const file = startHdf5(path);
  try {
    const root = await file.ask<GroupInfo>({ call: 'open', path });
    const whole = basename(path).replace(/\.[^.]*$/, '');
    const tables = groupTables(file, '', root, matrix).map((table) =>
      table.info.name === '' ? { ...table, info: { ...table.info, name: whole } } : table,
    );
    if (tables.length === 0) throw new CygnetError('not-found', `${path} has no dataset with rows.`);
    return {
      format: 'hdf5',
      tables: tables.map(({ info }) => info),
      pieces: (request) => sourcePieces(tables, request),
      close: async () => {
        await file.ask({ call: 'close' }).catch(() => undefined); // the thread ends in any case
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
};
