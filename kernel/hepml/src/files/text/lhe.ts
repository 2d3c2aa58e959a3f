import { basename } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import { typeName, typeOf } from '../core/column-type.ts';
import { resolveMissing } from '../core/decoded.ts';
import type { Decoded } from '../core/decoded.ts';
import type { OpenedFile, PieceRequest, TableInfo } from '../core/format.ts';
import { eventColumns, parseEvent } from './lhe-event.ts';
import type { LheEvent } from './lhe-event.ts';
import { lineGroups } from './lines.ts';
import { parseNumber } from './parse-number.ts';

/** What stands before the first event. */
interface Head {
  readonly version: string;
  /** Numbers of the first line of `<init>`. */
  readonly run: readonly number[];
  /** One line of `<init>` a process: cross-section, its error, largest weight, process. */
  readonly processes: readonly (readonly number[])[];
  readonly weightIds: readonly string[];
}

const isTag = (line: string, tag: string): boolean => {
  const text = line.trimStart();
  return text.startsWith(tag) && /^[\s>]/.test(text.slice(tag.length));
};

const endsEarly = (path: string): CygnetError =>
  new CygnetError(
    'corrupt-data',
    `${path} ends before </LesHouchesEvents>: it is not whole. Read what is there with { entries: <number of events> }.`,
  );

/** Lines of the head and of each event, in order. */
const parts = async function* (path: string, isGzip: boolean, signal?: AbortSignal) {
  let lines: string[] = [];
  let place: 'head' | 'between' | 'event' | 'end' = 'head';
  for await (const group of lineGroups(path, { isGzip, ...(signal ? { signal } : {}) }))
    for (const line of group) {
      if (place === 'head') {
        lines.push(line);
        if (lines.length > 5_000_000) throw new CygnetError('corrupt-data', `${path} has no </init>.`);
        if (line.trim() !== '</init>') continue;
        yield { kind: 'head' as const, lines };
        [lines, place] = [[], 'between'];
      } else if (place === 'between') {
        if (isTag(line, '<event')) place = 'event';
        else if (line.trimStart().startsWith('</LesHouchesEvents')) place = 'end';
      } else if (place === 'event') {
        if (line.trimStart().startsWith('</event')) {
          yield { kind: 'event' as const, lines };
          [lines, place] = [[], 'between'];
        } else if (isTag(line, '<event') || lines.length > 1_000_000) {
          throw new CygnetError('corrupt-data', `${path} has an event that does not end.`);
        } else lines.push(line);
      }
    }
  if (place !== 'end') throw endsEarly(path);
};

const numbersIn = (line: string): readonly number[] =>
  line
    .trim()
    .split(/\s+/)
    .map((word) => parseNumber(word) ?? NaN);

const parseHead = (path: string, lines: readonly string[]): Head => {
  const from = lines.findIndex((line) => isTag(line, '<init'));
  const [first = '', ...others] = lines.slice(from + 1, -1).filter((line) => line.trim() !== '');
  const run = numbersIn(first);
  const count = run[9] ?? NaN;
  if (from < 0 || run.length < 10 || run.slice(0, 10).some(Number.isNaN))
    throw new CygnetError('corrupt-data', `${path} has no readable <init> block.`);
  const processes = others
    .slice(0, count)
    .filter((line) => !/^\s*[<#]/.test(line))
    .map(numbersIn);
  if (processes.some((numbers) => numbers.length < 4 || numbers.slice(0, 4).some(Number.isNaN)))
    throw new CygnetError('corrupt-data', `${path} has a process in <init> that is not four numbers.`);
  const header = lines.slice(0, from).join('\n');
  const ids = [...header.matchAll(/<weight\s[^>]*?\bid\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, double, single]) => double ?? single ?? '',
  );
  const version = /<LesHouchesEvents[^>]*\bversion\s*=\s*["']?([\d.]+)/.exec(header)?.[1] ?? '1.0';
  return { version, run, processes, weightIds: ids };
};

const pieces = async function* (
  path: string,
  isGzip: boolean,
  weightIds: readonly string[],
  { start, stop, rows, columns, signal }: PieceRequest,
): AsyncGenerator<ReadonlyMap<string, Decoded>> {
  let events: LheEvent[] = [];
  let [index, isAnyGiven] = [0, false];
  const known = new Set(weightIds);
  const piece = (): ReadonlyMap<string, Decoded> => {
    const all = eventColumns(events, weightIds);
    events = [];
    isAnyGiven = true;
    return new Map(columns.map((name) => [name, all.get(name) as Decoded]));
  };
  for await (const part of parts(path, isGzip, signal)) {
    if (part.kind === 'head') continue;
    if (index >= stop) break;
    if (index++ < start) continue;
    const event = parseEvent(path, index - 1, part.lines);
    for (const id of event.weights.keys())
      if (!known.has(id))
        throw new CygnetError(
          'corrupt-data',
          `Event ${index - 1} of ${path} has a weight "${id}" that neither the header nor the first event has.`,
        );
    events.push(event);
    if (events.length >= rows) yield piece();
  }
  if (events.length > 0 || !isAnyGiven) yield piece();
};

const processColumns = ({ processes }: Head): ReadonlyMap<string, Decoded> =>
  new Map(
    (['xsec', 'xsecError', 'xsecMax', 'pid'] as const).map((name, field): [string, Decoded] => {
      const values = processes.map((numbers) => numbers[field] as number);
      return [
        name,
        name === 'pid'
          ? { kind: 'flat', type: 'int32', values: Int32Array.from(values) }
          : { kind: 'flat', type: 'float64', values: Float64Array.from(values) },
      ];
    }),
  );

const columnsInfo = (columns: ReadonlyMap<string, Decoded>) =>
  [...resolveMissing(columns, 'error')].map(([name, column]) => ({ name, type: typeName(typeOf(column)) }));

const provenanceOf = ({ run, version }: Head) => ({
  lhe: {
    version,
    beams: [
      { id: run[0], energyGeV: run[2], pdfGroup: run[4], pdfSet: run[6] },
      { id: run[1], energyGeV: run[3], pdfGroup: run[5], pdfSet: run[7] },
    ],
    weightStrategy: run[8],
    processes: run[9],
  },
});

/**
 * Les Houches events, plain or gzipped, as two tables. `events`: process, event weight, scale (GeV), couplings, the
 * weights of `<rwgt>` by their id, and `particles`, a list of records with pylhe's names (momenta in GeV, lifetime in mm).
 * `processes`: the cross-sections of `<init>`, in pb.
 */
export const openLhe = async (path: string, isGzip: boolean, signal?: AbortSignal): Promise<OpenedFile> => {
  let head: Head | undefined;
  let ids: readonly string[] = [];
  for await (const part of parts(path, isGzip, signal)) {
    if (part.kind === 'head') {
      head = parseHead(path, part.lines);
      ids = head.weightIds;
    } else {
      ids = [...new Set([...ids, ...parseEvent(path, 0, part.lines).weights.keys()])];
      break;
    }
  }
  if (head === undefined) throw endsEarly(path);
  const compression = isGzip ? { compression: 'gzip' } : {};
  const events: TableInfo = {
    name: 'events',
    columns: columnsInfo(eventColumns([], ids)),
    ...compression,
    facts: {
      name: basename(path).replace(/\.lhe(\.gz)?$/i, ''),
      weight: 'weight',
      units: { scale: 'GeV' },
      provenance: provenanceOf(head),
    },
  };
  const cross = processColumns(head);
  const processes: TableInfo = {
    name: 'processes',
    entries: head.processes.length,
    columns: columnsInfo(cross),
    ...compression,
    facts: { units: { xsec: 'pb', xsecError: 'pb' }, provenance: provenanceOf(head) },
  };
  const source = sourceOfDecoded(cross);
  return {
    format: 'lhe',
    tables: [events, processes],
    mainTable: 'events',
    pieces: (request) => (request.table === 'events' ? pieces(path, isGzip, ids, request) : source(request)),
    close: () => Promise.resolve(),
  };
};

/** Rows of columns that are in memory. */
const sourceOfDecoded = (columns: ReadonlyMap<string, Decoded>) =>
  // eslint-disable-next-line @typescript-eslint/require-await -- pieces come asynchronously from everything else
  async function* ({ start, stop, columns: names }: PieceRequest): AsyncGenerator<ReadonlyMap<string, Decoded>> {
    yield new Map(
      names.map((name): [string, Decoded] => {
        const column = columns.get(name);
        if (column?.kind !== 'flat') throw new CygnetError('column-not-found', `No column "${name}".`);
        return [name, { ...column, values: column.values.subarray(start, Math.min(stop, column.values.length)) }];
      }),
    );
  };
