import type { CommRegistry } from '../comms/index.ts';
import { displaysSent, errorReport, mimeBundleOf } from '../display/index.ts';
import type { Interruption, Runner } from '../engine/index.ts';
import type { FromUserThread, MimeData, RunOutcome, ToUserThread } from '../thread-messages.ts';
import type { Output } from './output.ts';
import { exitProcess } from './process-guards.ts';
import type { StandardInput } from './standard-input.ts';

export interface UserThreadServices {
  readonly post: (message: FromUserThread) => void;
  readonly output: Output;
  readonly input: StandardInput;
  readonly runner: Runner;
  readonly interruption: Interruption;
  readonly comms: CommRegistry;
  /** Its changes reach the front ends before the cell's reply does. */
  readonly widgets: { flush(): void };
  /** Frames of files below it are not shown to users. */
  readonly kernelFolder: string;
}

/** What the user's thread does with each message of the I/O thread. */
export class UserThread {
  readonly #services: UserThreadServices;
  #run: number | undefined;

  constructor(services: UserThreadServices) {
    this.#services = services;
  }

  async handle(message: ToUserThread): Promise<void> {
    switch (message.kind) {
      case 'run':
        return this.#execute(message);
      case 'interrupt':
        if (message.run === this.#run) this.#services.interruption.interrupt();
        else this.#services.interruption.allowLoops();
        return undefined;
      case 'comm':
        return this.#converse(message);
      case 'input-reply':
        return this.#services.input.answer(message.id, message.value);
      case 'reset':
        return this.#services.runner.reset();
      case 'exit':
        return exitProcess(0);
    }
  }

  /** Reports an error that no cell can be blamed for. */
  reportUncaught(error: unknown): void {
    const { traceback } = errorReport(error, this.#services.kernelFolder);
    this.#services.output.stream('stderr', `Uncaught ${traceback.join('\n')}\n`);
  }

  async #execute({ run, cell, parent, allowStdin }: Extract<ToUserThread, { kind: 'run' }>): Promise<void> {
    const { output, input, runner, widgets, post } = this.#services;
    this.#run = run;
    input.isAllowed = allowStdin;
    output.beginCell(parent);
    const start = performance.now();
    const ended = await output.attribute(parent, () => runner.run(cell, present));
    const ranMs = performance.now() - start;
    const outcome: RunOutcome = ended.ok
      ? { ok: true, live: ended.live, ranMs, ...(ended.value ? { data: ended.value } : {}) }
      : { ok: false, live: ended.live, ranMs, error: errorReport(ended.error, this.#services.kernelFolder) };
    this.#run = undefined;
    widgets.flush();
    post({ kind: 'done', run, outcome });
  }

  async #converse({ type, content, buffers, parent }: Extract<ToUserThread, { kind: 'comm' }>): Promise<void> {
    const { output, comms, interruption, post } = this.#services;
    interruption.allowLoops();
    try {
      await output.attribute(parent, () => comms.handle(type, content, buffers));
    } catch (error) {
      this.reportUncaught(error);
    }
    post({ kind: 'comm-done', parent });
  }
}

/** What is shown of a cell's value; displays that the cell began come first. */
const present = async (value: unknown): Promise<MimeData | undefined> => {
  await displaysSent();
  return value === undefined ? undefined : mimeBundleOf(value);
};
