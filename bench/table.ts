import type { DetailedRow, Figure } from './harness.ts';

const withUnit = (seconds: number): string => {
  if (seconds >= 1) return `${seconds.toFixed(2)} s`;
  if (seconds >= 1e-3) return `${(seconds * 1e3).toFixed(seconds < 0.1 ? 2 : 0)} ms`;
  return `${(seconds * 1e6).toFixed(1)} us`;
};

const cell = (seconds: number, spread: number): string => `${withUnit(seconds)} ± ${(100 * spread).toFixed(0)} %`;
const cpu = (seconds: number | undefined): string => (seconds === undefined ? '-' : withUnit(seconds));

/** The rows as an aligned Markdown table: medians with half the interquartile distance, CPU time, ratio, agreement. */
export const markdownTable = (rows: readonly DetailedRow[]): string => {
  const head = ['case', 'ours', 'peer', 'ours / peer', 'CPU ours', 'CPU peer', 'results agree'];
  const body = rows.map(({ row, ...detail }) => [
    row.case,
    cell(row.ours_s, detail.oursSpread),
    cell(row.peer_s, detail.peerSpread),
    row.ratio.toFixed(2),
    cpu(detail.oursCpuSeconds),
    cpu(detail.peerCpuSeconds),
    row.agree ? 'yes' : 'NO',
  ]);
  return aligned([head, ...body]);
};

/** Figures without a peer as an aligned Markdown table. */
export const figureTable = (figures: readonly Figure[]): string => {
  const text = (value: number, unit: Figure['unit']): string => `${value.toFixed(unit === 'x' ? 2 : 0)} ${unit}`;
  const body = figures.map(({ case: name, value, unit, limit }) => [
    name,
    text(value, unit),
    limit === undefined ? '-' : text(limit, unit),
  ]);
  return aligned([['alone', 'ours', 'meant to be at most'], ...body]);
};

/** The first line is the head. */
const aligned = (lines: readonly (readonly string[])[]): string => {
  const [head, ...body] = lines.map((fields) =>
    fields.map((field, column) => field.padEnd(Math.max(...lines.map((line) => (line[column] as string).length)))),
  );
  const rule = (head ?? []).map((field) => '-'.repeat(field.length));
  return [head ?? [], rule, ...body].map((fields) => `| ${fields.join(' | ')} |`).join('\n');
};
