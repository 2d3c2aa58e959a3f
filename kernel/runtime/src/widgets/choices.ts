import { createDomWidget, type DomModel, type Looks } from './dom-model.ts';
import { chooseOne, chooseSeveral, type One, type Several } from './kinds/choose.ts';
import { control, type Constraint, type Kind } from './kind.ts';
import { descriptionStyle, sliderStyle, toggleButtonsStyle } from './kinds/styles.ts';
import { slider } from './kinds/numbers.ts';
import { editable, emphasis } from './kinds/traits.ts';
import { integer, list, local, named, optional, oneOf, range, text, type ValuesOf } from './property.ts';
import type { Model } from './model.ts';

/** What can be chosen: values that stand for themselves, pairs of label and value, or values by their labels. */
export type Choices<T> =
  readonly (T | readonly [label: string, value: T])[] | Readonly<Record<string, T>> | ReadonlyMap<string, T>;

const choice = {
  options: local<unknown>([]),
  optionLabels: named('_options_labels', list(text())),
};
const single = {
  ...editable,
  ...choice,
  index: optional(integer(0)),
  value: local<unknown>(null),
  label: local<string | null>(null),
};
const several = {
  ...editable,
  ...choice,
  index: list(integer(0)),
  value: local<readonly unknown[]>([]),
  label: local<readonly string[]>([]),
};
const choiceSlider = {
  orientation: slider.orientation,
  readout: slider.readout,
  behavior: slider.behavior,
  continuousUpdate: slider.continuousUpdate,
};
const rows = integer(5);
const vertical = oneOf('vertical', 'horizontal');

/** A slider always stands somewhere. */
const slideOne: Constraint<One> = (state, changed, origin) => {
  const chosen = chooseOne(state, changed, origin);
  if (chosen.index !== null) return chosen;
  throw new RangeError('A slider over options needs at least one option, and its value cannot be null.');
};

const dropdownKind = control({ model: 'Dropdown', properties: single, style: descriptionStyle, constrain: chooseOne });
const radioKind = control({
  model: 'RadioButtons',
  properties: { ...single, orientation: vertical },
  style: descriptionStyle,
  constrain: chooseOne,
});
const selectKind = control({
  model: 'Select',
  properties: { ...single, rows },
  style: descriptionStyle,
  constrain: chooseOne,
});
const toggleButtonsKind = control({
  model: 'ToggleButtons',
  properties: { ...single, buttonStyle: emphasis, icons: list(text()), tooltips: list(text()) },
  style: toggleButtonsStyle,
  constrain: chooseOne,
});
const selectionSliderKind = control({
  model: 'SelectionSlider',
  properties: { ...single, ...choiceSlider, index: integer(0) },
  style: sliderStyle,
  constrain: slideOne as Constraint<Omit<One, 'index'> & { index: number }>,
});
const selectMultipleKind = control({
  model: 'SelectMultiple',
  properties: { ...several, rows },
  style: descriptionStyle,
  constrain: chooseSeveral(() => []),
});
const selectionRangeSliderKind = control({
  model: 'SelectionRangeSlider',
  properties: { ...several, ...choiceSlider, index: range(integer(0), [0, 0]) },
  style: sliderStyle,
  constrain: chooseSeveral((count) => [0, Math.max(0, count - 1)]) as unknown as Constraint<
    Omit<Several, 'index'> & { index: readonly [number, number] }
  >,
});

/** Kinds of the controls in this file, for the check against the protocol's own list. */
export const choiceKinds = {
  dropdown: dropdownKind,
  radioButtons: radioKind,
  select: selectKind,
  toggleButtons: toggleButtonsKind,
  selectionSlider: selectionSliderKind,
  selectMultiple: selectMultipleKind,
  selectionRangeSlider: selectionRangeSliderKind,
};

type Common = 'options' | 'optionLabels' | 'value' | 'label' | 'index';

export interface OneOf<T> {
  options: Choices<T>;
  /** What is chosen; null for nothing. */
  value: T | null;
  /** Its label. */
  label: string | null;
  /** Its place among the options, counted from 0. */
  index: number | null;
}

export interface SomeOf<T> {
  options: Choices<T>;
  /** What is chosen, in the order of the options. */
  value: readonly T[];
  label: readonly string[];
  /** Places among the options, counted from 0. */
  index: readonly number[];
}

type PlainOf<K extends Kind> = Omit<ValuesOf<K['properties']>, Common>;
type StyleOf<K extends Kind> = K extends Kind<never, infer S> | Kind<K['properties'], infer S> ? ValuesOf<S> : object;

/** A widget of which one or several options are chosen. */
export type Choice<V extends object, K extends Kind> = DomModel<V & PlainOf<K>, StyleOf<K>> & V & PlainOf<K>;
type ChoiceOptions<V extends { options: unknown }, K extends Kind> = Pick<V, 'options'> &
  Partial<V & PlainOf<K>> &
  Looks<StyleOf<K>>;

const one =
  <K extends Kind>(kind: K) =>
  <T>(options: ChoiceOptions<OneOf<T>, K>): Choice<OneOf<T>, K> =>
    createDomWidget(kind, options) as Model as Choice<OneOf<T>, K>;
const some =
  <K extends Kind>(kind: K) =>
  <T>(options: ChoiceOptions<SomeOf<T>, K>): Choice<SomeOf<T>, K> =>
    createDomWidget(kind, options) as Model as Choice<SomeOf<T>, K>;

/** Controls by which options are chosen. */
export const choices = {
  /** A list that unfolds. */
  dropdown: one(dropdownKind),
  /** Round buttons, one of which is pressed. */
  radioButtons: one(radioKind),
  /** A list of which one is chosen. */
  select: one(selectKind),
  /** Buttons beside each other, one of which is down. */
  toggleButtons: one(toggleButtonsKind),
  /** A slider over options. */
  selectionSlider: one(selectionSliderKind),
  /** A list of which several may be chosen. */
  selectMultiple: some(selectMultipleKind),
  /** A slider with two handles over options. */
  selectionRangeSlider: some(selectionRangeSliderKind),
};
