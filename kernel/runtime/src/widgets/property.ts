/**
 * One property of a widget: what is accepted, and how it travels. The widget protocol calls it by the snake_case form
 * of its name unless `wireName` says otherwise.
 */
export interface Property<T> {
  readonly initial: T;
  /** What is accepted, in words: "a whole number". */
  readonly expects: string;
  readonly wireName?: string;
  /** Whether only the kernel knows it. */
  readonly isLocal?: boolean;
  is(value: unknown): value is T;
  encode(value: T): unknown;
  /** The counterpart of `encode`; what it gives is checked by `is`. */
  decode(wire: unknown): unknown;
}

export type Properties = Readonly<Record<string, Property<unknown>>>;

/** The values of a widget's properties. */
export type ValuesOf<P extends Properties> = {
  -readonly [K in keyof P]: P[K] extends Property<infer T> ? T : never;
};

const same = (value: unknown): unknown => value;

const plain = <T>(initial: T, expects: string, is: (value: unknown) => value is T): Property<T> => ({
  initial,
  expects,
  is,
  encode: same,
  decode: same,
});

const isText = (value: unknown): value is string => typeof value === 'string';
const isFinite = (value: unknown): value is number => Number.isFinite(value);
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

export const text = (initial = ''): Property<string> => plain(initial, 'a text', isText);
export const flag = (initial: boolean): Property<boolean> =>
  plain(initial, 'true or false', (value) => typeof value === 'boolean');
export const integer = (initial: number): Property<number> => plain(initial, 'a whole number', isWhole);
export const number = (initial: number): Property<number> => plain(initial, 'a finite number', isFinite);

export const oneOf = <const T extends string>(initial: T, ...others: readonly T[]): Property<T> => {
  const allowed: readonly unknown[] = [initial, ...others];
  const expects = `one of ${allowed.map((name) => JSON.stringify(name)).join(', ')}`;
  return plain<T>(initial, expects, (value): value is T => allowed.includes(value));
};

/** Also null, which it is at first. */
export const optional = <T>(inner: Property<T>): Property<T | null> => ({
  initial: null,
  expects: `${inner.expects} or null`,
  is: (value): value is T | null => value === null || inner.is(value),
  encode: (value) => (value === null ? null : inner.encode(value)),
  decode: (wire) => (wire === null ? null : inner.decode(wire)),
});

export const list = <T>(inner: Property<T>, initial: readonly T[] = []): Property<readonly T[]> => ({
  initial,
  expects: `an array, each element ${inner.expects}`,
  is: (value): value is readonly T[] => Array.isArray(value) && value.every((element) => inner.is(element)),
  encode: (value) => value.map((element) => inner.encode(element)),
  decode: (wire) => (Array.isArray(wire) ? wire.map((element) => inner.decode(element)) : wire),
});

/** Lower and upper end. */
export const range = (
  inner: Property<number>,
  initial: readonly [number, number],
): Property<readonly [number, number]> =>
  plain(
    initial,
    `[lower, upper], each ${inner.expects}`,
    (value): value is readonly [number, number] =>
      Array.isArray(value) && value.length === 2 && value.every((end) => inner.is(end)),
  );

/** Travels outside of the JSON. */
export const bytes = (): Property<Uint8Array> =>
  plain(new Uint8Array(), 'a Uint8Array', (value) => value instanceof Uint8Array);

/** `yyyy-mm-dd`. */
export const date = (): Property<string> => ({
  initial: '1970-01-01',
  expects: 'a date like "2026-03-31"',
  is: (value): value is string => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  encode: (value) => {
    const day = new Date(value);
    return { year: day.getUTCFullYear(), month: day.getUTCMonth(), date: day.getUTCDate() };
  },
  decode: (wire) => {
    const { year, month, date: day } = wire as Record<string, unknown>;
    const isDay = isWhole(year) && isWhole(month) && isWhole(day);
    return isDay ? new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10) : wire;
  },
});

/** Anything, known to the kernel only. */
export const local = <T>(initial: T): Property<T> => ({
  ...plain(initial, 'any value', (value): value is T => value !== undefined),
  isLocal: true,
});

/** A property by another name on the wire. */
export const named = <T>(wireName: string, property: Property<T>): Property<T> => ({ ...property, wireName });

/** `readoutFormat` as the protocol says it: `readout_format`. */
export const wireNameOf = (name: string, { wireName }: Pick<Property<unknown>, 'wireName'>): string =>
  wireName ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Whether an assignment changes nothing. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((element, index) => isSame(element, b[index]));
};
