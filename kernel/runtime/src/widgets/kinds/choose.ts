import type { Constraint } from '../kind.ts';
import { isSame } from '../property.ts';

interface Labelled {
  readonly labels: readonly string[];
  readonly values: readonly unknown[];
}

const isPair = (option: unknown): option is readonly [string, unknown] =>
  Array.isArray(option) && option.length === 2 && typeof option[0] === 'string';

const labelled = (options: unknown): Labelled => {
  const pairs = pairsOf(options);
  const labels = pairs.map(([label]) => label);
  return { labels, values: pairs.map(([, value]) => value) };
};

const pairsOf = (options: unknown): readonly (readonly [string, unknown])[] => {
  if (options instanceof Map)
    return [...(options as ReadonlyMap<unknown, unknown>)].map(([label, value]) => [String(label), value]);
  if (Array.isArray(options)) {
    const all: readonly unknown[] = options;
    return all.every(isPair) ? all : all.map((value) => [String(value), value]);
  }
  if (typeof options === 'object' && options !== null) return Object.entries(options);
  throw new TypeError('options must be an array, a Map, or an object from label to value.');
};

const place = (values: readonly unknown[], wanted: unknown, what: string, labels: readonly string[]): number => {
  const index = values.findIndex((value) => isSame(value, wanted));
  if (index >= 0) return index;
  throw new RangeError(
    `${what} ${JSON.stringify(wanted)} is none of the options: ${labels.join(', ') || 'there are none'}.`,
  );
};

/** State of a widget of which one option is chosen. */
export interface One {
  options: unknown;
  optionLabels: readonly string[];
  index: number | null;
  value: unknown;
  label: string | null;
}

/** Options, index, value and label say the same; the first option is chosen at first. */
export const chooseOne: Constraint<One> = (state, changed, origin) => {
  const { labels, values } = labelled(state.options);
  const pick = (): number | null => {
    if (changed.has('value'))
      return state.value === null && !values.includes(null) ? null : place(values, state.value, 'The value', labels);
    if (changed.has('label')) return state.label === null ? null : place(labels, state.label, 'The label', labels);
    if (!changed.has('index') && changed.has('options')) {
      const kept = values.findIndex((value) => isSame(value, state.value));
      if (kept >= 0) return kept;
      return values.length > 0 ? 0 : null;
    }
    const { index } = state;
    if (index === null || (index >= 0 && index < values.length)) return index;
    if (origin === 'kernel') throw new RangeError(`index is ${index}, but there are ${values.length} options.`);
    return null;
  };
  const index = pick();
  if (index === null) return { optionLabels: labels, index, value: null, label: null };
  return { optionLabels: labels, index, value: values[index], label: labels[index] ?? null };
};

/** State of a widget of which several are chosen. */
export interface Several {
  options: unknown;
  optionLabels: readonly string[];
  index: readonly number[];
  value: readonly unknown[];
  label: readonly string[];
}

/** The same for several choices; `initial` gives what is chosen at first. */
export const chooseSeveral =
  (initial: (count: number) => readonly number[]): Constraint<Several> =>
  (state, changed) => {
    const { labels, values } = labelled(state.options);
    const pick = (): readonly number[] => {
      if (changed.has('value')) return state.value.map((value) => place(values, value, 'The value', labels));
      if (changed.has('label')) return state.label.map((label) => place(labels, label, 'The label', labels));
      if (!changed.has('index') && changed.has('options')) return initial(values.length);
      return state.index.filter((index) => index >= 0 && index < values.length);
    };
    const index = pick();
    return {
      optionLabels: labels,
      index,
      value: index.map((at) => values[at]),
      label: index.map((at) => labels[at] ?? ''),
    };
  };
