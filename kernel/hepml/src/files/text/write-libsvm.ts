import { CygnetError } from '@cygnet/columns';
import type { NumericArray } from '@cygnet/columns';
import { typeName } from '../core/column-type.ts';
import { headerStart } from './libsvm.ts';
import { openSink } from '../write/byte-sink.ts';
import { writeRows } from './write-text.ts';
import type { WriteFormat } from '../write/writer.ts';

const text = (value: number): string => {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
};

/** libSVM: the label column first, features from 1 on, zeros left out; names, types and facts in a comment of one line. */
export const libsvmFormat: WriteFormat = {
  name: 'libsvm',
  title: 'libSVM',
  endings: ['.libsvm', '.svm', '.svmlight', '.libsvm.gz', '.svm.gz'],
  compressions: ['none', 'gzip'],
  refuses: (_, type) =>
    type.kind !== 'flat' || type.type === 'int64' || type.type === 'uint64' || type.type === 'timestamp'
      ? 'its values are numbers that a float64 holds exactly. Write Parquet'
      : undefined,
  open: async (path, plan) => {
    const { label } = plan.facts;
    if (label === undefined)
      throw new CygnetError(
        'unsupported',
        'libSVM begins each line with a label, and the table has no label column. Say which: table.withRoles({ label }).',
      );
    const features = [...plan.columns].filter(([name]) => name !== label);
    const header = {
      columns: features.map(([name, type]) => ({ name, type: typeName(type) })),
      labelName: label,
      labelType: typeName(plan.columns.get(label) ?? { kind: 'flat', type: 'float64' }),
      facts: plan.facts,
    };
    const sink = await openSink(path, { gzip: plan.compression === 'gzip' });
    await sink.write(`${headerStart}${JSON.stringify(header).replaceAll('\n', ' ')}\n`);
    return {
      write: async (chunk) => {
        const labels = chunk.numbers(label);
        const values: readonly NumericArray[] = features.map(([name]) => chunk.numbers(name));
        await writeRows(
          chunk,
          (text) => sink.write(text),
          (i) => {
            let line = text(Number(labels[i]));
            for (let c = 0; c < values.length; c++) {
              const value = (values[c] as NumericArray)[i] as number;
              if (value !== 0 || Object.is(value, -0)) line += ` ${c + 1}:${text(value)}`;
            }
            return line;
          },
        );
      },
      finish: () => sink.finish(),
      abort: () => sink.abort(),
    };
  },
};
