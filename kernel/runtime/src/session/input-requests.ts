import type { FromUserThread, ToUserThread } from '../thread-messages.ts';
import type { JsonObject, Message, Wire } from '../wire/index.ts';

interface Waiting {
  readonly id: number;
  /** Id of the message that the asking cell came with. */
  readonly cell: string;
}

/** Questions that wait for the person at the client, oldest first. */
export class InputRequests {
  readonly #wire: Pick<Wire, 'send'>;
  readonly #post: (message: ToUserThread) => void;
  #waiting: readonly Waiting[] = [];

  constructor(wire: Pick<Wire, 'send'>, post: (message: ToUserThread) => void) {
    this.#wire = wire;
    this.#post = post;
  }

  /** Asks the client that sent the running cell; what earlier cells asked is forgotten. */
  ask(question: Extract<FromUserThread, { kind: 'input' }>, cell: Message | undefined): void {
    const { id, prompt, password, parent } = question;
    if (cell === undefined) return;
    const { identities, header } = cell;
    const ofThisCell = this.#waiting.filter((waiting) => waiting.cell === header.msg_id);
    this.#waiting = [...ofThisCell, { id, cell: header.msg_id }];
    this.#wire.send('stdin', { type: 'input_request', content: { prompt, password }, parent, identities });
  }

  answered({ value }: JsonObject): void {
    const [first, ...rest] = this.#waiting;
    this.#waiting = rest;
    if (first) this.#post({ kind: 'input-reply', id: first.id, value: typeof value === 'string' ? value : '' });
  }
}
