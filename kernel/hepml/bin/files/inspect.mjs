import { library, report } from './library.mjs';
import { opening, openingOptions, read } from './options.mjs';

export const inspectUsage = `cygnet inspect FILE [--json]        what a file of any format holds: tables, columns, types, units, sizes
               [--format F]         what the file is, if its content shall not be asked
               [--types a=float32]  types of columns, for CSV and JSON lines
               [--delimiter D]      CSV: what is between values
               [--matrix columns]   npy, npz, HDF5: a column for each column of a matrix`;

/** Prints what is in a file; returns the exit status. */
export async function inspect(args) {
  const { values, positionals, problem } = read(args, { ...openingOptions, json: { type: 'boolean' } });
  if (problem !== undefined || positionals.length !== 1) {
    console.error(`${problem ?? 'Give one file.'}\n${inspectUsage}`);
    return 2;
  }
  const cygnet = await library();
  if (!cygnet) return 2;
  try {
    const file = await cygnet.files.open(positionals[0], opening(values));
    const tables = file.tables().map((name) => file.info(name));
    console.log(
      values.json
        ? JSON.stringify({ path: file.path, format: file.format, tables }, undefined, 2)
        : asText(file, tables),
    );
    await file.close();
    return 0;
  } catch (error) {
    return report(error);
  }
}

const bytesAsText = (bytes) => {
  if (!bytes) return '';
  const power = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : bytes < 1024 ** 3 ? 2 : 3;
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${['B', 'kB', 'MB', 'GB'][power]}`;
};

function asText(file, tables) {
  const parts = tables.map((table) => {
    const { facts } = table;
    const rows = table.columns.map(({ name, type, bytes, unreadable }) => [
      name,
      type,
      facts.units?.[name] ?? '',
      bytesAsText(bytes),
      [name === facts.label ? 'label' : '', name === facts.weight ? 'weight' : '', facts.descriptions?.[name] ?? '']
        .concat(unreadable === undefined ? [] : [`not read: ${unreadable}`])
        .filter((word) => word !== '')
        .join('; '),
    ]);
    const widths = [0, 1, 2, 3].map((i) => Math.min(48, Math.max(...rows.map((row) => row[i].length))));
    const lines = rows.map((row) =>
      row
        .map((word, i) => (i === 3 ? word.padStart(widths[i]) : i < 4 ? word.padEnd(widths[i]) : word))
        .join('  ')
        .trimEnd(),
    );
    const entries =
      table.entries === undefined ? 'entries counted when read' : `${table.entries.toLocaleString('en-US')} entries`;
    const packed = table.compression === undefined ? '' : `, ${table.compression}`;
    const from = facts.provenance === undefined ? [] : [`  from ${JSON.stringify(facts.provenance)}`];
    return [
      `${table.name}: ${entries}, ${table.columns.length} columns${packed}`,
      ...from,
      ...lines.map((line) => `  ${line}`),
    ];
  });
  const many = tables.length === 1 ? '1 table' : `${tables.length} tables`;
  return [`${file.path}: ${file.format}, ${many}`, ...parts.flatMap((part) => ['', ...part])].join('\n');
}
