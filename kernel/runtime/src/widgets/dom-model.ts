import { displaySymbol, type MimeBundle } from '@cygnet/contract';
import { referenceTo } from './reference.ts';
import type { Kind } from './kind.ts';
import { layoutKind, type LayoutValues } from './kinds/layout.ts';
import { Model } from './model.ts';

/** CSS of a widget's box. */
export type Layout = Model<LayoutValues> & LayoutValues;

/** What makes a widget show itself in an output. */
export const widgetViewMime = 'application/vnd.jupyter.widget-view+json';

type StyleOf<S extends object> = Model<S> & S;

/** A widget that can be seen. As the last expression of a cell it is shown below it. */
export class DomModel<V extends object = object, S extends object = object> extends Model<V> {
  readonly #kind: Kind;
  /** Those that were made for this widget and end with it. */
  readonly #own: readonly Model[];
  #layout: Layout;
  #style: StyleOf<S> | undefined;

  constructor(kind: Kind, { layout = {}, style, ...options }: Looks<S>) {
    const own: Model[] = [];
    const part = (of: Kind, wanted: object): Model => {
      if (wanted instanceof Model) return wanted as Model;
      const made = Object.preventExtensions(new Model(of, wanted));
      own.push(made);
      return made;
    };
    const parts: { layout?: Model; style?: Model } = {};
    super(kind, kind.style === undefined && style !== undefined ? { ...options, style } : options, () => {
      parts.layout = part(layoutKind, layout);
      if (kind.style) parts.style = part(kind.style, style ?? {});
      return Object.fromEntries(Object.entries(parts).map(([name, widget]) => [name, referenceTo(widget)]));
    });
    this.#kind = kind;
    this.#own = own;
    this.#layout = parts.layout as Layout;
    this.#style = parts.style as StyleOf<S> | undefined;
  }

  /** CSS of the widget's box. Widgets may share one: assign a `widgets.layout(…)`. */
  get layout(): Layout {
    return this.#layout;
  }

  set layout(layout: Layout | Partial<LayoutValues>) {
    if (layout instanceof Model) {
      this.refer({ layout: referenceTo(layout) });
      this.#layout = layout;
    } else this.#layout.set(layout);
  }

  /** Colours, fonts and widths. */
  get style(): StyleOf<S> {
    if (this.#style === undefined) throw new TypeError(`${this.#kind.name} has no style; it has a layout.`);
    return this.#style;
  }

  set style(style: StyleOf<S> | Partial<S>) {
    if (style instanceof Model) {
      this.refer({ style: referenceTo(style) });
      this.#style = style;
    } else this.style.set(style);
  }

  [displaySymbol](): MimeBundle {
    return {
      [widgetViewMime]: { model_id: this.id, version_major: 2, version_minor: 0 },
      'text/plain': this.toString(),
    };
  }

  override close(): void {
    super.close();
    for (const part of this.#own) part.close();
  }
}

/** Layout and style of a control: widgets of their own, or what they shall be. */
export interface Looks<S> {
  readonly layout?: Layout | Partial<LayoutValues>;
  readonly style?: Model | Partial<S>;
}

/** Makes a layout that several widgets can share. */
export const layout = (values: Partial<LayoutValues> = {}): Layout =>
  Object.preventExtensions(new Model(layoutKind, values)) as Layout;

/** Makes a widget of a kind. `base` is `DomModel` or a class that extends it. */
export const createDomWidget = (
  kind: Kind,
  options: object,
  base: new (kind: Kind, options: object) => DomModel = DomModel,
): DomModel => Object.preventExtensions(new base(kind, options));
