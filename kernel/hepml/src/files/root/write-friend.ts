import { CygnetError } from '@cygnet/columns';
import { isTable, TableStream } from '../../data/index.ts';
import type { Table } from '../../data/index.ts';
import { dataFile } from '../core/data-file.ts';
import { write } from '../write/write.ts';
import type { WriteOptions, Written } from '../write/write.ts';
import { openRootFile } from './open-root.ts';

export interface FriendOptions extends Pick<
  WriteOptions,
  'overwrite' | 'layout' | 'compression' | 'chunk' | 'provenance' | 'signal' | 'onProgress'
> {
  /** The tree of the input whose entries the columns belong to; may be left out when it has only one. */
  readonly of?: string;
  /** Name of the friend tree; default `friend`. */
  readonly tree?: string;
  /** Where it is written; default: beside the input, `events.root` gets `events.friend.root`. */
  readonly path?: string;
}

/** The same chunks; at their end an error unless there were as many rows as entries. */
const exactly = (stream: TableStream, entries: number, input: string): TableStream =>
  TableStream.of({
    name: stream.name,
    columnNames: stream.columnNames,
    length: stream.length,
    open: async function* (signal) {
      let rows = 0;
      for await (const chunk of stream.chunks({ signal })) {
        rows += chunk.length;
        yield chunk;
      }
      if (rows !== entries)
        throw new CygnetError(
          'model-mismatch',
          `A friend of ${input} needs one row for each of its ${entries} entries, not ${rows}: score all events, in their order, without "where".`,
        );
    },
  });

/**
 * Writes columns, scores for example, as a tree of their own beside a ROOT file, one row for each of its entries, to be
 * used as its friend: `tree->AddFriend("friend", "events.friend.root")`. The input stays as it is.
 *
 * @throws CygnetError `model-mismatch` when there are not as many rows as entries, and all that {@link write} says.
 * @example
 * const events = await files.open('events.root');
 * const scores = events.stream().map(async (chunk) => Table.from({ score: await model.predict(chunk) }), { columnNames: ['score'] });
 * await files.writeFriend(scores, 'events.root', { tree: 'scores' });
 */
export const writeFriend = async (
  source: Table | TableStream,
  input: string,
  options: FriendOptions = {},
): Promise<Written> => {
  const {
    of,
    tree = 'friend',
    path = `${input.replace(/\.root$/i, '')}.${tree}.root`,
    chunk = 131_072,
    ...rest
  } = options;
  const file = dataFile(input, await openRootFile(input, options.signal));
  try {
    const { name, entries = 0 } = file.info(of);
    const stream = isTable(source) ? TableStream.fromTable(source, { chunk }) : source;
    return await write(exactly(stream, entries, input), path, {
      ...rest,
      format: 'root',
      tree,
      provenance: { ...options.provenance, friendOf: { file: input, tree: name, entries } },
    });
  } finally {
    await file.close();
  }
};
