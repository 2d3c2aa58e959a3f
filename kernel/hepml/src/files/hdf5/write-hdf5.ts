import type { Column, NumericType } from '@cygnet/columns';
import type { ColumnType } from '../core/column-type.ts';
import { factsKey } from '../core/table-facts.ts';
import { cannotHold } from '../write/writer.ts';
import type { TableWriter, WriteFormat, WritePlan } from '../write/writer.ts';
import { startHdf5 } from './hdf5-file.ts';
import { kindAttribute, typeAttribute } from './open-hdf5.ts';

/** As Python's struct module names them; booleans are bytes, times microseconds. */
const dtypes: { readonly [type in NumericType]: string } = {
  bool: '<b',
  int8: '<b',
  uint8: '<B',
  int16: '<h',
  uint16: '<H',
  int32: '<i',
  uint32: '<I',
  int64: '<q',
  uint64: '<Q',
  float32: '<f',
  float64: '<d',
  timestamp: '<q',
};

/** Entries a chunk of a dataset, which takes its whole room on the disk: few for small tables. */
const chunkEntries = ({ chunkRows }: WritePlan): number => Math.max(256, Math.min(65_536, chunkRows));

const openWriter = async (path: string, plan: WritePlan): Promise<TableWriter> => {
  const file = startHdf5(path);
  const gzip = plan.compression === 'gzip' ? 4 : 0;
  /** Texts by dataset: their datasets cannot grow, so they are made at the end. */
  const texts = new Map<string, string[]>();
  /** Items by dataset of lists so far. */
  const items = new Map<string, number>();
  const attribute = (at: string, name: string, value: string) => file.ask({ call: 'attribute', path: at, name, value });
  const make = async (at: string, type: ColumnType): Promise<void> => {
    switch (type.kind) {
      case 'flat':
        await file.ask({
          call: 'dataset',
          dataset: { path: at, dtype: dtypes[type.type], chunk: chunkEntries(plan), gzip },
        });
        if (type.type === 'bool' || type.type === 'timestamp') await attribute(at, typeAttribute, type.type);
        return;
      case 'string':
        texts.set(at, []);
        return;
      case 'jagged':
        await file.ask({ call: 'group', path: at });
        await attribute(at, kindAttribute, 'list');
        await make(`${at}/offsets`, { kind: 'flat', type: 'int64' });
        items.set(at, 0);
        await file.ask({ call: 'append', path: `${at}/offsets`, values: BigInt64Array.of(0n) });
        return make(`${at}/content`, type.content);
      case 'record':
        await file.ask({ call: 'group', path: at });
        await attribute(at, kindAttribute, 'record');
        for (const [field, inner] of type.fields) await make(`${at}/${field}`, inner);
    }
  };
  const append = async (at: string, column: Column): Promise<void> => {
    switch (column.kind) {
      case 'flat': {
        // A byte of a boolean is signed in the file; 0 and 1 are the same either way. Of others a copy: with a part of an
        // array, all of it would go to the thread.
        const values = column.type === 'bool' ? new Int8Array(column.values as Uint8Array) : column.values.slice();
        await file.ask({ call: 'append', path: at, values });
        return;
      }
      case 'string': {
        const all = texts.get(at) ?? [];
        for (const text of column.values) {
          if (text.includes('\0')) throw cannotHold('HDF5', at.slice(1), 'a text with a zero byte', 'Parquet');
          all.push(text);
        }
        return;
      }
      case 'jagged': {
        const base = items.get(at) ?? 0;
        const { offsets } = column;
        const values = BigInt64Array.from(offsets.subarray(1), (offset) => BigInt(base + offset));
        items.set(at, base + (offsets[offsets.length - 1] ?? 0));
        await file.ask({ call: 'append', path: `${at}/offsets`, values });
        return append(`${at}/content`, column.content);
      }
      case 'record':
        for (const [field, inner] of column.fields) await append(`${at}/${field}`, inner);
    }
  };
  try {
    await file.ask({ call: 'create', path });
    await attribute('/', factsKey, JSON.stringify(plan.facts));
    for (const [name, type] of plan.columns) {
      await make(`/${name}`, type);
      if (type.kind === 'string') continue;
      const unit = plan.facts.units?.[name];
      const description = plan.facts.descriptions?.[name];
      if (unit !== undefined) await attribute(`/${name}`, 'unit', unit);
      if (description !== undefined) await attribute(`/${name}`, 'description', description);
    }
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    write: async (chunk) => {
      for (const name of plan.columns.keys()) await append(`/${name}`, chunk.column(name));
    },
    finish: async () => {
      for (const [at, all] of texts) await file.ask({ call: 'texts', path: at, texts: all });
      await file.ask({ call: 'close' });
      await file.close();
    },
    abort: () => file.close(),
  };
};

/**
 * HDF5: a dataset a column at the top of the file; lists and records as groups. Texts wait in memory until the end, since
 * the library cannot make their datasets grow.
 */
export const hdf5Format: WriteFormat = {
  name: 'hdf5',
  title: 'HDF5',
  endings: ['.h5', '.hdf5'],
  compressions: ['none', 'gzip'],
  refuses: (name) =>
    name.includes('/') || name === '.' ? 'a "/" separates groups there. Rename the column' : undefined,
  open: openWriter,
};
