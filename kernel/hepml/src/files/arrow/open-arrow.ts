import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DataType, RecordBatch, Schema } from 'apache-arrow';
import { CygnetError, isCygnetError } from '@cygnet/columns';
import { typeName } from '../core/column-type.ts';
import type { ColumnType } from '../core/column-type.ts';
import { sliceDecoded } from '../core/decoded.ts';
import type { Decoded } from '../core/decoded.ts';
import { emptyColumn } from '../core/column-type.ts';
import type { OpenedFile, PieceRequest } from '../core/format.ts';
import { factsKey, parseFacts } from '../core/table-facts.ts';
import { typeOfArrow } from './arrow-types.ts';
import { decodeData } from './decode-data.ts';
import { loadArrow } from './library.ts';
import type { Arrow } from './library.ts';

/** Runs work on a file that is closed afterwards, whatever the library did with it. */
const withFile = async <T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> => {
  const handle = await open(path, 'r');
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
};

const damaged = (path: string, what: string): CygnetError =>
  new CygnetError('corrupt-data', `${path} is no whole Arrow file: ${what}. Was it copied to the end?`);

/** Errors of the library as ours: whatever it says of a file, also as a TypeError, the file is the reason. */
const asOurs = (path: string, error: unknown): unknown => {
  if (isCygnetError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CygnetError('corrupt-data', `${path} is no Arrow file that can be read: ${reason}`, { cause: error });
};

/** Rows of each record batch, from their heads alone; every place that the footer tells is checked. */
const countRows = async (
  { Message }: Arrow,
  handle: FileHandle,
  path: string,
  blocks: Iterable<{ readonly offset: number; readonly metaDataLength: number; readonly bodyLength: number }>,
): Promise<readonly number[]> => {
  const { size } = await handle.stat();
  const rows: number[] = [];
  for (const { offset, metaDataLength, bodyLength } of blocks) {
    if (!(offset >= 8 && metaDataLength >= 8 && bodyLength >= 0 && offset + metaDataLength + bodyLength <= size))
      throw damaged(path, 'a part of it lies beyond its end');
    const head = Buffer.alloc(metaDataLength);
    await handle.read(head, 0, metaDataLength, offset);
    const message = Message.decode(head.subarray(head.readInt32LE(0) === -1 ? 8 : 4));
    const count = message.isRecordBatch() ? Number(message.header().length) : NaN;
    if (!Number.isSafeInteger(count) || count < 0) throw damaged(path, 'a part of it has no length');
    rows.push(count);
  }
  return rows;
};

interface Found {
  readonly schema: Schema;
  readonly isFile: boolean;
  /** Rows by record batch; unknown for streams. */
  readonly batchRows?: readonly number[];
}

const examine = (arrow: Arrow, path: string): Promise<Found> =>
  withFile(path, async (handle) => {
    const reader = await arrow.RecordBatchReader.from(handle);
    await reader.open();
    const footer = reader.isFile() ? reader.footer : null;
    const batchRows = footer === null ? undefined : await countRows(arrow, handle, path, footer.recordBatches());
    return { schema: reader.schema, isFile: reader.isFile(), ...(batchRows ? { batchRows } : {}) };
  });

/** The record batches that hold rows `[start, stop)`, each with its first row. */
const batches = async function* (
  arrow: Arrow,
  handle: FileHandle,
  { batchRows }: Found,
  start: number,
  stop: number,
): AsyncGenerator<readonly [first: number, batch: RecordBatch]> {
  const reader = await arrow.RecordBatchReader.from(handle);
  await reader.open();
  let first = 0;
  if (batchRows !== undefined && reader.isFile()) {
    for (const [index, rows] of batchRows.entries()) {
      if (first >= stop) return;
      if (first + rows > start) {
        const batch = await reader.readRecordBatch(index);
        if (batch !== null) yield [first, batch];
      }
      first += rows;
    }
    return;
  }
  for await (const batch of reader as AsyncIterable<RecordBatch>) {
    if (first >= stop) return;
    yield [first, batch];
    first += batch.numRows;
  }
};

const pieces = async function* (
  arrow: Arrow,
  path: string,
  found: Found,
  types: ReadonlyMap<string, ColumnType>,
  { columns, start, stop, signal }: PieceRequest,
): AsyncGenerator<ReadonlyMap<string, Decoded>> {
  const handle = await open(path, 'r');
  const indices = columns.map((name) => found.schema.fields.findIndex((field) => field.name === name));
  let isAnyGiven = false;
  try {
    for await (const [first, batch] of batches(arrow, handle, found, start, stop)) {
      if (signal?.aborted) throw new CygnetError('cancelled', `Reading ${path} was cancelled.`);
      const from = Math.max(0, start - first);
      const to = Math.min(batch.numRows, stop - first);
      if (from >= to) continue;
      const piece = new Map<string, Decoded>();
      columns.forEach((name, i) => {
        const data = batch.data.children[indices[i] ?? -1];
        if (data === undefined || data.length !== batch.numRows)
          throw damaged(path, `column "${name}" is shorter than its batch`);
        piece.set(name, sliceDecoded(decodeData(arrow, data, types.get(name) as ColumnType), from, to));
      });
      yield piece;
      isAnyGiven = true;
    }
    if (!isAnyGiven) yield new Map(columns.map((name) => [name, emptyColumn(types.get(name) as ColumnType)]));
  } catch (error) {
    throw asOurs(path, error);
  } finally {
    await handle.close();
  }
};

/** Arrow's IPC files (Feather version 2 is the same) and streams, also compressed by LZ4 or zstd. */
export const openArrow = async (path: string): Promise<OpenedFile> => {
  const arrow = await loadArrow();
  const found = await examine(arrow, path).catch((error: unknown) => {
    throw asOurs(path, error);
  });
  const types = new Map<string, ColumnType>();
  const columns = found.schema.fields.map((field) => {
    const type = typeOfArrow(arrow, field.type as DataType);
    if (type === undefined) {
      const name = String(field.type);
      return { name: field.name, type: name, unreadable: `its type ${name} has no counterpart here` };
    }
    types.set(field.name, type);
    return { name: field.name, type: typeName(type) };
  });
  return {
    format: 'arrow',
    tables: [
      {
        name: basename(path).replace(/\.[^.]*$/, ''),
        columns,
        ...(found.batchRows === undefined ? {} : { entries: found.batchRows.reduce((sum, rows) => sum + rows, 0) }),
        facts: parseFacts(found.schema.metadata.get(factsKey)),
      },
    ],
    pieces: (request) => pieces(arrow, path, found, types, request),
    close: () => Promise.resolve(),
  };
};
