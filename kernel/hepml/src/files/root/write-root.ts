import type { Column } from '@cygnet/columns';
import { typeName } from '../core/column-type.ts';
import type { ColumnType } from '../core/column-type.ts';
import type { WriteFormat, WritePlan } from '../write/writer.ts';
import { startRootWriter } from './root-writer-process.ts';

/** Offsets as uproot takes them. */
const wide = (offsets: ArrayLike<number>): BigInt64Array => BigInt64Array.from(offsets, BigInt);

/** The buffers of a column, in the order in which the program takes them. */
const buffersOf = (column: Column): readonly ArrayBufferView[] => {
  switch (column.kind) {
    case 'flat':
      return [column.values];
    case 'string': {
      const texts = column.values.map((text) => Buffer.from(text, 'utf8'));
      const offsets = new Float64Array(texts.length + 1);
      texts.forEach((text, i) => (offsets[i + 1] = (offsets[i] as number) + text.length));
      return [wide(offsets), Buffer.concat(texts)];
    }
    case 'jagged':
      return [wide(column.offsets), ...buffersOf(column.content)];
    case 'record':
      throw new TypeError('Records are not written to ROOT files.');
  }
};

/** A type as plain data. */
const described = (type: ColumnType): object => {
  if (type.kind === 'flat') return { kind: 'flat', type: type.type };
  return type.kind === 'jagged' ? { kind: 'jagged', content: described(type.content) } : { kind: 'string' };
};

/** A name for the branch that counts the items of a list, as TTrees need it, that no column has. */
const counterFor = (name: string, taken: ReadonlySet<string>): string => {
  let counter = `n${name}`;
  while (taken.has(counter)) counter = `n_${counter}`;
  return counter;
};

const refuses = (name: string, type: ColumnType, plan: WritePlan): string | undefined => {
  if (name.includes('/') || /[.;]/.test(name))
    return 'ROOT gives "/", "." and ";" in a name a meaning. Rename the column';
  switch (type.kind) {
    case 'flat':
      return type.type === 'timestamp' ? 'ROOT has no type for times. Write Parquet' : undefined;
    case 'string':
      return undefined;
    case 'record':
      return 'records are not written to ROOT files. Write Parquet';
    case 'jagged':
      if (refuses(name, type.content, { ...plan, layout: 'rntuple' }) !== undefined)
        return refuses(name, type.content, plan);
      if (plan.layout === 'ttree' && type.content.kind !== 'flat')
        return `a TTree holds lists of numbers, not a ${typeName(type)}. Write an RNTuple with { layout: 'rntuple' }, or Parquet`;
      return undefined;
  }
};

/** ROOT by uproot in the Python environment: a TTree or an RNTuple, with our facts as a text beside it. */
export const rootFormat: WriteFormat = {
  name: 'root',
  title: 'ROOT',
  endings: ['.root'],
  compressions: ['zstd', 'none', 'gzip', 'lz4', 'lzma'],
  refuses,
  open: async (path, plan) => {
    const taken = new Set(plan.columns.keys());
    const columns = [...plan.columns].map(([name, type]) => {
      if (plan.layout === 'rntuple' || type.kind !== 'jagged') return { name, type: described(type) };
      const counter = counterFor(name, taken);
      taken.add(counter);
      return { name, type: described(type), counter };
    });
    const program = startRootWriter();
    try {
      await program.ask({
        op: 'open',
        path,
        table: plan.table,
        title: plan.facts.name ?? plan.table,
        layout: plan.layout,
        compression: plan.compression,
        columns,
        facts: JSON.stringify(plan.facts),
      });
    } catch (error) {
      await program.end();
      throw error;
    }
    return {
      write: async (chunk) => {
        const buffers = [...plan.columns.keys()].flatMap((name) => buffersOf(chunk.column(name)));
        await program.ask({ op: 'chunk', rows: chunk.length }, buffers);
      },
      finish: async () => {
        await program.ask({ op: 'finish' });
        await program.end();
      },
      abort: () => program.end(),
    };
  },
};
