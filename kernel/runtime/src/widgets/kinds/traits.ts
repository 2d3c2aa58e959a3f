/** Properties that many controls share. */
import { flag, integer, list, named, number, oneOf, optional, range, text } from '../property.ts';

export const shown = {
  /** CSS classes of the page's own. */
  classes: named('_dom_classes', list(text())),
  /** Whether the Tab key stops here; null leaves it to the browser. */
  tabbable: optional(flag(true)),
  /** Text that appears under the pointer. */
  tooltip: optional(text()),
};

export const described = {
  ...shown,
  /** Text beside the control. */
  description: text(),
  /** Whether `description` is HTML. */
  descriptionAllowHtml: flag(false),
};

export const editable = {
  ...described,
  /** Whether it is greyed out and cannot be changed by hand. */
  disabled: flag(false),
};

/** Emphasis in the theme's colours. */
export const emphasis = oneOf('', 'primary', 'success', 'info', 'warning', 'danger');
export const boxEmphasis = oneOf('', 'success', 'info', 'warning', 'danger');

export const wholeBounds = { min: integer(0), max: integer(100) };
export const bounds = { min: number(0), max: number(100) };
export const wholeRange = range(integer(0), [0, 1]);
export const numberRange = range(number(0), [0, 1]);
