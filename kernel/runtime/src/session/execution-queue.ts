import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOutcome } from '../thread-messages.ts';
import type { JsonObject, Message, Wire } from '../wire/index.ts';
import type { CellExecution } from './cell-execution.ts';
import type { MagicExecution } from './magic-execution.ts';
import type { History } from './history.ts';
import type { Publisher } from './publisher.ts';

/**
 * A failing request's reply waits so long: what was sent together with it has arrived by then and is aborted; what a
 * client sends after the reply is executed.
 */
const gatherDoomedMs = 20;

export interface ExecutionQueueServices {
  readonly execution: CellExecution;
  /** Runs what people write; expressions of clients go to `execution`. */
  readonly cells: MagicExecution;
  readonly history: History;
  readonly publisher: Publisher;
  readonly wire: Pick<Wire, 'send'>;
}

/** Execute requests, one after the other; a failing one aborts those that wait. */
export class ExecutionQueue {
  readonly #services: ExecutionQueueServices;
  readonly #waiting: Message[] = [];
  #current: Message | undefined;
  #count = 0;

  constructor(services: ExecutionQueueServices) {
    this.#services = services;
  }

  /** The request that is being executed. */
  get current(): Message | undefined {
    return this.#current;
  }

  async add(message: Message): Promise<void> {
    this.#waiting.push(message);
    if (this.#current !== undefined) return;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#current = next;
      const doomed = await this.#execute(next);
      for (const message of doomed) this.#abort(message);
      this.#current = undefined;
    }
  }

  /** Gives the requests that have to be aborted because this one failed. */
  async #execute(message: Message): Promise<readonly Message[]> {
    const { publisher, execution, cells } = this.#services;
    const { content, header } = message;
    const code = typeof content.code === 'string' ? content.code : '';
    const isSilent = content.silent === true;
    publisher.status('busy', header);
    if (!isSilent) this.#begin(message, code);
    const request = { parent: header, allowStdin: content.allow_stdin === true, label: `In [${this.#count}]` };
    const outcome = await cells.execute({ ...request, code });
    if (!isSilent) this.#publish(outcome, message);
    const evaluate = async (expression: string): Promise<JsonObject> => {
      const value = await execution.execute({ ...request, code: `(${expression}\n)`, label: expression });
      return value.ok
        ? { status: 'ok', data: value.data ?? { 'text/plain': 'undefined' }, metadata: {} }
        : { status: 'error', ...value.error };
    };
    const reply: JsonObject = outcome.ok
      ? { status: 'ok', payload: [], user_expressions: await evaluateAll(content.user_expressions, evaluate) }
      : { status: 'error', ...outcome.error };
    const isStopping = !outcome.ok && content.stop_on_error !== false;
    if (isStopping) await sleep(gatherDoomedMs);
    const doomed = isStopping ? this.#waiting.splice(0) : [];
    this.#reply(message, { ...reply, execution_count: this.#count });
    publisher.status('idle', header);
    return doomed;
  }

  #begin({ content, header }: Message, code: string): void {
    const { history, publisher } = this.#services;
    if (content.store_history !== false && code.trim() !== '') {
      this.#count += 1;
      history.add(this.#count, code);
    }
    publisher.publish('execute_input', { code, execution_count: this.#count }, header);
  }

  #publish(outcome: RunOutcome, { header }: Message): void {
    const { publisher } = this.#services;
    if (!outcome.ok) publisher.publish('error', { ...outcome.error }, header);
    else if (outcome.data) {
      const content = { data: outcome.data, metadata: {}, execution_count: this.#count };
      publisher.publish('execute_result', content, header);
    }
  }

  #abort(message: Message): void {
    this.#services.publisher.status('busy', message.header);
    this.#reply(message, { status: 'aborted', execution_count: this.#count });
    this.#services.publisher.status('idle', message.header);
  }

  #reply({ header, identities }: Message, content: JsonObject): void {
    this.#services.publisher.flush();
    this.#services.wire.send('shell', { type: 'execute_reply', content, parent: header, identities });
  }
}

const evaluateAll = async (
  expressions: unknown,
  evaluate: (expression: string) => Promise<JsonObject>,
): Promise<JsonObject> => {
  const values: Record<string, JsonObject> = {};
  if (typeof expressions !== 'object' || expressions === null) return values;
  for (const [name, expression] of Object.entries(expressions)) values[name] = await evaluate(String(expression));
  return values;
};
