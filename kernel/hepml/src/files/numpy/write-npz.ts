import { appendFile, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { CygnetError } from '@cygnet/columns';
import type { Column, NumericType } from '@cygnet/columns';
import type { ColumnType } from '../core/column-type.ts';
import { openSink } from '../write/byte-sink.ts';
import type { ByteSink } from '../write/byte-sink.ts';
import { cannotHold } from '../write/writer.ts';
import type { TableWriter, WriteFormat, WritePlan } from '../write/writer.ts';
import { bytesOf, codes, npyHeader, quoted } from './write-npy.ts';
import { directoryEntry, endOfZip, localHeader } from './zip-records.ts';
import type { Member } from './zip-records.ts';

/** One array of an npz file: its bytes wait in a file of their own until all are there. */
interface Spool {
  readonly name: string;
  readonly file: string;
  readonly type: NumericType | 'string';
  rows: number;
  /** Texts wait in memory: the width of all is that of the longest, which nobody knows before the end. */
  readonly texts: string[];
  /** Of lists: items before the rows that come next. */
  items: number;
}

const arraysOf = (name: string, type: ColumnType): readonly (readonly [string, NumericType | 'string'])[] => {
  switch (type.kind) {
    case 'flat':
      return [[name, type.type]];
    case 'string':
      return [[name, 'string']];
    case 'jagged':
      return [[`${name}/offsets`, 'int64'], ...arraysOf(`${name}/content`, type.content)];
    case 'record':
      return [...type.fields].flatMap(([field, inner]) => arraysOf(`${name}/${field}`, inner));
  }
};

const textArray = (spool: Spool): Buffer => {
  let width = 1;
  const points = spool.texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) as number));
  for (const one of points) width = Math.max(width, one.length);
  const bytes = width * 4 * points.length;
  if (bytes > 2 ** 31 - 1) throw cannotHold('npz', spool.name, `texts that would take ${bytes} bytes`, 'Parquet');
  const values = Buffer.alloc(bytes);
  points.forEach((one, row) => one.forEach((point, i) => values.writeUInt32LE(point, (row * width + i) * 4)));
  return Buffer.concat([npyHeader(quoted(`<U${width}`), points.length), values]);
};

const step = 1 << 22;

/** Adds one array to the zip file: its checksum and, if deflated, its length come first, so it is read twice. */
const addMember = async (sink: ByteSink, spool: Spool, isDeflated: boolean): Promise<Member> => {
  const name = Buffer.from(`${spool.name}.npy`, 'utf8');
  const start = sink.position;
  const head = spool.type === 'string' ? textArray(spool) : npyHeader(quoted(codes[spool.type]), spool.rows);
  const size =
    spool.type === 'string'
      ? 0
      : await stat(spool.file).then(
          (facts) => facts.size,
          () => 0,
        );
  if (isDeflated) {
    if (size > 2 ** 31 - 1)
      throw new CygnetError(
        'unsupported',
        `Array "${spool.name}" is too large to be deflated: write with compression "none".`,
      );
    const all = Buffer.concat([head, ...(size === 0 ? [] : [await readAll(spool.file, size)])]);
    const packed = deflateRawSync(all);
    const member = { name, crc: crc32(all), bytes: all.length, compressed: packed.length, method: 8 };
    await sink.write(localHeader(member));
    await sink.write(packed);
    return { ...member, start };
  }
  let crc = crc32(head);
  for await (const part of partsOf(spool.file, size)) crc = crc32(part, crc);
  const bytes = head.length + size;
  const member = { name, crc, bytes, compressed: bytes, method: 0 };
  await sink.write(localHeader(member));
  await sink.write(head);
  for await (const part of partsOf(spool.file, size)) await sink.write(part);
  return { ...member, start };
};

const partsOf = async function* (file: string, size: number): AsyncGenerator<Buffer> {
  if (size === 0) return;
  const handle = await open(file, 'r');
  try {
    for (let at = 0; at < size; at += step) {
      const part = Buffer.alloc(Math.min(step, size - at));
      const { bytesRead } = await handle.read(part, 0, part.length, at);
      if (bytesRead < part.length) throw new CygnetError('corrupt-data', `${file} became shorter while it was read.`);
      yield part;
    }
  } finally {
    await handle.close();
  }
};

const readAll = async (file: string, size: number): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of partsOf(file, size)) parts.push(part);
  return Buffer.concat(parts);
};

const openNpz = async (path: string, plan: WritePlan): Promise<TableWriter> => {
  const folder = `${path}.columns`;
  await mkdir(folder);
  const spools = new Map<string, Spool>();
  for (const [name, type] of plan.columns)
    for (const [array, own] of arraysOf(name, type))
      spools.set(array, {
        name: array,
        file: join(folder, String(spools.size)),
        type: own,
        rows: 0,
        texts: [],
        items: 0,
      });
  const add = async (name: string, column: Column): Promise<void> => {
    switch (column.kind) {
      case 'flat': {
        const spool = spools.get(name) as Spool;
        spool.rows += column.values.length;
        return appendFile(spool.file, bytesOf(column.values));
      }
      case 'string': {
        const spool = spools.get(name) as Spool;
        for (const text of column.values) {
          if (text.endsWith('\0')) throw cannotHold('npz', name, 'a text that ends with a zero byte', 'Parquet');
          spool.texts.push(text);
        }
        return;
      }
      case 'jagged': {
        const spool = spools.get(`${name}/offsets`) as Spool;
        const { offsets } = column;
        const from = spool.rows === 0 ? 0 : 1;
        const base = spool.items;
        const whole = BigInt64Array.from(offsets.subarray(from), (offset) => BigInt(base + offset));
        spool.items += offsets[offsets.length - 1] ?? 0;
        spool.rows += whole.length;
        await appendFile(spool.file, bytesOf(whole));
        return add(`${name}/content`, column.content);
      }
      case 'record':
        for (const [field, inner] of column.fields) await add(`${name}/${field}`, inner);
    }
  };
  const assemble = async (): Promise<void> => {
    const sink = await openSink(path);
    try {
      const members: Member[] = [];
      for (const spool of spools.values()) members.push(await addMember(sink, spool, plan.compression === 'gzip'));
      const start = sink.position;
      const directory = Buffer.concat(members.map(directoryEntry));
      await sink.write(directory);
      await sink.write(endOfZip(members.length, start, directory.length));
      await sink.finish();
    } catch (error) {
      await sink.abort();
      throw error;
    }
  };
  return {
    write: async (chunk) => {
      for (const name of plan.columns.keys()) await add(name, chunk.column(name));
    },
    finish: async () => {
      await assemble();
      await rm(folder, { recursive: true });
    },
    abort: () => rm(folder, { recursive: true, force: true }),
  };
};

/**
 * NumPy's npz: an array a column; lists as `name/offsets` and `name/content`, records as `name/field`. Columns wait in a
 * folder beside the file until all are there; texts wait in memory.
 */
export const npzFormat: WriteFormat = {
  name: 'npz',
  title: 'npz',
  endings: ['.npz'],
  compressions: ['none', 'gzip'],
  refuses: (name) =>
    name.includes('/') ? 'a "/" in a name means lists or records there. Rename the column' : undefined,
  open: openNpz,
};
