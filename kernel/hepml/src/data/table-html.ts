import { columnTypeName } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';

/** What is shown of a table. */
export interface TableView {
  readonly name: string;
  readonly length: number;
  readonly columns: ReadonlyMap<string, Column>;
  readonly units: { readonly [column: string]: string };
  readonly descriptions?: { readonly [column: string]: string };
  readonly label?: string | undefined;
  readonly weight?: string | undefined;
}

const shownRows = 8;
const shownColumns = 40;
const shownItems = 4;
const shownFields = 6;
const longestText = 60;
const longestTitle = 1000;

/** Text made safe inside HTML, in attributes too. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const shortened = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

/** `list of record of 12 fields`: the type in few words where it has many. */
const briefType = (column: Column): string => {
  const whole = columnTypeName(column);
  if (whole.length <= longestText) return whole;
  if (column.kind === 'jagged') return `list of ${briefType(column.content)}`;
  return column.kind === 'record' ? `record of ${column.fields.size} fields` : whole;
};

const showNumber = (value: number | bigint): string =>
  typeof value === 'bigint' || Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));

/** ISO 8601 in UTC, with microseconds where there are any; the bare number beyond what a calendar holds. */
const showTimestamp = (microseconds: bigint): string => {
  const rest = ((microseconds % 1000n) + 1000n) % 1000n;
  const date = new Date(Number((microseconds - rest) / 1000n));
  if (Number.isNaN(date.getTime())) return `${microseconds} µs`;
  const text = date.toISOString();
  return rest === 0n ? text.replace(/(:\d\d)\.000Z$/, '$1Z') : text.replace('Z', `${String(rest).padStart(3, '0')}Z`);
};

const showEntry = (column: Column, index: number): string => {
  switch (column.kind) {
    case 'flat':
      if (column.type === 'bool') return column.values[index] ? 'true' : 'false';
      if (column.type === 'timestamp') return showTimestamp(column.values[index] as bigint);
      return showNumber(column.values[index] as number | bigint);
    case 'string': {
      return shortened(column.values[index] as string, longestText);
    }
    case 'record': {
      const fields = [...column.fields].slice(0, shownFields);
      const shown = fields.map(([name, field]) => `${name}: ${showEntry(field, index)}`);
      return `{${shown.join(', ')}${column.fields.size > shownFields ? ', …' : ''}}`;
    }
    case 'jagged': {
      const start = column.offsets[index] as number;
      const count = (column.offsets[index + 1] as number) - start;
      const items = Array.from({ length: Math.min(count, shownItems) }, (_, i) => showEntry(column.content, start + i));
      return `[${items.join(', ')}${count > shownItems ? `, … ${count} in all` : ''}]`;
    }
  }
};

const roleOf = (view: TableView, name: string): string =>
  name === view.label ? 'label' : name === view.weight ? 'weight' : '';

/** `20,000 events x 29 columns` */
const sizeText = ({ length, columns }: TableView): string =>
  `${length.toLocaleString('en-US')} events x ${columns.size} columns`;

/** The table's head as HTML: names, types, units and the first events. Colours are the page's own. */
export const tableHtml = (view: TableView): string => {
  const shown = [...view.columns].slice(0, shownColumns);
  const cells = (
    tag: 'th' | 'td',
    text: (name: string, column: Column) => string,
    title: (name: string, column: Column) => string = () => '',
  ): string =>
    shown
      .map(([name, column]) => {
        const more = escapeHtml(shortened(title(name, column), longestTitle));
        return `<${tag}${more === '' ? '' : ` title="${more}"`}>${escapeHtml(text(name, column))}</${tag}>`;
      })
      .join('');
  const whole = (column: Column, i: number): string => {
    const text = column.kind === 'string' ? (column.values[i] as string) : '';
    return text.length > longestText ? text : '';
  };
  const rows = Array.from(
    { length: Math.min(view.length, shownRows) },
    (_, i) =>
      `<tr><th>${i}</th>${cells(
        'td',
        (_name, column) => showEntry(column, i),
        (_name, column) => whole(column, i),
      )}</tr>`,
  );
  const dots = view.length > shownRows ? `<tr><th>…</th>${shown.map(() => '<td>…</td>').join('')}</tr>` : '';
  const more = view.columns.size > shownColumns ? ` (${shownColumns} shown)` : '';
  return [
    '<div style="overflow-x:auto">',
    `<p><strong>${escapeHtml(view.name)}</strong>: ${escapeHtml(sizeText(view))}${more}</p>`,
    '<table><thead>',
    `<tr><th></th>${cells(
      'th',
      (name) => name,
      (name) => view.descriptions?.[name] ?? '',
    )}</tr>`,
    `<tr><th></th>${cells(
      'th',
      (name, column) => [briefType(column), roleOf(view, name)].filter(Boolean).join(', '),
      (_name, column) => (briefType(column) === columnTypeName(column) ? '' : columnTypeName(column)),
    )}</tr>`,
    `<tr><th></th>${cells('th', (name) => view.units[name] ?? '')}</tr>`,
    `</thead><tbody>${rows.join('')}${dots}</tbody></table></div>`,
  ].join('');
};

/** The table in a few lines of text: one line a column. */
export const tableText = (view: TableView): string => {
  const lines = [...view.columns].slice(0, shownColumns).map(([name, column]) => {
    const unit = view.units[name];
    const role = roleOf(view, name);
    const head = Array.from({ length: Math.min(view.length, 3) }, (_, i) => showEntry(column, i)).join(', ');
    const facts = [briefType(column), unit ? `[${unit}]` : '', role ? `(${role})` : ''].filter(Boolean).join(' ');
    return `  ${name}: ${facts}  ${head}${view.length > 3 ? ', …' : ''}`;
  });
  const more = view.columns.size > shownColumns ? [`  … ${view.columns.size - shownColumns} more`] : [];
  return [`${view.name}: ${sizeText(view)}`, ...lines, ...more].join('\n');
};
