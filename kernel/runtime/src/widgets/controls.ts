/** The controls of `@jupyter-widgets/controls`, by their names there with a small first letter. */
import { createDomWidget, type DomModel, type Looks } from './dom-model.ts';
import type { Kind } from './kind.ts';
import { boxKinds } from './kinds/boxes.ts';
import { numberKinds } from './kinds/numbers.ts';
import { textKinds } from './kinds/texts.ts';
import type { Model } from './model.ts';
import type { Properties, ValuesOf } from './property.ts';

/** Joined, not spread: so the words of each control stay with its name. */
type Kinds = typeof numberKinds & typeof textKinds & typeof boxKinds;
export const plainKinds: Kinds = { ...numberKinds, ...textKinds, ...boxKinds };
export type ControlName = keyof Kinds;

type Values<N extends ControlName> = ValuesOf<Kinds[N]['properties']>;
type StyleValues<N extends ControlName> = Kinds[N] extends Kind<Properties, infer S> ? ValuesOf<S> : object;

/** What people do that changes no property. */
interface Events<E extends string> {
  /** Calls `listener` each time. Returns a function that ends it. */
  on(event: E, listener: () => unknown): () => void;
  /** Resolves the next time. */
  next(event: E): Promise<void>;
}
type EventsOf<N extends ControlName> = N extends 'button'
  ? Events<'click'>
  : N extends 'text' | 'password' | 'combobox'
    ? Events<'submit'>
    : unknown;

/** A control, by its name in `widgets`: `Control<'intSlider'>`. */
export type Control<N extends ControlName> = DomModel<Values<N>, StyleValues<N>> & Values<N> & EventsOf<N>;

/** What a control is made with; everything has a default. */
export type ControlOptions<N extends ControlName> = Partial<Values<N>> & Looks<StyleValues<N>>;

const factory =
  <N extends ControlName>(name: N) =>
  (options: ControlOptions<N> = {}): Control<N> =>
    createDomWidget(plainKinds[name], options) as Model as Control<N>;

export type Factories = { readonly [N in keyof Kinds]: (options?: ControlOptions<N>) => Control<N> };

/** A function for each control: `controls.intSlider({ max: 10 })`. */
export const controls = Object.fromEntries(
  Object.keys(plainKinds).map((name) => [name, factory(name as ControlName)]),
) as unknown as Factories;
