import type { ExportedModel, ModelSummary } from './model-export.ts';
import type { TrainingProgress } from './training.ts';

/**
 * Where a kernel that hosts the library leaves its services: `globalThis[notebookHostKey]`.
 * The library looks there and works without; it needs no import of any kernel.
 */
export const notebookHostKey: unique symbol = Symbol.for('cygnet.notebook-host') as never;

/** The well-known method by which a value shows itself as a MIME bundle (the symbol that Deno's kernel uses). */
export const displaySymbol: unique symbol = Symbol.for('Jupyter.display') as never;

/** MIME type to data, as in Jupyter's `display_data`. */
export type MimeBundle = { readonly [mime: string]: unknown };

/** A value that shows itself. */
export interface Displayable {
  [displaySymbol](): MimeBundle | Promise<MimeBundle>;
}

/** A live model that the kernel's model-export comm offers. */
export interface ModelHandle {
  readonly summary: ModelSummary;
  /** Writes the model and its verification under `folder`; rejects with a clear error and writes nothing when it cannot. */
  exportTo(options: {
    readonly target: string;
    readonly folder: string;
    readonly signal?: AbortSignal;
    readonly onProgress?: (message: string) => void;
  }): Promise<ExportedModel>;
}

/** What a notebook kernel does for the library. */
export interface NotebookHost {
  /** Called at each step; a host may drop updates, never the last one. */
  training(progress: TrainingProgress): void;
  /** A model has been trained. The host keeps the handle until the session ends. */
  modelTrained(handle: ModelHandle): void;
  /** Aborted when the user interrupts the cell that is running now. */
  interruptSignal(): AbortSignal;
}

/** The host of this process, if there is one. */
export const notebookHost = (): NotebookHost | undefined =>
  (globalThis as { [notebookHostKey]?: NotebookHost })[notebookHostKey];
