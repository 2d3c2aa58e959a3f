/**
 * The thread with HDF5: one file a thread. The library is WebAssembly, reads and writes synchronously, and may be brought
 * down by a damaged file; here it blocks and breaks nobody else, and its memory is gone with the thread. The one place
 * that loads h5wasm.
 */
import { parentPort } from 'node:worker_threads';
import * as h5 from 'h5wasm/node';
import type { Dataset, Entity, File, Group } from 'h5wasm/node';
import type {
  DatasetInfo,
  GroupInfo,
  Hdf5Answer,
  Hdf5Call,
  Hdf5Request,
  NewDataset,
  RowsAnswer,
} from './hdf5-messages.ts';
import { memoryTypeOf } from './memory-type.ts';

const deepest = 24;
const mostObjects = 100_000;

let file: File | undefined;
let objects = 0;

const library = await h5.ready;
// Without this, a failed read gives what happens to lie in memory.
library.activate_throwing_error_handler();

const opened = (): File => {
  if (file === undefined) throw new Error('no file is open');
  return file;
};

const attributesOf = (entity: Dataset | Group): { readonly [name: string]: string } => {
  const texts: [string, string][] = [];
  for (const name of Object.keys(entity.attrs)) {
    try {
      const value = entity.attrs[name]?.value;
      if (typeof value === 'string' && value.length < 1 << 22) texts.push([name, value]);
    } catch {
      continue; // an attribute of a type that the library does not read is none of ours
    }
  }
  return Object.fromEntries(texts);
};

const isDataset = (entity: Entity | null): entity is Dataset => entity instanceof h5.Dataset;
const isGroup = (entity: Entity | null): entity is Group => entity instanceof h5.Group;

const describeDataset = (dataset: Dataset): DatasetInfo => {
  const { metadata, filters } = dataset;
  const shape = metadata.shape ?? [];
  const isVirtual = metadata.virtual_sources !== undefined && metadata.virtual_sources.length > 0;
  return {
    kind: 'dataset',
    path: dataset.path,
    shape,
    type: isVirtual ? { kind: 'unknown', why: 'a view of other files' } : memoryTypeOf(metadata),
    bytes: metadata.size * shape.slice(1).reduce((product, size) => product * size, 1),
    filters: filters.map(({ name }) => name),
    attributes: attributesOf(dataset),
  };
};

/** Links to other files are not followed. */
const describeGroup = (group: Group, depth: number): GroupInfo => {
  if (depth > deepest) throw new Error(`groups are more than ${deepest} deep`);
  const children: [string, DatasetInfo | GroupInfo][] = [];
  for (const name of group.keys()) {
    if (++objects > mostObjects) throw new Error(`it has more than ${mostObjects} objects`);
    const child = group.get(name);
    if (isDataset(child)) children.push([name, describeDataset(child)]);
    else if (isGroup(child)) children.push([name, describeGroup(child, depth + 1)]);
  }
  return { kind: 'group', path: group.path, attributes: attributesOf(group), children };
};

const datasetAt = (path: string): Dataset => {
  const dataset = opened().get(path);
  if (!isDataset(dataset)) throw new Error(`no dataset ${path}`);
  return dataset;
};

/** Texts and lists, which lie somewhere else in the library's memory and are copied one by one. */
const readLoose = (dataset: Dataset, start: number, stop: number): RowsAnswer => {
  const values = dataset.slice([[start, stop]]);
  if (!Array.isArray(values)) throw new Error('values of an unexpected kind');
  if (values.every((value) => typeof value === 'string')) return { kind: 'texts', texts: values };
  const lists = values as NodeJS.TypedArray[];
  const bytes = new Uint8Array(lists.reduce((sum, list) => sum + list.byteLength, 0));
  let at = 0;
  for (const list of lists) {
    bytes.set(new Uint8Array(list.buffer, list.byteOffset, list.byteLength), at);
    at += list.byteLength;
  }
  return { kind: 'lists', counts: Int32Array.from(lists, (list) => list.length), bytes };
};

const readRows = (path: string, start: number, stop: number): RowsAnswer => {
  const dataset = datasetAt(path);
  const { metadata } = dataset;
  const shape = metadata.shape ?? [];
  const type = memoryTypeOf(metadata);
  if (start >= stop) {
    if (type.kind === 'long-text') return { kind: 'texts', texts: [] };
    const none = new Uint8Array(0);
    return type.kind === 'lists'
      ? { kind: 'lists', counts: new Int32Array(0), bytes: none }
      : { kind: 'bytes', bytes: none };
  }
  if (type.kind === 'long-text' || type.kind === 'lists') return readLoose(dataset, start, stop);
  const counts = [stop - start, ...shape.slice(1)];
  const length = counts.reduce((product, count) => product * count, metadata.size);
  if (length === 0) return { kind: 'bytes', bytes: new Uint8Array(0) };
  if (length > 2 ** 31 - 1) throw new Error(`${length} bytes in one piece are too many`);
  const pointer = library._malloc(length);
  if (pointer === 0) throw new Error(`no memory for ${length} bytes`);
  try {
    const offsets = [BigInt(start), ...shape.slice(1).map(() => 0n)];
    const strides = counts.map(() => 1n);
    const status = library.get_dataset_data(
      dataset.file_id,
      dataset.path,
      counts.map(BigInt),
      offsets,
      strides,
      BigInt(pointer),
    );
    if (status < 0) throw new Error(`reading ${path} failed`);
    return { kind: 'bytes', bytes: library.HEAPU8.slice(pointer, pointer + length) };
  } finally {
    library._free(pointer);
  }
};

const makeDataset = ({ path, dtype, chunk, gzip }: NewDataset): void => {
  const at = path.lastIndexOf('/');
  const group = opened().get(path.slice(0, at) || '/');
  if (!isGroup(group)) throw new Error(`no group ${path.slice(0, at)}`);
  const isBig = /[qQ]$/.test(dtype);
  group.create_dataset({
    name: path.slice(at + 1),
    data: isBig ? new BigInt64Array(0) : new Float64Array(0),
    shape: [0],
    maxshape: [null],
    chunks: [chunk],
    dtype,
    ...(gzip > 0 ? { compression: gzip } : {}),
  });
};

const append = (path: string, values: ArrayBufferView): void => {
  const dataset = datasetAt(path);
  const length = dataset.shape?.[0] ?? 0;
  const count = (values as NodeJS.TypedArray).length;
  if (count === 0) return;
  dataset.resize([length + count]);
  datasetAt(path).write_slice([[length, length + count]], values);
};

const answer = (body: Hdf5Call): unknown => {
  switch (body.call) {
    case 'open':
      file = new h5.File(body.path, 'r');
      return describeGroup(file, 0);
    case 'rows':
      return readRows(body.path, body.start, body.stop);
    case 'create':
      file = new h5.File(body.path, 'w', { track_order: true });
      return undefined;
    case 'group': {
      const at = body.path.lastIndexOf('/');
      const parent = opened().get(body.path.slice(0, at) || '/');
      if (!isGroup(parent)) throw new Error(`no group above ${body.path}`);
      parent.create_group(body.path.slice(at + 1), true);
      return undefined;
    }
    case 'dataset':
      return makeDataset(body.dataset);
    case 'append':
      return append(body.path, body.values);
    case 'texts': {
      const at = body.path.lastIndexOf('/');
      const group = opened().get(body.path.slice(0, at) || '/');
      if (!isGroup(group)) throw new Error(`no group above ${body.path}`);
      group.create_dataset({
        name: body.path.slice(at + 1),
        data: [...body.texts],
        shape: [body.texts.length],
        dtype: 'S',
      });
      return undefined;
    }
    case 'attribute': {
      const entity = opened().get(body.path);
      if (!isDataset(entity) && !isGroup(entity)) throw new Error(`nothing at ${body.path}`);
      entity.create_attribute(body.name, body.value);
      return undefined;
    }
    case 'close':
      file?.close();
      file = undefined;
      return undefined;
  }
};

const transferable = (result: unknown): ArrayBuffer[] => {
  if (typeof result !== 'object' || result === null || !('kind' in result)) return [];
  const rows = result as RowsAnswer;
  if (rows.kind === 'bytes') return [rows.bytes.buffer];
  return rows.kind === 'lists' ? [rows.counts.buffer, rows.bytes.buffer] : [];
};

parentPort?.on('message', ({ id, body }: Hdf5Request) => {
  let message: Hdf5Answer;
  try {
    message = { id, result: answer(body) };
  } catch (error) {
    message = { id, failure: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(message, transferable(message.result));
});
