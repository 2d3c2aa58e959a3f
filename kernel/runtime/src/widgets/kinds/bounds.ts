/** Values stay between `min` and `max`. */
import type { Constraint } from '../kind.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

const checkOrder = ({ min, max }: Bounds): void => {
  if (min > max) throw new RangeError(`min (${min}) is above max (${max}). Assign both in one set({ min, max }).`);
};

const outside = (value: unknown, low: number, high: number): RangeError =>
  new RangeError(`The value ${String(value)} is outside of ${low} to ${high}, which min and max allow.`);

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** A value that is assigned must be inside; bounds that move take it along. */
export const bounded =
  <V extends Bounds & { value: number }>(): Constraint<V> =>
  (values, changed, origin) => {
    checkOrder(values);
    const { value, min, max } = values;
    if (value >= min && value <= max) return {};
    if (changed.has('value') && origin === 'kernel') throw outside(value, min, max);
    return { value: clamp(value, min, max) } as Partial<V>;
  };

/** The same for a lower and an upper end. */
export const boundedRange =
  <V extends Bounds & { value: readonly [number, number] }>(): Constraint<V> =>
  (values, changed, origin) => {
    checkOrder(values);
    const { value, min, max } = values;
    const [low, high] = value;
    if (low > high) throw new RangeError(`The lower end ${low} is above the upper end ${high}.`);
    if (low >= min && high <= max) return {};
    if (changed.has('value') && origin === 'kernel') throw outside(`[${low}, ${high}]`, min, max);
    return { value: [clamp(low, min, max), clamp(high, min, max)] } as unknown as Partial<V>;
  };

/** How much of a value may be lost in `base ** Math.log(value)`. */
const tolerance = 1e-9;

interface LogValues extends Bounds {
  readonly base: number;
  value: number;
}

/** `min` and `max` are exponents. */
export const boundedExponent: Constraint<LogValues> = (values, changed, origin) => {
  checkOrder(values);
  const { value, min, max, base } = values;
  if (base <= 1) throw new RangeError(`The base must be above 1; got ${base}.`);
  const [low, high] = [base ** min, base ** max];
  if (value >= low * (1 - tolerance) && value <= high * (1 + tolerance)) return {};
  if (changed.has('value') && origin === 'kernel') throw outside(value, low, high);
  return { value: clamp(value, low, high) };
};
