/** What the user's thread finds on `globalThis`: the notebook host of the library, display and input. */
import { notebookHostKey, type NotebookHost } from '@cygnet/contract';
import type { CommRegistry, SessionModels } from './comms/index.ts';
import { createDisplay, type TrainingDisplay } from './display/index.ts';
import type { Interruption } from './engine/index.ts';

/** Where libraries that talk to front ends find the session's comms. */
export const commsKey = Symbol.for('cygnet.comms');

export interface PreludeServices {
  readonly trainings: TrainingDisplay;
  readonly models: SessionModels;
  readonly interruption: Interruption;
  readonly comms: CommRegistry;
  readonly input: (prompt?: string, options?: { readonly password?: boolean }) => Promise<string>;
}

/** Puts the services in their places, where user code may overwrite but not enumerate them. */
export const installPrelude = ({ trainings, models, interruption, comms, input }: PreludeServices): void => {
  const host: NotebookHost = {
    training: (progress) => trainings.show(progress),
    modelTrained: (handle) => models.add(handle),
    interruptSignal: () => interruption.signal,
  };
  const globals = { [notebookHostKey]: host, [commsKey]: comms, display: createDisplay(), input };
  for (const key of Reflect.ownKeys(globals)) {
    const value = globals[key as keyof typeof globals];
    Object.defineProperty(globalThis, key, { value, writable: true, configurable: true, enumerable: false });
  }
};
