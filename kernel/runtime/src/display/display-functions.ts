import { randomUUID } from 'node:crypto';
import type { Display } from 'tslab';
import { fullBundleOf, mimeBundleOf, mimeData } from './mime-bundle.ts';
import { displaySink } from './sink.ts';

/** Kept from before user code runs, which may overwrite the global. */
const OwnPromise = Promise;

/** tslab's display functions; called with a value it shows that value. */
export interface NotebookDisplay extends Display {
  (value: unknown): void;
  /** Empties the cell's output; with `wait`, only when the next output comes. */
  clear(wait?: boolean): void;
  /** Shows a value to its end, where a cell's result is cut. */
  full(value: unknown): void;
}

const unfinished = new Set<Promise<void>>();

/**
 * Resolves when every display that was begun since the last call has been sent or has failed; a failure is reported as
 * uncaught.
 */
export const displaysSent = async (): Promise<void> => {
  const begun = [...unfinished];
  unfinished.clear();
  await OwnPromise.allSettled(begun);
};

const track = async (sending: Promise<void>): Promise<void> => {
  unfinished.add(sending);
  try {
    await sending;
  } finally {
    unfinished.delete(sending);
  }
};

/**
 * Display functions.
 *
 * @param displayId with an id, the first call opens an output and the following ones replace it
 */
export const createDisplay = (displayId?: string): NotebookDisplay => {
  let isShown = false;
  const show = (data: Readonly<Record<string, unknown>>): void => {
    const type = displayId !== undefined && isShown ? 'update_display_data' : 'display_data';
    isShown = true;
    const transient = displayId === undefined ? {} : { display_id: displayId };
    displaySink().publish(type, { data, metadata: {}, transient });
  };
  const showBundle = (bundle: ReturnType<typeof mimeBundleOf>): void => {
    if (bundle instanceof OwnPromise) void track(bundle.then(show));
    else show(bundle);
  };
  const raw = (mime: string, data: string | Uint8Array): void => show({ [mime]: mimeData(data) });
  return Object.assign((value: unknown) => showBundle(mimeBundleOf(value)), {
    raw,
    full: (value: unknown) => showBundle(fullBundleOf(value)),
    javascript: (source: string) => raw('text/javascript', source),
    html: (source: string) => raw('text/html', source),
    markdown: (source: string) => raw('text/markdown', source),
    latex: (source: string) => raw('text/latex', source),
    svg: (source: string) => raw('image/svg+xml', source),
    png: (bytes: Uint8Array) => raw('image/png', bytes),
    jpeg: (bytes: Uint8Array) => raw('image/jpeg', bytes),
    gif: (bytes: Uint8Array) => raw('image/gif', bytes),
    pdf: (bytes: Uint8Array) => raw('application/pdf', bytes),
    text: (text: string) => raw('text/plain', text),
    clear: (wait = false) => displaySink().publish('clear_output', { wait }),
  });
};

/** Display functions whose calls overwrite one output. */
export const createUpdatableDisplay = (): NotebookDisplay => createDisplay(randomUUID());
