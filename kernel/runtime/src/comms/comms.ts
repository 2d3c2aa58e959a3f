import { randomUUID } from 'node:crypto';
import type { CommMessageType } from '../thread-messages.ts';

type Data = Readonly<Record<string, unknown>>;
type Buffers = readonly Uint8Array[];

export interface CommMessage {
  readonly data: unknown;
  readonly buffers: Buffers;
}

export interface OutgoingComm {
  readonly type: CommMessageType;
  readonly content: Data;
  readonly metadata: Data;
  readonly buffers: Buffers;
}

export interface SendOptions {
  readonly metadata?: Data;
  readonly buffers?: Buffers;
}

/** One end of a conversation with a front end. */
export class Comm {
  readonly id: string;
  readonly target: string;
  onMessage: (message: CommMessage) => void | Promise<void> = () => undefined;
  onClose: (message: CommMessage) => void | Promise<void> = () => undefined;
  readonly #send: (message: OutgoingComm) => void;
  readonly #forget: () => void;

  constructor(id: string, target: string, send: (message: OutgoingComm) => void, forget: () => void) {
    this.id = id;
    this.target = target;
    this.#send = send;
    this.#forget = forget;
  }

  send(data: unknown, { metadata = {}, buffers = [] }: SendOptions = {}): void {
    this.#send({ type: 'comm_msg', content: { comm_id: this.id, data }, metadata, buffers });
  }

  close(data: unknown = {}): void {
    this.#forget();
    this.#send({ type: 'comm_close', content: { comm_id: this.id, data }, metadata: {}, buffers: [] });
  }
}

/** Called when a front end opens a comm to a registered target. */
export type CommTarget = (comm: Comm, message: CommMessage) => void | Promise<void>;

/** The comms of a session and the targets that front ends may open. */
export class CommRegistry {
  readonly #send: (message: OutgoingComm) => void;
  readonly #targets = new Map<string, CommTarget>();
  readonly #comms = new Map<string, Comm>();

  constructor(send: (message: OutgoingComm) => void) {
    this.#send = send;
  }

  /** Answers front ends that open `name`. A second registration replaces the first. */
  registerTarget(name: string, target: CommTarget): void {
    this.#targets.set(name, target);
  }

  /** Opens a comm to a target of the front end. */
  open(target: string, data: unknown = {}, { metadata = {}, buffers = [] }: SendOptions = {}): Comm {
    const comm = this.#add(randomUUID(), target);
    this.#send({ type: 'comm_open', content: { comm_id: comm.id, target_name: target, data }, metadata, buffers });
    return comm;
  }

  /** Handles a front end's message; unknown comms are ignored, as the protocol asks. */
  async handle(type: CommMessageType, content: Data, buffers: Buffers): Promise<void> {
    const id = String(content.comm_id);
    const message: CommMessage = { data: content.data, buffers };
    if (type === 'comm_open') return this.#opened(id, String(content.target_name), message);
    const comm = this.#comms.get(id);
    if (comm === undefined) return;
    if (type === 'comm_msg') return comm.onMessage(message);
    this.#comms.delete(id);
    await comm.onClose(message);
  }

  async #opened(id: string, name: string, message: CommMessage): Promise<void> {
    const target = this.#targets.get(name);
    const comm = this.#add(id, name);
    if (target === undefined) return comm.close({ reason: `This kernel has no comm target "${name}".` });
    await target(comm, message);
  }

  #add(id: string, target: string): Comm {
    const comm = new Comm(id, target, this.#send, () => this.#comms.delete(id));
    this.#comms.set(id, comm);
    return comm;
  }
}
