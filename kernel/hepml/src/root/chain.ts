import { basename } from 'node:path';
import { compileExpression, isConstantName } from '@cygnet/columns';
import { isEventIdName } from '../data/index.ts';
import type { JoinOptions, Table, TableOptions, TableStream } from '../data/index.ts';
import { chainStream } from './chain-stream.ts';
import type { OpenFile } from './chain-stream.ts';
import { fileList } from './file-list.ts';
import type { Files } from './file-list.ts';
import { withFriends } from './friend-stream.ts';
import type { ReadyFriend } from './friend-stream.ts';
import { readTable as readFile } from './read-table.ts';
import type { ReadTableOptions as ReadFileOptions } from './read-table.ts';
import { keptNames, rangeOf } from './selection.ts';
import { stream as streamFile } from './stream.ts';
import type { StreamTableOptions as StreamFileOptions } from './stream.ts';

/** A tree whose columns are read beside those of another, as ROOT's friends. */
export interface Friend extends Pick<JoinOptions, 'on' | 'prefix' | 'missing'> {
  /** Path of the tree in its file. */
  readonly tree?: string;
  /** Its files; by default those of the main tree. They need not be divided alike. */
  readonly files?: Files;
  /** Default: all that can be read. */
  readonly branches?: readonly string[];
}

export interface ReadTableOptions extends ReadFileOptions {
  /** Trees whose columns are put beside these, in order or by the events' identity. `where` may use them. */
  readonly friends?: readonly Friend[];
}
export interface StreamTableOptions extends StreamFileOptions {
  /** Trees whose columns are put beside these, in order or by the events' identity. `where` may use them. */
  readonly friends?: readonly Friend[];
}

const nameOf = (path: string): string => basename(path, '.root');

/** Columns that friends need to find their events. */
const keysFor = (
  friend: Friend,
  available: readonly string[],
  eventId: readonly string[] | undefined,
): readonly string[] => {
  if (friend.on === undefined || friend.on === 'index') return [];
  return friend.on === 'eventId' ? (eventId ?? available.filter(isEventIdName)) : friend.on;
};

/** The columns of a tree that an expression reads; a field of a record counts as its record. */
const neededBy = (where: string | undefined, available: readonly string[]): readonly string[] =>
  (where === undefined ? [] : compileExpression(where).columns).flatMap((name) => {
    if (available.includes(name)) return [name];
    if (isConstantName(name)) return [];
    const parts = name.split('.');
    const record = parts.map((_, i) => parts.slice(0, -1 - i).join('.')).find((prefix) => available.includes(prefix));
    return record === undefined ? [] : [record];
  });

const definedOf = <Options extends object>(options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;

/** Opens files of a chain; the signal of a pass and that of the options both end it. */
const opening =
  (reading: StreamFileOptions): OpenFile =>
  (path, { signal, ...part }) => {
    const signals = [reading.signal, signal].filter((one) => one !== undefined);
    return streamFile(path, {
      ...reading,
      ...part,
      ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
    });
  };

/** What friends are read with: how files are read, which entries, and how events are told apart. */
interface Circle {
  readonly paths: readonly [string, ...string[]];
  readonly reading: StreamFileOptions;
  readonly range: readonly [start: number, stop: number];
  readonly keys: (friend: Friend) => readonly string[];
}

const readyFriend = async (friend: Friend, { paths, reading, range, keys }: Circle): Promise<ReadyFriend> => {
  const { tree, files, branches, on = 'index', prefix, missing } = friend;
  const own = files === undefined ? paths : await fileList(files);
  const { tree: _, ...rest } = reading;
  const open = opening({
    ...rest,
    ...(tree === undefined ? {} : { tree }),
    ...(branches === undefined ? {} : { branches: [...new Set([...branches, ...keys(friend)])] }),
  });
  const stream = await chainStream(own, open, {
    name: tree ?? nameOf(own[0]),
    ...(on === 'index' ? { range } : {}),
  });
  return {
    stream,
    join: {
      on: on === 'eventId' ? keys(friend) : on,
      ...(prefix === undefined ? {} : { prefix }),
      ...(missing === undefined ? {} : { missing }),
    },
  };
};

/** One file after the other, with friends beside them, and only then the condition and the choice of columns. */
const streamChain = async (
  paths: readonly [string, ...string[]],
  { friends = [], branches, where, entries, name, ...options }: StreamTableOptions,
): Promise<TableStream> => {
  const { label, weight, eventId, units, descriptions, ...reading } = options;
  const { start = 0, stop = Infinity } = rangeOf(entries);
  const available = (await streamFile(paths[0], reading)).columnNames;
  const keys = (friend: Friend): readonly string[] => keysFor(friend, available, eventId);
  const roles = [label, weight].filter((role) => role !== undefined);
  const needed = [
    ...roles.filter((role) => available.includes(role)),
    ...friends.flatMap(keys),
    ...neededBy(where, available),
  ];
  const read = branches === undefined ? {} : { branches: [...new Set([...branches, ...needed])] };
  const range = [start, stop] as const;
  const main = await chainStream(paths, opening({ ...reading, ...read }), { name: name ?? nameOf(paths[0]), range });
  const circle = { paths, reading, range, keys };
  const ready = await Promise.all(friends.map((friend) => readyFriend(friend, circle)));
  const joined = ready.length === 0 ? main : withFriends(main, ready);
  const words = definedOf({ label, weight, eventId, units, descriptions }) as TableOptions;
  const named = joined.map(
    (chunk) => chunk.withRoles(words),
    joined.length === undefined ? {} : { length: joined.length },
  );
  const filtered = where === undefined ? named : named.filter(where);
  if (branches === undefined) return filtered;
  const ofFriends = joined.columnNames.filter((column) => !main.columnNames.includes(column));
  return filtered.select(keptNames(joined.columnNames, { kept: [...branches, ...roles, ...ofFriends] }));
};

/**
 * A tree's branches as a stream of tables, for data larger than memory: each chunk is read when the one before it is
 * in use. Several files, or a pattern, are one chain; `friends` are read side by side. Every pass opens the files anew.
 *
 * Chunks end where files end. Of several files each is opened when its turn has come, so their number of entries is not
 * known before.
 *
 * @param files Local paths, patterns (`run2/*.root`), `http(s)://` URLs, of which only the ranges needed are fetched.
 * @throws CygnetError As {@link readTable}; while reading, from the loop. RangeError for a wrong `chunk` or `prefetch`.
 * @example
 * const events = await root.stream('run2/*.root', { branches: ['pt', 'eta'], where: 'pt > 20' });
 * for await (const chunk of events) console.log(chunk.length);
 */
export const stream = async (files: Files, options: StreamTableOptions = {}): Promise<TableStream> => {
  const paths = await fileList(files);
  const { friends = [], ...ofFile } = options;
  return paths.length === 1 && friends.length === 0 ? streamFile(paths[0], ofFile) : streamChain(paths, options);
};

/**
 * A tree's branches as a table. Branches of unknown types are left out unless they are named. Several files, or a
 * pattern, become one table; `friends` are joined in order or by the events' identity. While files are put together the
 * data are in memory twice. `onProgress` tells of single files only.
 *
 * @param files Local paths, patterns (`run2/*.root`), `http(s)://` URLs, of which only the ranges needed are fetched.
 * @throws CygnetError `not-found`, `bad-file`, `column-not-found`, `unsupported` (files that differ in a column's type),
 *   `corrupt-data`, `cancelled`, `thread-ended`.
 * @example
 * const table = await root.readTable('events.root', { tree: 'events', branches: ['Muon_Px', 'NMuon'] });
 * const all = await root.readTable(['a.root', 'b.root'], { friends: [{ tree: 'scores', prefix: 'bdt.' }] });
 */
export const readTable = async (files: Files, options: ReadTableOptions = {}): Promise<Table> => {
  const paths = await fileList(files);
  const { friends = [], ...ofFile } = options;
  if (paths.length === 1 && friends.length === 0) return readFile(paths[0], ofFile);
  const { onProgress: _, ...streaming } = options;
  const all = await streamChain(paths, streaming);
  return all.read(options.signal ? { signal: options.signal } : {});
};
