import { basename } from 'node:path';
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { CygnetError } from '@cygnet/columns';
import { parseType, typeName } from '../core/column-type.ts';
import type { Decoded } from '../core/decoded.ts';
import type { FormatOptions, OpenedFile, PieceRequest, TableInfo } from '../core/format.ts';
import { factsKey, parseFacts } from '../core/table-facts.ts';
import { readAs, sqlOf } from './column-types.ts';
import type { ReadAs } from './column-types.ts';
import { connect, identifier, literal, loadDuckDb, pathParameter } from './database.ts';
import { decodeVector } from './decode-vector.ts';

/** A file as DuckDB takes it in a FROM clause; `$1` is its path. */
interface Source {
  readonly from: string;
  readonly path: string;
}

interface Described {
  readonly name: string;
  readonly duckType: DuckDBType;
}

const withConnection = async <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
  const connection = await connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
};

const describe = ({ from, path }: Source): Promise<readonly Described[]> =>
  withConnection(async (connection) => {
    const result = await connection.run(`SELECT * FROM ${from} LIMIT 0`, [path]);
    const types = result.columnTypes();
    return result.columnNames().map((name, i) => ({ name, duckType: types[i] as DuckDBType }));
  });

const structOf = (types: Iterable<readonly [string, string]>): string =>
  `{${[...types].map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ')}}`;

const givenTypes = (options: FormatOptions): readonly (readonly [string, string])[] =>
  Object.entries(options.types ?? {}).map(([name, type]) => [name, sqlOf(parseType(type))] as const);

const csvSource = (path: string, isGzip: boolean, options: FormatOptions): Source => {
  const types = givenTypes(options);
  const settings = [
    `compression=${isGzip ? "'gzip'" : "'none'"}`,
    'sample_size=200000',
    'allow_quoted_nulls=false',
    ...(options.delimiter === undefined ? [] : [`delim=${literal(options.delimiter)}`]),
    ...(options.header === undefined ? [] : [`header=${options.header}`]),
    ...(types.length === 0 ? [] : [`types=${structOf(types)}`]),
  ];
  return { from: `read_csv($1, ${settings.join(', ')})`, path };
};

const jsonSource = async (path: string, isGzip: boolean, options: FormatOptions): Promise<Source> => {
  const settings = [
    `compression=${isGzip ? "'gzip'" : "'uncompressed'"}`,
    'maximum_object_size=67108864',
    'map_inference_threshold=-1',
    'maximum_depth=32',
  ];
  const plain: Source = { from: `read_json($1, ${settings.join(', ')})`, path };
  const given = new Map(givenTypes(options));
  if (given.size === 0) return plain;
  const found = await describe(plain);
  const types = found.map(({ name, duckType }) => [name, given.get(name) ?? duckType.toString()] as const);
  return { from: `read_json($1, ${[...settings, `columns=${structOf(types)}`].join(', ')})`, path };
};

/** What Parquet's footer says: rows, bytes by column, compression, and our own facts. */
const parquetFacts = (path: string) =>
  withConnection(async (connection) => {
    const rowsOf = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
      (await connection.run(sql, [path])).getRowObjectsJS();
    const [file] = await rowsOf('SELECT num_rows FROM parquet_file_metadata($1)');
    const chunks = await rowsOf(
      'SELECT path_in_schema AS path, compression, sum(total_compressed_size)::DOUBLE AS bytes FROM parquet_metadata($1) GROUP BY ALL',
    );
    const [own] = await rowsOf(
      `SELECT decode(value) AS text FROM parquet_kv_metadata($1) WHERE key = '${factsKey}'::BLOB`,
    );
    const bytes = new Map<string, number>();
    for (const chunk of chunks) {
      const root = String(chunk.path).split(', ')[0] ?? '';
      bytes.set(root, (bytes.get(root) ?? 0) + Number(chunk.bytes));
    }
    const codecs = [...new Set(chunks.map(({ compression }) => String(compression).toLowerCase()))];
    return {
      entries: Number(file?.num_rows ?? 0),
      bytes,
      facts: parseFacts(typeof own?.text === 'string' ? own.text : undefined),
      ...(codecs.length === 0 || codecs[0] === 'uncompressed' ? {} : { compression: codecs.join(', ') }),
    };
  });

/** A column in SQL, cast to what is read of it. */
const expression = (name: string, how: ReadAs, duckType: DuckDBType): string =>
  how.sql === duckType.toString() ? identifier(name) : `CAST(${identifier(name)} AS ${how.sql}) AS ${identifier(name)}`;

const pieces = async function* (
  source: Source,
  columns: ReadonlyMap<string, readonly [ReadAs, DuckDBType]>,
  isParquet: boolean,
  { columns: names, start, stop, signal }: PieceRequest,
): AsyncGenerator<ReadonlyMap<string, Decoded>> {
  const chosen = names.map((name) => {
    const found = columns.get(name);
    if (found === undefined) throw new CygnetError('column-not-found', `No column "${name}".`);
    return { name, how: found[0], duckType: found[1] };
  });
  const connection = await connect();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const list = chosen.map(({ name, how, duckType }) => expression(name, how, duckType)).join(', ');
    const count = stop === Infinity ? '' : ` LIMIT ${stop - start}`;
    const isPart = start > 0 || stop !== Infinity;
    const where =
      isParquet && isPart
        ? ` WHERE file_row_number >= ${start}${stop === Infinity ? '' : ` AND file_row_number < ${stop}`}`
        : '';
    const offset = isParquet || start === 0 ? '' : ` OFFSET ${start}`;
    const from = isParquet && isPart ? 'read_parquet($1, file_row_number=true)' : source.from;
    const sql = `SELECT ${list} FROM ${from}${where}${isParquet ? '' : count}${offset}`;
    const result = await connection.stream(sql, [source.path]);
    let isAnyGiven = false;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      yield new Map(
        chosen.map(({ name, how }, i): [string, Decoded] => [name, decodeVector(chunk.getColumnVector(i), how.type)]),
      );
      isAnyGiven = true;
    }
    if (!isAnyGiven) {
      const { DuckDBDataChunk } = await loadDuckDb();
      const none = DuckDBDataChunk.create(result.columnTypes(), 0);
      yield new Map(
        chosen.map(({ name, how }, i): [string, Decoded] => [name, decodeVector(none.getColumnVector(i), how.type)]),
      );
    }
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
  }
};

/** What DuckDB says is shortened to its first line, which names the problem; hints of SQL help nobody here. */
const readable = (path: string, format: string, error: unknown): CygnetError => {
  const text = error instanceof Error ? error.message : String(error);
  const isConversion = /conversion|cast/i.test(text);
  const hint =
    isConversion && format !== 'parquet'
      ? ` If a type was guessed wrong, say it: files.open(path, { types: { column: 'float64' } }).`
      : '';
  return new CygnetError('corrupt-data', `Cannot read ${path} (${format}): ${text.split('\n')[0]}.${hint}`, {
    cause: error,
  });
};

type Kind = 'parquet' | 'csv' | 'tsv' | 'jsonl';

/**
 * Parquet, CSV and JSON lines through DuckDB. Types that have no counterpart here (intervals, blobs, unions) make a
 * column unreadable, not the file.
 */
export const openWithDuckDb = async (
  path: string,
  format: Kind,
  isGzip: boolean,
  options: FormatOptions,
): Promise<OpenedFile> => {
  const asOurs = (error: unknown): unknown =>
    error instanceof TypeError || (error instanceof Error && error.name === 'CygnetError')
      ? error
      : readable(path, format, error);
  try {
    const duckDb = await loadDuckDb();
    const parameter = pathParameter(path);
    const source =
      format === 'parquet'
        ? { from: 'read_parquet($1)', path: parameter }
        : format === 'jsonl'
          ? await jsonSource(parameter, isGzip, options)
          : csvSource(parameter, isGzip, format === 'tsv' ? { delimiter: '\t', ...options } : options);
    const described = await describe(source);
    const { bytes, ...rest } =
      format === 'parquet'
        ? await parquetFacts(parameter)
        : { bytes: new Map<string, number>(), facts: {}, ...(isGzip ? { compression: 'gzip' } : {}) };
    const columns = new Map<string, readonly [ReadAs, DuckDBType]>();
    const infos = described.map(({ name, duckType }) => {
      const how = readAs(duckDb, duckType);
      if (how !== undefined) columns.set(name, [how, duckType]);
      const size = bytes.get(name);
      return {
        name,
        type: how === undefined ? duckType.toString() : typeName(how.type),
        ...(size === undefined ? {} : { bytes: size }),
        ...(how === undefined ? { unreadable: `its type ${duckType.toString()} has no counterpart here` } : {}),
      };
    });
    const info: TableInfo = { name: basename(path).replace(/\.[^.]*(\.gz)?$/, ''), columns: infos, ...rest };
    return {
      format,
      tables: [info],
      pieces: async function* (request) {
        try {
          yield* pieces(source, columns, format === 'parquet', request);
        } catch (error) {
          if (request.signal?.aborted)
            throw new CygnetError('cancelled', `Reading ${path} was cancelled.`, { cause: request.signal.reason });
          throw asOurs(error);
        }
      },
      close: () => Promise.resolve(),
    };
  } catch (error) {
    throw asOurs(error);
  }
};
