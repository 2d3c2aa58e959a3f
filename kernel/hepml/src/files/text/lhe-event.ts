import { CygnetError } from '@cygnet/columns';
import type { Decoded } from '../core/decoded.ts';
import { parseNumber } from './parse-number.ts';

/** Fields of a particle, in the order of its line; the first six are whole numbers. */
export const particleFields = [
  'id',
  'status',
  'mother1',
  'mother2',
  'color1',
  'color2',
  'px',
  'py',
  'pz',
  'e',
  'm',
  'lifetime',
  'spin',
] as const;
const wholeFields = 6;

/** Numbers of an event, in the order of its first line, without the number of particles. */
export const eventFields = ['pid', 'weight', 'scale', 'aqed', 'aqcd'] as const;

/** One event, as its lines say it. */
export interface LheEvent {
  readonly numbers: readonly number[];
  /** One line a particle. */
  readonly particles: readonly (readonly number[])[];
  readonly weights: ReadonlyMap<string, number>;
}

const numbersOf = (line: string, count: number, fail: () => CygnetError): readonly number[] => {
  const words = line.trim().split(/\s+/);
  if (words.length < count) throw fail();
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) {
    const word = words[i] as string;
    let value = Number(word);
    if (Number.isNaN(value)) {
      const other = parseNumber(word);
      if (other === undefined) throw fail();
      value = other;
    }
    numbers.push(value);
  }
  return numbers;
};

const weightTag = /<wgt\s+id\s*=\s*(?:"([^"]*)"|'([^']*)')\s*>\s*([^<\s]+)\s*<\/wgt>/g;

const weightsIn = (text: string, fail: () => CygnetError): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>();
  if (!text.includes('<wgt') && !text.includes('<weights')) return weights;
  for (const [, double, single, word = ''] of text.matchAll(weightTag)) {
    const value = parseNumber(word);
    if (value === undefined) throw fail();
    weights.set(double ?? single ?? '', value);
  }
  const list = /<weights>([^<]*)<\/weights>/.exec(text)?.[1]?.trim();
  if (list !== undefined && list !== '')
    list.split(/\s+/).forEach((word, i) => {
      const value = parseNumber(word);
      if (value === undefined) throw fail();
      weights.set(String(i + 1), value);
    });
  return weights;
};

/**
 * Reads the lines between `<event>` and `</event>`.
 *
 * @throws CygnetError `corrupt-data` naming the event.
 */
export const parseEvent = (path: string, index: number, lines: readonly string[]): LheEvent => {
  const fail = (): CygnetError =>
    new CygnetError('corrupt-data', `Event ${index} of ${path} is no event of the Les Houches format.`);
  const plain = lines.filter((line) => line.trim() !== '');
  const [count = -1, ...numbers] = numbersOf(plain[0] ?? '', 1 + eventFields.length, fail);
  if (!Number.isInteger(count) || count < 0 || count >= plain.length) throw fail();
  const particles = plain.slice(1, 1 + count).map((line) => {
    const values = numbersOf(line, particleFields.length, fail);
    for (let i = 0; i < wholeFields; i++)
      if (!Number.isInteger(values[i]) || Math.abs(values[i] as number) > 2 ** 31 - 1) throw fail();
    return values;
  });
  if (!Number.isInteger(numbers[0])) throw fail();
  const rest = plain
    .slice(1 + count)
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
  return { numbers, particles, weights: weightsIn(rest, fail) };
};

/** Columns of some events: `pid`, `weight`, …, the list of records `particles`, and `weights.<id>`, NaN where there is none. */
export const eventColumns = (
  events: readonly LheEvent[],
  weightIds: readonly string[],
): ReadonlyMap<string, Decoded> => {
  const columns = new Map<string, Decoded>();
  eventFields.forEach((name, field) => {
    const values = events.map(({ numbers }) => numbers[field] as number);
    columns.set(
      name,
      field === 0
        ? { kind: 'flat', type: 'int32', values: Int32Array.from(values) }
        : { kind: 'flat', type: 'float64', values: Float64Array.from(values) },
    );
  });
  const offsets = new Int32Array(events.length + 1);
  events.forEach(({ particles }, i) => (offsets[i + 1] = (offsets[i] as number) + particles.length));
  const count = offsets[events.length] as number;
  const fields = new Map<string, Decoded>();
  particleFields.forEach((name, field) => {
    const isWhole = field < wholeFields;
    const values = isWhole ? new Int32Array(count) : new Float64Array(count);
    let at = 0;
    for (const { particles } of events) for (const particle of particles) values[at++] = particle[field] as number;
    fields.set(name, { kind: 'flat', type: isWhole ? 'int32' : 'float64', values });
  });
  columns.set('particles', { kind: 'jagged', offsets, content: { kind: 'record', fields } });
  for (const id of weightIds) {
    const values = Float64Array.from(events, ({ weights }) => weights.get(id) ?? NaN);
    columns.set(`weights.${id}`, { kind: 'flat', type: 'float64', values });
  }
  return columns;
};
