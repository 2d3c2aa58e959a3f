import type { Displayable } from '@cygnet/contract';
import type { Property } from './property.ts';
import { widgetSession } from './widget-session.ts';

/** Any widget that can be shown. */
export interface AnyWidget extends Displayable {
  /** The widget's id in the front end. */
  readonly id: string;
  /** Removes it from the front ends. */
  close(): void;
}

const prefix = 'IPY_MODEL_';

/** What stands for a widget in the state of another. */
export const referenceTo = ({ id }: { readonly id: string }): string => `${prefix}${id}`;

const isWidget = (value: unknown): value is AnyWidget =>
  typeof value === 'object' && value !== null && widgetSession().get(String((value as { id?: unknown }).id)) === value;

/** An open widget. */
export const reference: Property<AnyWidget> = {
  /** Never seen: references are elements of lists, which are empty at first. */
  initial: undefined as unknown as AnyWidget,
  expects: 'a widget that is not closed',
  is: isWidget,
  encode: referenceTo,
  decode: (wire) => {
    const text = String(wire);
    return text.startsWith(prefix) ? widgetSession().get(text.slice(prefix.length)) : wire;
  },
};
