import { constants, crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import type { NumericType } from '@cygnet/columns';
import type { ColumnType } from '../core/column-type.ts';
import { factsKey } from '../core/table-facts.ts';
import { openSink } from '../write/byte-sink.ts';
import type { Compression, WriteFormat } from '../write/writer.ts';
import { encodeLevels, encodePlain, leavesOf } from './levels.ts';
import type { Leaf } from './levels.ts';
import { encodeThrift, i32, i64, list, struct, text } from './thrift.ts';
import type { Thrift } from './thrift.ts';

/** Parquet's numbers for its types, by ours, with the converted type that makes them what they are. */
const physical: { readonly [type in NumericType | 'string']: readonly [type: number, converted?: number] } = {
  bool: [0],
  int8: [1, 15],
  uint8: [1, 11],
  int16: [1, 16],
  uint16: [1, 12],
  int32: [1],
  uint32: [1, 13],
  int64: [2],
  uint64: [2, 14],
  float32: [4],
  float64: [5],
  timestamp: [2, 10],
  string: [6, 0],
};
const required = i32(0);
const repeated = i32(2);
const convertedList = i32(3);

const schemaOf = (name: string, type: ColumnType): readonly Thrift[] => {
  switch (type.kind) {
    case 'flat':
    case 'string': {
      const [own, converted] = physical[type.kind === 'flat' ? type.type : 'string'];
      return [
        struct({ 1: i32(own), 3: required, 4: text(name), 6: converted === undefined ? undefined : i32(converted) }),
      ];
    }
    case 'jagged':
      return [
        struct({ 3: required, 4: text(name), 5: i32(1), 6: convertedList }),
        struct({ 3: repeated, 4: text('list'), 5: i32(1) }),
        ...schemaOf('element', type.content),
      ];
    case 'record':
      return [
        struct({ 3: required, 4: text(name), 5: i32(type.fields.size) }),
        ...[...type.fields].flatMap(([field, inner]) => schemaOf(field, inner)),
      ];
  }
};

/** Parquet's number of a codec, and the codec. */
const codecs: { readonly [name in Compression]?: readonly [number, (bytes: Uint8Array) => Uint8Array] } = {
  none: [0, (bytes) => bytes],
  gzip: [2, (bytes) => gzipSync(bytes)],
  zstd: [6, (bytes) => zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })],
};

const typeNumber = ({ values }: Leaf): number => physical[values.kind === 'flat' ? values.type : 'string'][0];

/** One column of one group of rows: one page. */
const encodePage = (leaf: Leaf, codec: (bytes: Uint8Array) => Uint8Array) => {
  const levels =
    leaf.depth === 0 ? [] : [encodeLevels(leaf.repetition, leaf.depth), encodeLevels(leaf.definition, leaf.depth)];
  const plain = encodePlain(leaf.values);
  const raw = levels.length === 0 ? plain : Buffer.concat([...levels, plain]);
  const packed = codec(raw);
  const header = encodeThrift(
    struct({
      1: i32(0),
      2: i32(raw.length),
      3: i32(packed.length),
      4: i32(crc32(packed) | 0),
      5: struct({ 1: i32(leaf.slots), 2: i32(0), 3: i32(3), 4: i32(3) }),
    }),
  );
  return { header, packed, rawBytes: header.length + raw.length };
};

/** Parquet, written by ourselves in its plainest form: a group of rows a chunk, a page a column, no nulls. */
export const parquetFormat: WriteFormat = {
  name: 'parquet',
  title: 'Parquet',
  endings: ['.parquet', '.pq'],
  compressions: ['zstd', 'none', 'gzip'],
  refuses: () => undefined,
  open: async (path, plan) => {
    const [codecNumber, codec] = codecs[plan.compression] ?? [0, (bytes: Uint8Array) => bytes];
    const sink = await openSink(path);
    const groups: Thrift[] = [];
    let rows = 0;
    await sink.write('PAR1');
    return {
      write: async (chunk) => {
        if (chunk.length === 0) return;
        const columns: Thrift[] = [];
        let groupBytes = 0;
        for (const name of plan.columns.keys())
          for (const leaf of leavesOf(name, chunk.column(name), chunk.length)) {
            const { header, packed, rawBytes } = encodePage(leaf, codec);
            const start = sink.position;
            await sink.write(header);
            await sink.write(packed);
            groupBytes += rawBytes;
            const about = struct({
              1: i32(typeNumber(leaf)),
              2: list([i32(0), i32(3)]),
              3: list(leaf.path.map(text)),
              4: i32(codecNumber),
              5: i64(leaf.slots),
              6: i64(rawBytes),
              7: i64(header.length + packed.length),
              9: i64(start),
            });
            columns.push(struct({ 2: i64(start), 3: about }));
          }
        groups.push(struct({ 1: list(columns), 2: i64(groupBytes), 3: i64(chunk.length) }));
        rows += chunk.length;
      },
      finish: async () => {
        const root = struct({ 4: text('schema'), 5: i32(plan.columns.size) });
        const footer = encodeThrift(
          struct({
            1: i32(1),
            2: list([root, ...[...plan.columns].flatMap(([name, type]) => schemaOf(name, type))]),
            3: i64(rows),
            4: list(groups.length === 0 ? [] : groups),
            5: list([struct({ 1: text(factsKey), 2: text(JSON.stringify(plan.facts)) })]),
            6: text('cygnet'),
          }),
        );
        await sink.write(footer);
        const end = Buffer.alloc(8);
        end.writeUInt32LE(footer.length, 0);
        end.write('PAR1', 4, 'latin1');
        await sink.write(end);
        await sink.finish();
      },
      abort: () => sink.abort(),
    };
  },
};
