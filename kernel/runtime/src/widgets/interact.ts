import { displaySymbol, type MimeBundle } from '@cygnet/contract';
import type { OutputCapture } from '../display/index.ts';
import { controlFor, type Abbreviation, type ValueOf, type ValueWidget } from './abbreviations.ts';
import { controls as make, type Control } from './controls.ts';
import { output, showInNotebook, type Output } from './output.ts';
import { widgetSession } from './widget-session.ts';

/** A control for each argument of a function. */
export type Controls = { readonly [name: string]: Abbreviation };
/** What the function gets. */
export type Arguments<C extends Controls> = { -readonly [K in keyof C]: ValueOf<C[K]> };

export interface RunContext {
  /** Aborted when newer values have come: a function that waits may stop. */
  readonly signal: AbortSignal;
}

/** A function of the controls' values. What it gives back is shown. */
export type Interaction<C extends Controls, R> = (values: Arguments<C>, context: RunContext) => R;

export interface InteractOptions {
  /** Runs the function only when its button is pressed. */
  readonly manual?: boolean;
}

/** A function with its controls and an output area. As the last expression of a cell it is shown. */
export class Interactive<C extends Controls = Controls, R = unknown> {
  /** The controls, by argument. */
  readonly controls: { readonly [K in keyof C]: ValueWidget<ValueOf<C[K]>> };
  readonly output: Output;
  /** All of it as one widget, for boxes and tabs. */
  readonly widget: Control<'vbox'>;
  readonly #function: Interaction<C, R>;
  #result: Awaited<R> | undefined;
  #running: AbortController | undefined;
  #isStale = false;

  constructor(run: Interaction<C, R>, abbreviations: C, { manual = false }: InteractOptions = {}) {
    if (typeof run !== 'function')
      throw new TypeError('interact needs a function first: interact(({ x }) => …, { x: 5 }).');
    const entries = Object.entries(abbreviations).map(([name, short]) => [name, controlFor(name, short)] as const);
    this.controls = Object.fromEntries(entries) as typeof this.controls;
    this.#function = run;
    this.output = output();
    const shown: ValueWidget[] = entries.map(([, widget]) => widget);
    const button = manual ? make.button({ description: 'Run' }) : undefined;
    this.widget = make.vbox({
      children: [...shown, ...(button ? [button] : []), this.output],
      classes: ['widget-interact'],
    });
    if (button) button.on('click', () => this.run());
    else for (const widget of shown) widget.observe('value', () => this.run());
  }

  /** What the function gave last. */
  get result(): Awaited<R> | undefined {
    return this.#result;
  }

  /** The controls' values. */
  get values(): Arguments<C> {
    const read = Object.entries<ValueWidget>(this.controls).map(([name, widget]) => [name, widget.value]);
    return Object.fromEntries(read) as Arguments<C>;
  }

  /** Runs the function with the values of now. One that is still running is told to stop, and followed by this one. */
  run(): void {
    if (this.#running) {
      this.#isStale = true;
      this.#running.abort(new Error('Newer values have come.'));
      return;
    }
    const controller = new AbortController();
    this.output.clear({ wait: true });
    const into: OutputCapture = {
      stream: (...printed) => (controller.signal.aborted ? undefined : this.output.stream(...printed)),
      publish: (...message) => (controller.signal.aborted ? undefined : this.output.publish(...message)),
    };
    const { capture } = widgetSession().services;
    try {
      const given = capture(into, () => this.#function(this.values, { signal: controller.signal }));
      if (given instanceof Promise) {
        this.#running = controller;
        void this.#await(given, controller.signal);
      } else this.#show(given as Awaited<R>);
    } catch (error) {
      this.#fail(error, controller.signal);
    }
  }

  [displaySymbol](): MimeBundle {
    return { ...this.widget[displaySymbol](), 'text/plain': `interactive(${Object.keys(this.controls).join(', ')})` };
  }

  /** Removes controls and output from the front ends. */
  close(): void {
    for (const widget of [...Object.values<ValueWidget>(this.controls), this.output, this.widget]) widget.close();
  }

  async #await(given: Promise<unknown>, signal: AbortSignal): Promise<void> {
    try {
      const value = (await given) as Awaited<R>;
      if (!signal.aborted) this.#show(value);
    } catch (error) {
      this.#fail(error, signal);
    }
    this.#running = undefined;
    const isStale = this.#isStale;
    this.#isStale = false;
    if (isStale && !this.output.isClosed) this.run();
  }

  #show(value: Awaited<R>): void {
    this.#result = value;
    if (value !== undefined) this.output.show(value);
    this.output.settle();
  }

  #fail(error: unknown, signal: AbortSignal): void {
    if (!signal.aborted) this.output.showError(error);
  }
}

/**
 * A function with its controls, to be shown by the caller.
 *
 * @example const view = interactive(({ cut }) => cut ** 2, { cut: [0, 1, 0.01] }); view
 */
export const interactive = <const C extends Controls, R>(
  run: Interaction<C, R>,
  controls: C,
  options: InteractOptions = {},
): Interactive<C, R> => {
  const made = new Interactive<C, R>(run, controls, options);
  if (!options.manual) made.run();
  return made;
};

/**
 * Shows controls for the arguments of a function, and what it prints, shows and gives back for their values. The function
 * runs again whenever a value changes; while a run waits, newer values wait for it, and only the last of them count.
 *
 * @example interact(({ x, cut, mode }) => `${mode}: ${x > cut}`, { x: [0, 10, 1], cut: 0.5, mode: ['a', 'b'] });
 */
export const interact = <const C extends Controls, R>(
  run: Interaction<C, R>,
  controls: C,
  options: InteractOptions = {},
): void => {
  const made = new Interactive<C, R>(run, controls, options);
  showInNotebook(made);
  if (!options.manual) made.run();
};
