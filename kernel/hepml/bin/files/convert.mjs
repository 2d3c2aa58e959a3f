import { library, report } from './library.mjs';
import { count, entries, given, names, opening, openingOptions, read } from './options.mjs';
import { progressLine } from './progress.mjs';

export const convertUsage = `cygnet convert IN OUT               a table to another format, by the ending of OUT; in chunks, whole or not at all
               [--columns a,b]      only these, in this order
               [--where EXPR]       only rows for which it is true: --where 'pt > 20 && abs(eta) < 2.4'
               [--entries N|A:B]    only the first N rows, or rows A to B; counted before --where
               [--table NAME]       which table of IN, if it has several
               [--tree NAME]        OUT is ROOT: name of its tree       [--layout ttree|rntuple]
               [--to FORMAT]        format of OUT                       [--compression C]
               [--chunk N]          rows a time, default 65536          [--overwrite]
               [--missing drop]     leaves rows out that lack values of whole numbers or texts
               [--label NAME] [--weight NAME]  roles of columns, for formats that keep them
               and --format, --types, --delimiter, --matrix as for inspect`;

const options = {
  ...openingOptions,
  columns: { type: 'string' },
  where: { type: 'string' },
  entries: { type: 'string' },
  table: { type: 'string' },
  tree: { type: 'string' },
  layout: { type: 'string' },
  to: { type: 'string' },
  compression: { type: 'string' },
  chunk: { type: 'string' },
  missing: { type: 'string' },
  label: { type: 'string' },
  weight: { type: 'string' },
  overwrite: { type: 'boolean' },
  quiet: { type: 'boolean' },
};

/** Converts one file; returns the exit status. Ctrl-C leaves nothing behind and exits with 130. */
export async function convert(args) {
  const { values, positionals, problem } = read(args, options);
  if (problem !== undefined || positionals.length !== 2) {
    console.error(`${problem ?? 'Give the file to read and the file to write.'}\n${convertUsage}`);
    return 2;
  }
  const cygnet = await library();
  if (!cygnet) return 2;
  const [from, to] = positionals;
  const control = new AbortController();
  let signalled;
  const stop = (name) => {
    signalled = name;
    control.abort(new Error(name));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const progress = progressLine(values.quiet ? undefined : process.stderr);
  let file;
  try {
    const reading = given({
      table: values.table,
      columns: names(values.columns),
      where: values.where,
      entries: entries(values.entries),
      chunk: count(values.chunk, 'chunk'),
      missing: values.missing,
      label: values.label,
      weight: values.weight,
    });
    file = await cygnet.files.open(from, { ...opening(values), signal: control.signal });
    const { entries: total } = file.info(values.table);
    const stream = file.stream({
      ...reading,
      signal: control.signal,
      onProgress: ({ rows }) => progress.show(rows, total),
    });
    const written = await cygnet.files.write(stream, to, {
      ...given({
        format: values.to,
        compression: values.compression,
        tree: values.tree,
        layout: values.layout,
        overwrite: values.overwrite,
      }),
      provenance: { convertedFrom: from },
      signal: control.signal,
    });
    progress.end();
    console.log(`${to}: ${written.format}, ${written.rows.toLocaleString('en-US')} rows`);
    return 0;
  } catch (error) {
    progress.end();
    if (signalled === undefined) return report(error);
    console.error('Stopped; nothing was written.');
    return signalled === 'SIGTERM' ? 143 : 130;
  } finally {
    await file?.close();
  }
}
