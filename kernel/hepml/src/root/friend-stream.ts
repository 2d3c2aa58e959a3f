import { CygnetError } from '@cygnet/columns';
import { TableStream } from '../data/index.ts';
import type { JoinOptions, Table } from '../data/index.ts';

/** A friend that is ready to be joined. */
export interface ReadyFriend {
  readonly stream: TableStream;
  readonly join: JoinOptions;
}

/** Takes events out of a stream, as many at a time as are asked for. */
class Taker {
  readonly #chunks: AsyncGenerator<Table, void, undefined>;
  /** What was read and not yet taken. */
  #left: Table | undefined;
  #columns: Table | undefined;
  constructor(stream: TableStream, signal: AbortSignal) {
    this.#chunks = stream.chunks({ signal });
  }

  /** As many, or fewer when the stream ends. */
  async take(count: number): Promise<Table> {
    const taken: Table[] = [];
    let missing = count;
    do {
      await this.#fill();
      if (this.#left === undefined) break;
      const part = this.#left.slice(0, missing);
      if (part.length > 0) taken.push(part);
      missing -= part.length;
      this.#left = part.length < this.#left.length ? this.#left.slice(part.length) : undefined;
    } while (missing > 0);
    const [first = this.#columns, ...more] = taken;
    if (first === undefined) throw new CygnetError('bad-file', 'A friend gave no columns.');
    return first.concat(...more);
  }

  async isAtEnd(): Promise<boolean> {
    await this.#fill();
    return this.#left === undefined;
  }

  async close(): Promise<void> {
    await this.#chunks.return();
  }

  /** Sees to it that something is left, unless the stream is at its end. */
  async #fill(): Promise<void> {
    while (this.#left === undefined) {
      const next = await this.#chunks.next();
      if (next.done) return;
      this.#columns ??= next.value.slice(0, 0);
      if (next.value.length > 0) this.#left = next.value;
    }
  }
}

const uneven = (base: TableStream, friend: TableStream, which: string): CygnetError =>
  new CygnetError(
    'unsupported',
    `Friend "${friend.name}" has ${which} entries than "${base.name}": they do not go together in order. By identity: { on: 'eventId' }.`,
  );

/**
 * The columns of friends beside those of a stream. In order, both are read side by side; by identity a friend is read
 * whole, once a pass.
 */
export const withFriends = (base: TableStream, friends: readonly ReadyFriend[]): TableStream => {
  const isInOrder = ({ join }: ReadyFriend): boolean => (join.on ?? 'index') === 'index';
  const keysOf = ({ join: { on } }: ReadyFriend): readonly string[] => (typeof on === 'object' ? on : []);
  const columnNames = [
    ...base.columnNames,
    ...friends.flatMap((friend) =>
      friend.stream.columnNames
        .filter((name) => !keysOf(friend).includes(name))
        .map((name) => `${friend.join.prefix ?? ''}${name}`),
    ),
  ];
  const open = async function* (signal: AbortSignal): AsyncGenerator<Table> {
    const takers = friends.map((friend) => (isInOrder(friend) ? new Taker(friend.stream, signal) : undefined));
    try {
      const tables = await Promise.all(
        friends.map(async (friend) => (isInOrder(friend) ? undefined : friend.stream.read({ signal }))),
      );
      for await (const chunk of base.chunks({ signal })) {
        let joined = chunk;
        for (const [i, friend] of friends.entries()) {
          const other = tables[i] ?? (await takers[i]?.take(chunk.length));
          if (other === undefined) continue;
          if (isInOrder(friend) && other.length < chunk.length) throw uneven(base, friend.stream, 'fewer');
          joined = joined.join(other, friend.join);
        }
        yield joined;
      }
      for (const [i, taker] of takers.entries()) {
        if (taker === undefined || (await taker.isAtEnd())) continue;
        throw uneven(base, (friends[i] as ReadyFriend).stream, 'more');
      }
    } finally {
      for (const taker of takers) await taker?.close();
    }
  };
  const mayDrop = friends.some(({ join }) => join.missing === 'drop');
  return TableStream.of({ name: base.name, columnNames, length: mayDrop ? undefined : base.length, open });
};
