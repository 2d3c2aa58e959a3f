import type { FromUserThread, ToUserThread } from '../thread-messages.ts';
import type { JsonObject, Message, Wire } from '../wire/index.ts';

/** Questions that wait for the person at the client, oldest first. */
export class InputRequests {
  readonly #wire: Pick<Wire, 'send'>;
  readonly #post: (message: ToUserThread) => void;
  #waiting: number[] = [];

  constructor(wire: Pick<Wire, 'send'>, post: (message: ToUserThread) => void) {
    this.#wire = wire;
    this.#post = post;
  }

  /** Asks the client that sent the running cell. */
  ask(question: Extract<FromUserThread, { kind: 'input' }>, cell: Message | undefined): void {
    const { id, prompt, password, parent } = question;
    if (cell === undefined) return;
    this.#waiting = [...this.#waiting, id];
    const { identities } = cell;
    this.#wire.send('stdin', { type: 'input_request', content: { prompt, password }, parent, identities });
  }

  answered({ value }: JsonObject): void {
    const [id, ...rest] = this.#waiting;
    this.#waiting = rest;
    if (id !== undefined) this.#post({ kind: 'input-reply', id, value: typeof value === 'string' ? value : '' });
  }
}
