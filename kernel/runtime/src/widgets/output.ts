import { createDisplay, type OutputCapture } from '../display/index.ts';
import { createDomWidget, DomModel, type Looks } from './dom-model.ts';
import type { Kind } from './kind.ts';
import { shown } from './kinds/traits.ts';
import { list, text, type Property, type ValuesOf } from './property.ts';
import { OutputList, type NotebookOutput } from './output-list.ts';
import { widgetSession } from './widget-session.ts';

/** Shows a value below the cell, or in the area that captures it. */
export const showInNotebook: (value: unknown) => void = createDisplay();

const notebookOutput: Property<NotebookOutput> = {
  initial: {},
  expects: 'an output as notebook files hold it',
  is: (value): value is NotebookOutput => typeof (value as { output_type?: unknown } | null)?.output_type === 'string',
  encode: (value) => value,
  decode: (wire) => wire,
};

const properties = {
  ...shown,
  /** What the area shows. */
  outputs: list(notebookOutput),
  /** Part of the protocol that this kernel has no need of: it captures by itself. */
  msgId: text(),
};

export const outputKind: Kind<typeof properties> = {
  name: 'Output',
  model: 'OutputModel',
  view: 'OutputView',
  module: '@jupyter-widgets/output',
  version: '1.0.0',
  properties,
};

type OutputValues = ValuesOf<typeof properties>;

/**
 * An output area as a widget. What code prints and shows inside of `capture` goes there, also what it starts and what
 * comes after its cell has ended.
 */
export class OutputModel extends DomModel<OutputValues> implements OutputCapture {
  readonly #list = new OutputList({
    read: () => this.get('outputs') as readonly NotebookOutput[],
    write: (outputs) => {
      if (!this.isClosed) this.set({ outputs });
    },
  });

  /**
   * Runs code. Its value is given back; an error it throws is thrown.
   *
   * @example out.capture(() => console.log('in the area'));
   */
  capture<T>(code: () => T): T {
    return widgetSession().services.capture(this, code);
  }

  /** Shows a value, as `display` does. */
  show(value: unknown): void {
    this.capture(() => showInNotebook(value));
  }

  /** Shows an error with its place in the notebook. */
  showError(error: unknown): void {
    this.#list.error(widgetSession().services.describe(error));
  }

  /** Empties the area; with `wait`, only when the next output comes, so that it does not flicker. */
  clear(options: { readonly wait?: boolean } = {}): void {
    this.#list.clear(options);
  }

  /** @internal Ends a `clear({ wait: true })` that no output followed. */
  settle(): void {
    this.#list.settle();
  }

  /** @internal */
  stream(...printed: Parameters<OutputCapture['stream']>): void {
    this.#list.stream(...printed);
  }

  /** @internal */
  publish(...message: Parameters<OutputCapture['publish']>): void {
    this.#list.publish(...message);
  }
}

/** An output area. */
export type Output = OutputModel & OutputValues;

/** An output area: `out.capture(() => …)` takes what code prints and shows. */
export const output = (options: Partial<OutputValues> & Looks<object> = {}): Output =>
  createDomWidget(outputKind, options, OutputModel) as Output;
