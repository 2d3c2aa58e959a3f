import { control, type Kind } from './kind.ts';
import { Model } from './model.ts';
import { wireNameOf, type Property } from './property.ts';
import { referenceTo, type AnyWidget } from './reference.ts';

/** A property of a widget. */
export type End<W extends AnyWidget> = readonly [widget: W, property: Exclude<keyof W, symbol | keyof AnyWidget>];

const end: Property<readonly [AnyWidget, string]> = {
  /** Never seen: a link is made with both ends. */
  initial: [] as unknown as readonly [AnyWidget, string],
  expects: '[widget, property] with a property of that widget',
  is: (value): value is readonly [AnyWidget, string] =>
    Array.isArray(value) && value[0] instanceof Model && typeof value[1] === 'string' && value[0].isShared(value[1]),
  encode: ([widget, name]) => [referenceTo(widget), wireNameOf(name, {})],
  decode: (wire) => wire,
};

const ends = { source: end, target: end };
const link = (model: string): Kind<typeof ends> => ({ ...control({ model, properties: ends }), view: null });

export const linkKinds = { link: link('Link'), directionalLink: link('DirectionalLink') };

const make = (kind: Kind, source: unknown, target: unknown): Model =>
  Object.preventExtensions(new Model(kind, { source, target }));

/**
 * Keeps two properties equal in the front end, without the kernel: it works while a cell computes, and in saved
 * notebooks.
 *
 * @example jslink([play, 'value'], [slider, 'value']);
 */
export const jslink = <A extends AnyWidget, B extends AnyWidget>(source: End<A>, target: End<B>): Model =>
  make(linkKinds.link, source, target);

/** Makes one property follow another in the front end, without the kernel. */
export const jsdlink = <A extends AnyWidget, B extends AnyWidget>(source: End<A>, target: End<B>): Model =>
  make(linkKinds.directionalLink, source, target);
