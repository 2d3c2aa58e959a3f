import type { Column } from '@cygnet/columns';
import type { Table } from '../../data/index.ts';
import { openSink } from '../write/byte-sink.ts';
import type { TableWriter, WriteFormat, WritePlan } from '../write/writer.ts';
import { cannotHold } from '../write/writer.ts';

/** Text of entry `i`. */
type Cell = (i: number) => string;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-23 01:02:03.000004`: UTC, all microseconds. */
export const timeText = (microseconds: bigint): string => {
  const milliseconds = microseconds / 1000n - (microseconds % 1000n < 0n ? 1n : 0n);
  const date = new Date(Number(milliseconds));
  if (Number.isNaN(date.getTime())) throw new RangeError(`${microseconds} microseconds are no date.`);
  const year = date.getUTCFullYear();
  if (year < 0 || year > 9999) throw new RangeError(`A date in the year ${year} has no text here.`);
  const rest = (((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n).toString().padStart(6, '0');
  const day = `${String(year).padStart(4, '0')}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':');
  return `${day} ${time}.${rest}`;
};

const csvFloat = (value: number): string => {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
};

const csvCell = (column: Column, delimiter: string): Cell => {
  if (column.kind === 'string') {
    const { values } = column;
    const isPlain = new RegExp(`^[^"\\r\\n${delimiter === '\t' ? '\\t' : delimiter}]+$`);
    return (i) => {
      const text = values[i] as string;
      return isPlain.test(text) && text === text.trim() ? text : `"${text.replaceAll('"', '""')}"`;
    };
  }
  if (column.kind !== 'flat') throw new TypeError('Only numbers and texts go into a cell.');
  const { values, type } = column;
  if (type === 'bool') return (i) => (values[i] === 0 ? 'false' : 'true');
  if (type === 'timestamp') return (i) => timeText(values[i] as bigint);
  if (type === 'float32' || type === 'float64') return (i) => csvFloat(values[i] as number);
  return (i) => String(values[i]);
};

const openCsv = async (path: string, plan: WritePlan, delimiter: string): Promise<TableWriter> => {
  const sink = await openSink(path, { gzip: plan.compression === 'gzip' });
  const names = [...plan.columns.keys()];
  const header: Column = { kind: 'string', values: names };
  await sink.write(names.map((_, i) => csvCell(header, delimiter)(i)).join(delimiter) + '\n');
  return {
    write: async (chunk) => {
      const cells = names.map((name) => csvCell(chunk.column(name), delimiter));
      await writeRows(
        chunk,
        (text) => sink.write(text),
        (i) => {
          let line = '';
          for (let c = 0; c < cells.length; c++) line += (c === 0 ? '' : delimiter) + (cells[c] as Cell)(i);
          return line;
        },
      );
    },
    finish: () => sink.finish(),
    abort: () => sink.abort(),
  };
};

/** Lines of some rows, a few thousand a time. */
export const writeRows = async (
  { length }: Table,
  write: (text: string) => Promise<void>,
  line: Cell,
): Promise<void> => {
  for (let start = 0; start < length; start += 4096) {
    let text = '';
    const stop = Math.min(length, start + 4096);
    for (let i = start; i < stop; i++) text += line(i) + '\n';
    await write(text);
  }
};

const delimited = (name: 'csv' | 'tsv', title: string, delimiter: string): WriteFormat => ({
  name,
  title,
  endings: [`.${name}`, `.${name}.gz`],
  compressions: ['none', 'gzip'],
  refuses: (_, type) =>
    type.kind === 'jagged' || type.kind === 'record'
      ? 'a cell holds one value. Write Parquet or JSON lines'
      : undefined,
  open: (path, plan) => openCsv(path, plan, delimiter),
});

export const csvFormat = delimited('csv', 'CSV', ',');
export const tsvFormat = delimited('tsv', 'TSV', '\t');

const jsonCell = (name: string, column: Column): Cell => {
  switch (column.kind) {
    case 'string': {
      const { values } = column;
      return (i) => JSON.stringify(values[i]);
    }
    case 'jagged': {
      const { offsets } = column;
      const item = jsonCell(name, column.content);
      return (i) => {
        let text = '[';
        const start = offsets[i] as number;
        for (let at = start; at < (offsets[i + 1] as number); at++) text += (at === start ? '' : ',') + item(at);
        return text + ']';
      };
    }
    case 'record': {
      const fields = [...column.fields].map(
        ([field, values]) => [`${JSON.stringify(field)}:`, jsonCell(`${name}.${field}`, values)] as const,
      );
      return (i) => `{${fields.map(([key, cell]) => key + cell(i)).join(',')}}`;
    }
    case 'flat': {
      const { values, type } = column;
      if (type === 'bool') return (i) => (values[i] === 0 ? 'false' : 'true');
      if (type === 'timestamp') return (i) => `"${timeText(values[i] as bigint)}"`;
      if (type !== 'float32' && type !== 'float64') return (i) => String(values[i]);
      return (i) => {
        const value = values[i] as number;
        if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
        if (Number.isNaN(value)) return 'null';
        throw cannotHold('JSON', name, 'an infinite number', 'Parquet');
      };
    }
  }
};

/** One JSON object a line; NaN is null. */
export const jsonlFormat: WriteFormat = {
  name: 'jsonl',
  title: 'JSON lines',
  endings: ['.jsonl', '.ndjson', '.jsonl.gz', '.ndjson.gz'],
  compressions: ['none', 'gzip'],
  refuses: () => undefined,
  open: async (path, plan) => {
    const sink = await openSink(path, { gzip: plan.compression === 'gzip' });
    const names = [...plan.columns.keys()];
    return {
      write: async (chunk) => {
        const cells = names.map((name) => [`${JSON.stringify(name)}:`, jsonCell(name, chunk.column(name))] as const);
        await writeRows(
          chunk,
          (text) => sink.write(text),
          (i) => `{${cells.map(([key, cell]) => key + cell(i)).join(',')}}`,
        );
      },
      finish: () => sink.finish(),
      abort: () => sink.abort(),
    };
  },
};
