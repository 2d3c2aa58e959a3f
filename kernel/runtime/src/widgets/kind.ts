import type { Properties, ValuesOf } from './property.ts';

/** Who changes a property. */
export type Origin = 'kernel' | 'front end';

/** Keeps properties of one widget in step with each other. */
export type Constraint<V> = (values: V, changed: ReadonlySet<string>, origin: Origin) => Partial<V>;

/** A sort of widget: which model and view it is in the front end, and what it has. */
export interface Kind<P extends Properties = Properties, S extends Properties = Properties> {
  /** What error messages call it. */
  readonly name: string;
  readonly model: string;
  readonly view: string | null;
  readonly module: string;
  /** Module of the view, if another. */
  readonly viewModule?: string;
  readonly version: string;
  readonly properties: P;
  /** Its style object in the front end. */
  readonly style?: Kind<S>;
  /** What the front end reports besides changes: `click`, `submit`. */
  readonly events?: readonly string[];
  /**
   * Gives what has to change too. Called with all values and the names of those that were assigned.
   *
   * @throws RangeError when the values do not go together
   */
  constrain?(...state: Parameters<Constraint<ValuesOf<P>>>): Partial<ValuesOf<P>>;
}

interface ControlDescription<P extends Properties, S extends Properties> {
  /** Name of the front end's model, without `Model`. */
  readonly model: string;
  /** Name of its view, without `View`, if another. */
  readonly view?: string;
  readonly properties: P;
  readonly style?: Kind<S>;
  readonly events?: readonly string[];
  readonly constrain?: Constraint<ValuesOf<P>>;
}

/** A sort of widget in the package `@jupyter-widgets/controls`. */
export const control = <P extends Properties, S extends Properties = Record<never, never>>({
  model,
  view = model,
  ...rest
}: ControlDescription<P, S>): Kind<P, S> => ({
  name: model,
  model: `${model}Model`,
  view: `${view}View`,
  module: '@jupyter-widgets/controls',
  version: '2.0.0',
  ...rest,
});
