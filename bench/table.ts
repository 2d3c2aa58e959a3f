import type { DetailedRow } from './harness.ts';

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
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((line) => (line[column] as string).length)),
  );
  const line = (fields: readonly string[]): string =>
    `| ${fields.map((field, column) => field.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
};
