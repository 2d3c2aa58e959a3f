import type { Data, DataType, Field, Schema } from 'apache-arrow';
import type { Column, NumericType } from '@cygnet/columns';
import { columnLength } from '@cygnet/columns';
import type { Table } from '../../data/index.ts';
import type { ColumnType } from '../core/column-type.ts';
import { factsKey } from '../core/table-facts.ts';
import { openSink } from '../write/byte-sink.ts';
import type { WriteFormat } from '../write/writer.ts';
import { loadArrow } from './library.ts';
import type { Arrow } from './library.ts';

const flatTypes = (arrow: Arrow): { readonly [type in NumericType]: () => DataType } => ({
  bool: () => new arrow.Bool(),
  int8: () => new arrow.Int8(),
  uint8: () => new arrow.Uint8(),
  int16: () => new arrow.Int16(),
  uint16: () => new arrow.Uint16(),
  int32: () => new arrow.Int32(),
  uint32: () => new arrow.Uint32(),
  int64: () => new arrow.Int64(),
  uint64: () => new arrow.Uint64(),
  float32: () => new arrow.Float32(),
  float64: () => new arrow.Float64(),
  timestamp: () => new arrow.TimestampMicrosecond('UTC'),
});

const arrowType = (arrow: Arrow, type: ColumnType): DataType => {
  const field = (name: string, inner: ColumnType): Field => new arrow.Field(name, arrowType(arrow, inner), false);
  switch (type.kind) {
    case 'flat':
      return flatTypes(arrow)[type.type]();
    case 'string':
      return new arrow.Utf8();
    case 'jagged':
      return new arrow.List(field('item', type.content));
    case 'record':
      return new arrow.Struct([...type.fields].map(([name, inner]) => field(name, inner)));
  }
};

const packedBits = (values: ArrayLike<number | bigint>): Uint8Array => {
  const bits = new Uint8Array(Math.ceil(values.length / 64) * 8);
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  return bits;
};

const textData = (texts: readonly string[]) => {
  const offsets = new Int32Array(texts.length + 1);
  const encoded = texts.map((text, i) => {
    const bytes = Buffer.from(text, 'utf8');
    offsets[i + 1] = (offsets[i] as number) + bytes.length;
    return bytes;
  });
  return { valueOffsets: offsets, data: Uint8Array.from(Buffer.concat(encoded)) };
};

/** A column as Arrow has it in memory; numbers are shared. */
const dataOf = (arrow: Arrow, type: DataType, column: Column): Data => {
  const length = columnLength(column);
  // The library's typings pair each type with its own props; which pair it is only the column knows.
  const make = (props: object): Data => arrow.makeData({ type, length, nullCount: 0, ...props } as never);
  switch (column.kind) {
    case 'flat':
      return make({ data: column.type === 'bool' ? packedBits(column.values) : column.values });
    case 'string':
      return make(textData(column.values));
    case 'jagged': {
      const child = dataOf(arrow, type.children[0]?.type as DataType, column.content);
      return make({ valueOffsets: column.offsets, child });
    }
    case 'record': {
      const fields = type.children;
      return make({
        children: [...column.fields.values()].map((inner, i) => dataOf(arrow, fields[i]?.type as DataType, inner)),
      });
    }
  }
};

const batchOf = (arrow: Arrow, schema: Schema, chunk: Table) => {
  const struct = new arrow.Struct(schema.fields);
  const children = schema.fields.map((field) => dataOf(arrow, field.type as DataType, chunk.column(field.name)));
  return new arrow.RecordBatch(schema, arrow.makeData({ type: struct, length: chunk.length, nullCount: 0, children }));
};

/** Arrow's IPC file, which is Feather version 2: a record batch a chunk. */
export const arrowFormat: WriteFormat = {
  name: 'arrow',
  title: 'Arrow',
  endings: ['.arrow', '.feather', '.ipc'],
  // The library's compression writes lengths that other readers refuse (21.2: the compressed in place of the plain one).
  compressions: ['none'],
  refuses: () => undefined,
  open: async (path, plan) => {
    const arrow = await loadArrow();
    const metadata = new Map([[factsKey, JSON.stringify(plan.facts)]]);
    const fields = [...plan.columns].map(([name, type]) => {
      const unit = plan.facts.units?.[name];
      const description = plan.facts.descriptions?.[name];
      const about = new Map<string, string>();
      if (unit !== undefined) about.set('unit', unit);
      if (description !== undefined) about.set('description', description);
      return new arrow.Field(name, arrowType(arrow, type), false, about);
    });
    const schema = new arrow.Schema(fields, metadata);
    const writer = new arrow.RecordBatchFileWriter();
    const sink = await openSink(path);
    let isBusy = false;
    let failure: unknown;
    const pump = (async () => {
      for await (const bytes of writer as AsyncIterable<Uint8Array>) {
        isBusy = true;
        await sink.write(bytes);
        isBusy = false;
      }
    })().catch((error: unknown) => {
      failure = error;
      isBusy = false;
    });
    /** The writer puts its bytes into a queue: wait until the file has them all, so that memory stays bounded. */
    const drained = async (): Promise<void> => {
      do await new Promise((resolve) => setImmediate(resolve));
      while (isBusy);
      if (failure !== undefined) throw failure as Error;
    };
    writer.reset(undefined, schema);
    return {
      write: async (chunk) => {
        writer.write(batchOf(arrow, schema, chunk));
        await drained();
      },
      finish: async () => {
        writer.finish();
        await pump;
        if (failure !== undefined) throw failure as Error;
        await sink.finish();
      },
      abort: async () => {
        writer.abort();
        await pump;
        await sink.abort();
      },
    };
  },
};
