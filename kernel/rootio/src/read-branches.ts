import { CygnetError, columnLength, concatColumns, isCygnetError, sliceColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { basketFromRecord, embeddedBasket } from './basket.ts';
import type { Basket } from './basket.ts';
import { basketPlaces } from './basket-list.ts';
import type { BasketPlace } from './basket-list.ts';
import type { ByteSource } from './byte-source.ts';
import type { Codecs } from './codecs.ts';
import { decodeBasket, emptyColumns } from './decode.ts';
import type { NamedColumn } from './decode.ts';
import { fixedColumn } from './fixed-column.ts';
import { itemsIn } from './layout.ts';
import type { Layout } from './layout.ts';
import { readRanges, throwIfCancelled } from './read-ranges.ts';
import type { RangeTask } from './read-ranges.ts';
import { pickField } from './record-fields.ts';
import type { ReadOptions } from './root-file.ts';
import type { BranchRecord } from './tree/tree-record.ts';
import { whenThere } from './when-there.ts';

/** A branch that can be read, under the name it is asked by. */
export interface ReadableBranch {
  readonly name: string;
  readonly branch: BranchRecord;
  readonly layout: Layout;
  /** For a leaf list: only these leaves. For records: these fields, by their paths, instead of the whole. */
  readonly leaves?: ReadonlySet<string>;
  /** The branch that counts the items of each entry. */
  readonly counter?: ReadableBranch;
}

export interface BranchesSource {
  readonly source: ByteSource;
  readonly size: number;
  readonly codecs: Codecs;
  /** Entries of the tree. */
  readonly entries: number;
  /** For messages: file and tree. */
  readonly what: string;
}

interface Wanted {
  readonly start: number;
  readonly stop: number;
}

/** The range of entries that was asked for. @throws RangeError when it is none. */
export const wantedEntries = (entries: number, { start = 0, stop = entries }: ReadOptions): Wanted => {
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop < start) {
    throw new RangeError(`Entries [${start}, ${stop}) are no range: whole numbers with 0 <= start <= stop are needed.`);
  }
  return { start: Math.min(start, entries), stop: Math.min(stop, entries) };
};

/** Decodes the wanted part of one basket. */
const decodeWanted = (
  basket: Basket,
  place: BasketPlace,
  wanted: Wanted,
  layout: Layout,
  what: string,
): readonly NamedColumn[] => {
  const columns = decodeBasket(basket, layout, what);
  const from = Math.max(wanted.start - place.start, 0);
  const to = Math.min(wanted.stop, place.stop) - place.start;
  if (from === 0 && to === basket.entries) return columns;
  return columns.map(({ leaf, column }) => ({ leaf, column: sliceColumn(column, from, to) }));
};

/** Offsets that ROOT left out, from the counts of another branch. */
const generateOffsets = async (
  from: BranchesSource,
  basket: Basket,
  place: BasketPlace,
  { layout, counter }: ReadableBranch,
  what: string,
): Promise<Basket> => {
  if (!basket.mustGenerate || basket.offsets !== undefined || layout.kind !== 'counted') return basket;
  if (counter === undefined || layout.headerBytes !== 0) {
    throw new CygnetError('unsupported', `${what}: its entry offsets follow from another branch, which is not found.`);
  }
  const counts = (await readBranches(from, [counter], { start: place.start, stop: place.stop })).get(counter.name);
  if (counts?.kind !== 'flat') throw new CygnetError('unsupported', `${what}: "${counter.name}" holds no counts.`);
  const bytes = layout.element.size * itemsIn(layout.dimensions);
  const offsets = new Int32Array(basket.entries + 1);
  for (let i = 0; i < basket.entries; i++) {
    const count = Number(counts.values[i]);
    const next = (offsets[i] as number) + count * bytes;
    if (!(count >= 0 && next <= basket.data.length))
      throw new CygnetError('corrupt-data', `${what}: its counts are wrong.`);
    offsets[i + 1] = next;
  }
  return { ...basket, offsets };
};

/** Columns too long for one array are no damage: they can be read in parts. */
export const orTooLarge = <T>(what: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CygnetError('unsupported', `${what}: too large for one column; read it in parts with start and stop.`, {
      cause: error,
    });
  }
};

/** The parts of a branch, joined: one column, or one a leaf. */
const joinParts = (
  readable: ReadableBranch,
  parts: readonly (readonly NamedColumn[])[],
  what: string,
): readonly (readonly [string, Column])[] => {
  const shape = parts[0] ?? emptyColumns(readable.layout);
  const isRecord = readable.layout.kind === 'streamed';
  const columns = orTooLarge(what, () =>
    shape
      .map(({ leaf }, index) => ({ leaf, index }))
      .filter(({ leaf }) => isRecord || (readable.leaves?.has(leaf) ?? true))
      .map(({ leaf, index }) => {
        const columns = (parts.length > 0 ? parts : [shape]).map((part) => (part[index] as NamedColumn).column);
        return [leaf === '' ? readable.name : `${readable.name}.${leaf}`, concatColumns(columns)] as const;
      }),
  );
  const [, whole] = columns[0] ?? [];
  if (!isRecord || readable.leaves === undefined || whole === undefined) return columns;
  return [...readable.leaves].map((path) => {
    const field = pickField(whole, path);
    if (field === undefined) throw new CygnetError('corrupt-data', `${what}: its records have no field ${path}.`);
    return [`${readable.name}.${path}`, field] as const;
  });
};

export interface ReadBranchesOptions extends ReadOptions {
  /** Leaves out branches of objects whose stored form turns out to be unknown, instead of failing. */
  readonly omitUnsupported?: boolean;
}

/** Columns of some branches, by name, in the order asked for. */
export const readBranches = async (
  from: BranchesSource,
  branches: readonly ReadableBranch[],
  options: ReadBranchesOptions,
): Promise<ReadonlyMap<string, Column>> => {
  const wanted = wantedEntries(from.entries, options);
  throwIfCancelled(options.signal, from.what);
  const tasks: RangeTask[] = [];
  const omitted = new Set<ReadableBranch>();
  const embedded: (() => Promise<void>)[] = [];
  const collected = branches.map((readable) => {
    const what = `${from.what}, branch "${readable.name}"`;
    const places = basketPlaces(readable.branch, from.size, what).filter(
      (place) => place.stop > wanted.start && place.start < wanted.stop,
    );
    const fixed = orTooLarge(what, () => fixedColumn(readable.layout, places, wanted, what, from.codecs.prepareMemory));
    const parts: (readonly NamedColumn[])[] = fixed
      ? [[{ leaf: '', column: fixed.column }]]
      : new Array<readonly NamedColumn[]>(places.length);
    places.forEach((place, index) => {
      const decode = (basket: Basket): void => {
        if (fixed) fixed.fill(basket, place);
        else parts[index] = decodeWanted(basket, place, wanted, readable.layout, what);
      };
      const take = (basket: Basket): void => {
        try {
          decode(basket);
        } catch (error) {
          const mayOmit = options.omitUnsupported === true && readable.layout.kind === 'streamed';
          if (!mayOmit || !isCygnetError(error, 'unsupported')) throw error;
          omitted.add(readable);
        }
      };
      const taken = (basket: Basket): void | Promise<void> =>
        basket.mustGenerate ? generateOffsets(from, basket, place, readable, what).then(take) : take(basket);
      if (place.kind === 'embedded') {
        embedded.push(async () => taken(embeddedBasket(place.basket, what)));
        return;
      }
      const done = (record: Uint8Array): void | Promise<void> =>
        whenThere(basketFromRecord(record, place.stop - place.start, from.codecs, what, fixed?.roomFor(place)), taken);
      tasks.push({ start: place.seek, length: place.bytes, done });
    });
    return { readable, parts, what };
  });
  const totalBytes = tasks.reduce((sum, task) => sum + task.length, 0);
  let bytes = 0;
  for (const take of embedded) await take();
  await readRanges(from.source, tasks, {
    signal: options.signal,
    reuseMemory: true,
    onBytes: (more) => options.onProgress?.({ bytes: (bytes += more), totalBytes }),
  });
  const columns = new Map<string, Column>();
  for (const { readable, parts, what } of collected) {
    if (omitted.has(readable)) continue;
    for (const [name, column] of joinParts(readable, parts, what)) {
      if (columnLength(column) !== wanted.stop - wanted.start) {
        throw new CygnetError('corrupt-data', `${what}: ${columnLength(column)} entries came out of its baskets.`);
      }
      columns.set(name, column);
    }
  }
  return columns;
};
