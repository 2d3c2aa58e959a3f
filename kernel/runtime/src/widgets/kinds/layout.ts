import type { Kind } from '../kind.ts';
import { optional, text, type Property, type ValuesOf } from '../property.ts';

const css = optional(text());

/** CSS properties of a widget's box, by their CSS names in camelCase. */
const properties = {
  alignContent: css,
  alignItems: css,
  alignSelf: css,
  borderTop: css,
  borderRight: css,
  borderBottom: css,
  borderLeft: css,
  /** All four borders at once, like `1px solid grey`. */
  border: { ...css, isLocal: true } as Property<string | null>,
  bottom: css,
  display: css,
  flex: css,
  flexFlow: css,
  gridArea: css,
  gridAutoColumns: css,
  gridAutoFlow: css,
  gridAutoRows: css,
  gridColumn: css,
  gridGap: css,
  gridRow: css,
  gridTemplateAreas: css,
  gridTemplateColumns: css,
  gridTemplateRows: css,
  height: css,
  justifyContent: css,
  justifyItems: css,
  left: css,
  margin: css,
  maxHeight: css,
  maxWidth: css,
  minHeight: css,
  minWidth: css,
  objectFit: css,
  objectPosition: css,
  order: css,
  overflow: css,
  padding: css,
  right: css,
  top: css,
  visibility: css,
  width: css,
};

export type LayoutValues = ValuesOf<typeof properties>;

export const layoutKind: Kind<typeof properties> = {
  name: 'layout',
  model: 'LayoutModel',
  view: 'LayoutView',
  module: '@jupyter-widgets/base',
  version: '2.0.0',
  properties,
  constrain({ border }, changed): Partial<LayoutValues> {
    return changed.has('border')
      ? { borderTop: border, borderRight: border, borderBottom: border, borderLeft: border }
      : {};
  },
};
