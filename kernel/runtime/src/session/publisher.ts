import type { Header, JsonObject, Wire } from '../wire/index.ts';

export type ExecutionState = 'starting' | 'busy' | 'idle';

export interface PublishExtras {
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Uint8Array[];
}

interface PendingText {
  readonly name: string;
  readonly parent: Header | undefined;
  text: string;
}

/** How long printed text waits for more of its kind, and how much of it at most. */
const gatherMs = 8;
const gatherCharacters = 65_536;

/** The iopub side of a session. Text printed in quick succession leaves as one message; order is kept. */
export class Publisher {
  readonly #wire: Pick<Wire, 'send' | 'isCrowded'>;
  #pending: PendingText | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(wire: Pick<Wire, 'send' | 'isCrowded'>) {
    this.#wire = wire;
  }

  /** Whether clients take less than is sent. */
  get isCrowded(): boolean {
    return this.#wire.isCrowded;
  }

  publish(type: string, content: JsonObject, parent: Header | undefined, extras: PublishExtras = {}): void {
    this.flush();
    this.#wire.send('iopub', { type, content, parent, ...extras });
  }

  status(state: ExecutionState, parent: Header | undefined): void {
    this.publish('status', { execution_state: state }, parent);
  }

  stream(name: 'stdout' | 'stderr', text: string, parent: Header | undefined): void {
    const pending = this.#pending;
    if (pending?.name === name && pending.parent?.msg_id === parent?.msg_id) pending.text += text;
    else {
      this.flush();
      this.#pending = { name, parent, text };
    }
    if ((this.#pending?.text.length ?? 0) >= gatherCharacters) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  /** Sends text that waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return;
    const { name, text, parent } = pending;
    this.#wire.send('iopub', { type: 'stream', content: { name, text }, parent });
  }
}
