import { types } from 'node:util';
import { htmlText } from './html-text.ts';

const mostRows = 50;
const mostColumns = 30;
const longestCell = 200;

type Scalar = string | number | bigint | boolean | null | undefined;

type ScalarRecord = Readonly<Record<string, Scalar>>;

const isScalar = (value: unknown): value is Scalar =>
  value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol');

/** Looks at nothing that would run code: getters and proxies are no plain values. */
const isRecord = (value: unknown): value is ScalarRecord => {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const fields = Object.values(Object.getOwnPropertyDescriptors(value));
  return (
    (prototype === Object.prototype || prototype === null) &&
    fields.every((field) => 'value' in field && isScalar(field.value))
  );
};

const cellText = (value: Scalar): string => {
  const text = value === undefined ? '' : String(value);
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
};

/**
 * An HTML table of an array of records with plain values, its first rows; undefined for any other value. Rows may lack
 * fields.
 */
export const recordsTable = (value: unknown): string | undefined => {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows: readonly unknown[] = value.slice(0, mostRows);
  if (!rows.every(isRecord)) return undefined;
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (fields.length === 0 || fields.length > mostColumns) return undefined;
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((text) => `<${tag}>${htmlText(text)}</${tag}>`).join('')}</tr>`;
  const head = line(['', ...fields], 'th');
  const body = rows.map(
    (row, i) =>
      `<tr><th>${i}</th>${line(
        fields.map((field) => cellText(row[field])),
        'td',
      ).slice(4)}`,
  );
  const left = value.length - rows.length;
  const note = left > 0 ? `<p>… and ${left.toLocaleString('en')} more rows</p>` : '';
  return `<table><thead>${head}</thead><tbody>${body.join('')}</tbody></table>${note}`;
};
