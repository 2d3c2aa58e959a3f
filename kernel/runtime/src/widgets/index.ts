/**
 * Door of `@cygnet/kernel/widgets`: Jupyter's standard widgets, for notebooks. Loaded when a notebook imports it; the
 * kernel's own part is `WidgetSession`. Imports the contract and the kernel's rooms.
 */
import { controls, type Factories } from './controls.ts';
import { choices } from './choices.ts';
import { layout } from './dom-model.ts';
import { output } from './output.ts';

/** The controls. Each is a function of its options and gives a widget. */
export const widgets: Factories & typeof choices & { readonly output: typeof output; readonly layout: typeof layout } =
  { ...controls, ...choices, output, layout };
export type { Abbreviation, ValueOf, ValueWidget } from './abbreviations.ts';
export type { Choice, Choices } from './choices.ts';
export type { Control, ControlName, ControlOptions } from './controls.ts';
export type { DomModel, Layout, Looks } from './dom-model.ts';
export {
  interact,
  Interactive,
  interactive,
  type Controls,
  type Interaction,
  type InteractOptions,
  type RunContext,
} from './interact.ts';
export { jsdlink, jslink, type End } from './links.ts';
export type { Change, CustomMessage, Model } from './model.ts';
export type { Output } from './output.ts';
export type { NotebookOutput } from './output-list.ts';
export { progress, type Progress, type ProgressOptions } from './progress.ts';
export type { AnyWidget } from './reference.ts';
