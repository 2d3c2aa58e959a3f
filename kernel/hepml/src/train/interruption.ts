import { setImmediate } from 'node:timers/promises';
import { CygnetError } from '@cygnet/columns';

const sliceMs = 15;

/** Lets others use the event loop now and then, and ends the training when its signal is aborted. */
export interface Interruption {
  /** Cheap: really waits only when the last time is a while ago. */
  breathe(): Promise<void>;
}

/** @throws CygnetError `cancelled`, from `breathe`, once the signal is aborted. */
export const interruption = (name: string, signal?: AbortSignal): Interruption => {
  let last = performance.now();
  const check = (): void => {
    if (!signal?.aborted) return;
    throw new CygnetError('cancelled', `The training of "${name}" was stopped before its end; no model was made.`, {
      cause: signal.reason,
    });
  };
  return {
    breathe: async () => {
      check();
      if (performance.now() - last < sliceMs) return;
      await setImmediate();
      last = performance.now();
      check();
    },
  };
};
