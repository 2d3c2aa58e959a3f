import { choices, type Choices } from './choices.ts';
import { controls } from './controls.ts';
import { DomModel } from './dom-model.ts';
import type { AnyWidget } from './reference.ts';

/** A widget with a value. */
export interface ValueWidget<T = unknown> extends AnyWidget {
  value: T;
  observe(name: 'value', listener: () => unknown): () => void;
}

/**
 * What stands for a control: a number for a slider around it, `[min, max]` or `[min, max, step]` for a slider, true or
 * false for a box to tick, a text for a field, an array, a Map or an object from label to value for a list, or a widget.
 */
export type Abbreviation =
  | number
  | boolean
  | string
  | readonly [min: number, max: number]
  | readonly [min: number, max: number, step: number]
  | readonly string[]
  | readonly (readonly [label: string, value: unknown])[]
  | ReadonlyMap<string, unknown>
  | AnyWidget
  | { readonly [label: string]: unknown };

/** What the function gets for an abbreviation. */
export type ValueOf<A> = A extends number
  ? number
  : A extends boolean
    ? boolean
    : A extends string
      ? string
      : A extends { value: infer T; observe: unknown }
        ? T
        : A extends readonly [number, number] | readonly [number, number, number]
          ? number
          : A extends ReadonlyMap<string, infer T>
            ? T
            : A extends readonly (readonly [string, infer T])[]
              ? T
              : A extends readonly (infer T)[]
                ? T
                : A extends { readonly [label: string]: infer T }
                  ? T
                  : never;

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((element) => typeof element === 'number');

/** The control that an abbreviation stands for. */
export const controlFor = (name: string, abbreviation: unknown): ValueWidget => {
  const description = name;
  if (abbreviation instanceof DomModel) {
    if (!('value' in abbreviation)) throw new TypeError(`The widget for "${name}" has no value.`);
    return abbreviation;
  }
  if (typeof abbreviation === 'boolean') return controls.checkbox({ value: abbreviation, description });
  if (typeof abbreviation === 'string') return controls.text({ value: abbreviation, description });
  if (typeof abbreviation === 'number') {
    const value = abbreviation;
    const [min, max] = value > 0 ? [-value, 3 * value] : value < 0 ? [3 * value, -value] : [0, 1];
    return sliderFor(name, { min, max, value, description });
  }
  if (isNumbers(abbreviation) && (abbreviation.length === 2 || abbreviation.length === 3))
    return sliderFor(name, { ...spanOf(name, abbreviation), description });
  if (typeof abbreviation === 'object' && abbreviation !== null)
    return choices.dropdown({ options: abbreviation as Choices<unknown>, description });
  throw new TypeError(
    `"${name}" needs a number, [min, max, step], true or false, a text, an array of options or a widget; got ${typeof abbreviation}.`,
  );
};

interface Span {
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly step?: number;
}

const spanOf = (name: string, [min = 0, max = 0, step]: readonly number[]): Span => {
  const isStep = step === undefined || (step > 0 && step <= max - min);
  if (!(min < max) || !isStep)
    throw new RangeError(
      `"${name}": [${[min, max, step].filter((part) => part !== undefined).join(', ')}] is no [min, max] or [min, max, step] of a slider. ` +
        'For a choice among numbers give widgets.dropdown({ options: […] }).',
    );
  const middle = step === undefined ? (min + max) / 2 : min + Math.floor((max - min) / 2 / step) * step;
  const isWhole = [min, max, step ?? 1].every(Number.isInteger);
  return { min, max, value: isWhole ? Math.floor(middle) : middle, ...(step === undefined ? {} : { step }) };
};

/** Steps of a slider for numbers that are not whole, if nothing is said. */
const freeSteps = 100;

const sliderFor = (
  name: string,
  { min, max, value, step, description }: Span & { description: string },
): ValueWidget => {
  const isWhole = [min, max, value, step ?? 1].every(Number.isInteger);
  if (isWhole) return controls.intSlider({ min, max, value, description, ...(step === undefined ? {} : { step }) });
  const free = step ?? 10 ** Math.floor(Math.log10((max - min) / freeSteps));
  const digits = Math.max(0, Math.ceil(-Math.log10(free)));
  return controls.floatSlider({ min, max, value, step: free, readoutFormat: `.${digits}f`, description });
};
