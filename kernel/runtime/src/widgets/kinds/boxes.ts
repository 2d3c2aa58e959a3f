/** Widgets that hold others. */
import { control, type Constraint } from '../kind.ts';
import { integer, list, optional, text } from '../property.ts';
import { reference, type AnyWidget } from '../reference.ts';
import { boxEmphasis, shown } from './traits.ts';

const box = { ...shown, children: list(reference), boxStyle: boxEmphasis };
const pages = {
  ...box,
  /** A title for each child. */
  titles: list(text()),
  /** Which child is open; null for none. */
  selectedIndex: optional(integer(0)),
};

interface Pages {
  children: readonly AnyWidget[];
  selectedIndex: number | null;
}

/** The open child is one that is there; a Tab has its first one open when nothing else is said. */
const openChild =
  (opensFirst: boolean): Constraint<Pages> =>
  ({ children, selectedIndex }, changed, origin) => {
    const isGiven = changed.has('selectedIndex');
    if (selectedIndex === null)
      return opensFirst && !isGiven && changed.has('children') && children.length > 0 ? { selectedIndex: 0 } : {};
    if (selectedIndex >= 0 && selectedIndex < children.length) return {};
    if (isGiven && origin === 'kernel')
      throw new RangeError(`selectedIndex is ${selectedIndex}, but there are ${children.length} children.`);
    return { selectedIndex: children.length === 0 ? null : Math.min(Math.max(selectedIndex, 0), children.length - 1) };
  };

export const boxKinds = {
  /** Children in the order of the page's layout. */
  box: control({ model: 'Box', properties: box }),
  /** Children side by side. */
  hbox: control({ model: 'HBox', properties: box }),
  /** Children below each other. */
  vbox: control({ model: 'VBox', properties: box }),
  /** Children in a grid; `layout.gridTemplateColumns` says which. */
  gridBox: control({ model: 'GridBox', properties: box }),
  /** Children that fold, one open at a time. */
  accordion: control({ model: 'Accordion', properties: pages, constrain: openChild(false) }),
  /** Children behind tabs. */
  tab: control({ model: 'Tab', properties: pages, constrain: openChild(true) }),
  /** One of the children, chosen by `selectedIndex`. */
  stack: control({ model: 'Stack', properties: pages, constrain: openChild(false) }),
};
