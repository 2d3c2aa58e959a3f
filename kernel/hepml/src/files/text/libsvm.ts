import { basename } from 'node:path';
import { CygnetError, newNumericArray } from '@cygnet/columns';
import type { NumericArray, NumericType } from '@cygnet/columns';
import { flatType, parseType, typeName } from '../core/column-type.ts';
import type { Decoded } from '../core/decoded.ts';
import type { FormatOptions, OpenedFile, PieceRequest } from '../core/format.ts';
import { parseFacts } from '../core/table-facts.ts';
import type { TableFacts } from '../core/table-facts.ts';
import { lineGroups } from './lines.ts';
import { parseNumber } from './parse-number.ts';

/** What the comment that our own files begin with says. */
interface Header {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly labelName: string;
  readonly labelType: string;
  readonly facts: TableFacts;
}

/** How a file's lines are to be read. */
interface Shape {
  /** Index in the file of the first feature: 0 or 1. */
  readonly first: number;
  readonly names: readonly string[];
  readonly types: readonly NumericType[];
  readonly label: { readonly name: string; readonly type: NumericType };
  readonly hasQuery: boolean;
  readonly facts: TableFacts;
  readonly rows?: number;
}

export const headerStart = '# cygnet ';
const mostFeatures = 1_000_000;

const asNumeric = (text: string): NumericType => {
  const type = parseType(text);
  if (type.kind !== 'flat' || ['int64', 'uint64', 'timestamp'].includes(type.type))
    throw new TypeError(`"${text}" is no type of the numbers in a libSVM file.`);
  return type.type;
};

/** Our comment, if it is one; somebody else's is not. */
const parseHeader = (line: string): Header | undefined => {
  if (!line.startsWith(headerStart)) return undefined;
  try {
    const value = JSON.parse(line.slice(headerStart.length)) as Partial<Header>;
    const { columns, labelName, labelType } = value;
    if (!Array.isArray(columns) || typeof labelName !== 'string' || typeof labelType !== 'string') return undefined;
    columns.forEach((column: Partial<Header['columns'][number]>) => asNumeric(String(column.type)));
    asNumeric(labelType);
    return { columns, labelName, labelType, facts: parseFacts(JSON.stringify(value.facts ?? {})) };
  } catch {
    return undefined; // a comment of somebody else that happens to begin alike
  }
};

const wrongLine = (path: string, line: number, text: string): CygnetError =>
  new CygnetError(
    'corrupt-data',
    `Line ${line} of ${path} is no line of libSVM ("label index:value …", indices rising): ${JSON.stringify(text.slice(0, 60))}`,
  );

/** A line without its comment. */
const content = (line: string): string => {
  const at = line.indexOf('#');
  return (at < 0 ? line : line.slice(0, at)).trim();
};

/** Goes through a file once, for the number of features, whether they count from 0, and the number of rows. */
const scan = async (path: string, isGzip: boolean, signal?: AbortSignal) => {
  let [lowest, highest, rows, hasQuery] = [Infinity, -1, 0, false];
  for await (const lines of lineGroups(path, { isGzip, ...(signal ? { signal } : {}) }))
    for (const line of lines) {
      const text = content(line);
      if (text === '') continue;
      rows++;
      hasQuery ||= text.includes(' qid:');
      // Indices rise along a line, so its first and its last are enough.
      const first = /\s(\d+):/.exec(text)?.[1];
      const last = /\s(\d+):[^\s:]*$/.exec(text)?.[1];
      if (first !== undefined) lowest = Math.min(lowest, Number(first));
      if (last !== undefined) highest = Math.max(highest, Number(last));
    }
  return { lowest, highest, rows, hasQuery };
};

const findShape = async (path: string, isGzip: boolean, options: FormatOptions): Promise<Shape> => {
  const { features, signal } = options;
  for await (const [line = ''] of lineGroups(path, { isGzip, ...(signal ? { signal } : {}) })) {
    const header = parseHeader(line);
    if (header === undefined) break;
    return {
      first: 1,
      names: header.columns.map(({ name }) => name),
      types: header.columns.map(({ type }) => asNumeric(type)),
      label: { name: header.labelName, type: asNumeric(header.labelType) },
      hasQuery: false,
      facts: header.facts,
    };
  }
  const found = await scan(path, isGzip, signal);
  const first = found.lowest === 0 ? 0 : 1;
  const count = features ?? Math.max(0, found.highest + 1 - first);
  if (count > mostFeatures)
    throw new CygnetError(
      'unsupported',
      `${path} has ${count} features; columns are read up to ${mostFeatures}. It is too sparse for a table.`,
    );
  return {
    first,
    names: Array.from({ length: count }, (_, i) => `x${i + first}`),
    types: new Array<NumericType>(count).fill('float64'),
    label: { name: 'label', type: 'float64' },
    hasQuery: found.hasQuery,
    facts: {},
    rows: found.rows,
  };
};

/** The columns of some rows, being filled. */
class Rows {
  readonly columns: ReadonlyMap<string, NumericArray>;
  readonly #types: ReadonlyMap<string, NumericType>;
  count = 0;
  constructor(types: ReadonlyMap<string, NumericType>, rows: number) {
    this.#types = types;
    this.columns = new Map([...types].map(([name, type]) => [name, newNumericArray(type, rows)]));
  }
  piece(): ReadonlyMap<string, Decoded> {
    return new Map(
      [...this.columns].map(([name, values]) => [
        name,
        { kind: 'flat', type: this.#types.get(name) ?? 'float64', values: values.subarray(0, this.count) },
      ]),
    );
  }
}

const parseLine = (text: string, fail: () => CygnetError): readonly [label: number, query: number, string[]] => {
  const words = text.split(/\s+/);
  const label = parseNumber(words[0] ?? '');
  if (label === undefined) throw fail();
  const query = words[1]?.startsWith('qid:') ? Number(words[1].slice(4)) : undefined;
  if (query !== undefined && !Number.isSafeInteger(query)) throw fail();
  return [label, query ?? 0, words.slice(query === undefined ? 1 : 2)];
};

const pieces = async function* (path: string, isGzip: boolean, shape: Shape, request: PieceRequest) {
  const { start, stop, rows: rowsAPiece, signal } = request;
  const wanted = new Map<string, NumericType>();
  const byIndex = new Map<number, string>();
  for (const name of request.columns) {
    const index = shape.names.indexOf(name);
    if (name === shape.label.name) wanted.set(name, shape.label.type);
    else if (index >= 0) {
      wanted.set(name, shape.types[index] ?? 'float64');
      byIndex.set(index, name);
    } else wanted.set(name, 'int64');
  }
  let rows = new Rows(wanted, rowsAPiece);
  let [lineNumber, row, isAnyGiven] = [0, 0, false];
  reading: for await (const lines of lineGroups(path, { isGzip, ...(signal ? { signal } : {}) }))
    for (const line of lines) {
      lineNumber++;
      const text = content(line);
      if (text === '') continue;
      if (row >= stop) break reading;
      if (row++ < start) continue;
      const fail = (): CygnetError => wrongLine(path, lineNumber, line);
      const [label, query, words] = parseLine(text, fail);
      let before = -1;
      for (const word of words) {
        const colon = word.indexOf(':');
        const index = Number(word.slice(0, colon)) - shape.first;
        const value = parseNumber(word.slice(colon + 1));
        if (colon < 1 || !Number.isInteger(index) || value === undefined || index <= before) throw fail();
        if (index >= shape.names.length)
          throw new CygnetError(
            'corrupt-data',
            `Line ${lineNumber} of ${path} has feature ${index + shape.first}; there are ${shape.names.length}.`,
          );
        before = index;
        const name = byIndex.get(index);
        const values = name === undefined ? undefined : rows.columns.get(name);
        if (values === undefined) continue;
        values[rows.count] = value;
        if (values[rows.count] !== value && !(values instanceof Float32Array) && !Number.isNaN(value)) throw fail();
      }
      const labels = rows.columns.get(shape.label.name);
      if (labels) labels[rows.count] = label;
      const queries = shape.hasQuery ? rows.columns.get('qid') : undefined;
      if (queries) (queries as BigInt64Array)[rows.count] = BigInt(query);
      if (++rows.count < rowsAPiece) continue;
      yield rows.piece();
      isAnyGiven = true;
      rows = new Rows(wanted, rowsAPiece);
    }
  if (rows.count > 0 || !isAnyGiven) yield rows.piece();
};

/**
 * libSVM's text: a label, then `index:value` for each feature that is not 0. Columns are `label`, `x1`, `x2`, … of
 * float64 (`x0`, … when a file counts from 0), and `qid` where it has one; our own files name them and say their types.
 */
export const openLibsvm = async (path: string, isGzip: boolean, options: FormatOptions): Promise<OpenedFile> => {
  const shape = await findShape(path, isGzip, options);
  const info = {
    name: basename(path).replace(/\.[^.]*$/, ''),
    columns: [
      { name: shape.label.name, type: shape.label.type },
      ...(shape.hasQuery ? [{ name: 'qid', type: 'int64' }] : []),
      ...shape.names.map((name, i) => ({ name, type: typeName(flatType(shape.types[i] ?? 'float64')) })),
    ],
    ...(shape.rows === undefined ? {} : { entries: shape.rows }),
    ...(isGzip ? { compression: 'gzip' } : {}),
    facts: { label: shape.label.name, ...shape.facts },
  };
  return {
    format: 'libsvm',
    tables: [info],
    pieces: (request) => pieces(path, isGzip, shape, request),
    close: () => Promise.resolve(),
  };
};
