import type { Engine } from '../engine/index.ts';
import type { CommMessageType, FromUserThread, ToUserThread } from '../thread-messages.ts';
import type { PrintedText } from '../printed-text.ts';
import type { Header, JsonObject, Message, RequestChannel, Wire } from '../wire/index.ts';
import { CellExecution } from './cell-execution.ts';
import { ExecutionQueue } from './execution-queue.ts';
import { internalReport } from './error-replies.ts';
import type { HistoryFile } from './history-file.ts';
import { History } from './history.ts';
import { kernelInfo } from './kernel-info.ts';
import { completeReply, inspectReply, isCompleteReply } from './language-requests.ts';
import { MagicExecution } from './magic-execution.ts';
import { OpenComms } from './open-comms.ts';
import { PrintedStreams } from './printed-streams.ts';
import { Publisher } from './publisher.ts';
import { InputRequests } from './input-requests.ts';

export interface SessionServices {
  readonly wire: Pick<Wire, 'send' | 'isCrowded'>;
  readonly engine: Engine;
  readonly post: (message: ToUserThread) => void;
  readonly interruptFlag: Int32Array;
  readonly printed: PrintedText;
  /** The notebook's folder. */
  readonly folder: string;
  /** Where executed cells are kept for later sessions. */
  readonly historyFile?: HistoryFile | undefined;
  /** What to say about the session before this one; shown with the first cell. */
  readonly before?: string | undefined;
  /** A cell is about to run. */
  readonly onCell?: ((label: string) => void) | undefined;
  /** The client asked for the end; the reply has been handed to the wire. */
  readonly onShutdown: () => void;
}

/** How long an interrupt without a running cell lasts. */
const stopLoopsMs = 500;

const unstoppable =
  'The interrupt has not stopped this code: it computes inside a package or native library, where it cannot be ' +
  'stopped without risk for the session. It ends by itself, or restart the kernel.\n';

/** A kernel session as clients see it: every message to its answer, between a busy and an idle status. */
export class Session {
  readonly #services: SessionServices;
  readonly #publisher: Publisher;
  readonly #printed: PrintedStreams;
  readonly #execution: CellExecution;
  readonly #cells: MagicExecution;
  readonly #queue: ExecutionQueue;
  readonly #history: History;
  readonly #comms = new OpenComms();
  readonly #input: InputRequests;
  #hasToldBefore = false;

  constructor(services: SessionServices) {
    this.#services = services;
    const { wire, engine, post, interruptFlag } = services;
    const publisher = new Publisher(wire);
    this.#publisher = publisher;
    this.#history = new History(services.historyFile);
    this.#printed = new PrintedStreams(services.printed, publisher);
    const onRun = services.onCell;
    const onUnstoppable = (parent: Header): void => publisher.stream('stderr', unstoppable, parent);
    this.#execution = new CellExecution({ engine, post, interruptFlag, onRun, onUnstoppable });
    this.#cells = new MagicExecution({
      execution: this.#execution,
      engine,
      publisher,
      post,
      folder: services.folder,
    });
    this.#queue = new ExecutionQueue({
      execution: this.#execution,
      cells: this.#cells,
      history: this.#history,
      publisher,
      wire,
    });
    this.#input = new InputRequests(wire, post);
    publisher.status('starting', undefined);
  }

  /** Tells the person at the notebook something, below the running cell. */
  warn(text: string): void {
    this.#publisher.stream('stderr', text, this.#queue.current?.header);
    this.#publisher.flush();
  }

  /** Tells a client that has just come how things stand; it has missed what was published before. */
  greet(): void {
    const running = this.#queue.current;
    this.#publisher.status(running ? 'busy' : 'idle', running?.header);
  }

  /** Stops the running cell; without one, loops that callbacks and timers have begun. */
  interrupt(): void {
    if (this.#queue.current) return this.#cells.interrupt();
    const { interruptFlag } = this.#services;
    Atomics.store(interruptFlag, 0, 1);
    setTimeout(() => {
      if (this.#queue.current === undefined) Atomics.store(interruptFlag, 0, 0);
    }, stopLoopsMs);
  }

  /** Handles a client's message. */
  async receive(channel: RequestChannel, message: Message): Promise<void> {
    const { header, content } = message;
    const type = header.msg_type;
    if (channel === 'stdin') return type === 'input_reply' ? this.#input.answered(content) : undefined;
    if (type === 'execute_request') return this.#enqueue(message);
    this.#publisher.status('busy', header);
    if (isCommMessage(type)) return this.#forwardComm(type, message);
    const reply = await this.#replyTo(type, content);
    if (reply) {
      const replyType = type.replace(/_request$/, '_reply');
      this.#services.wire.send(channel, {
        type: replyType,
        content: reply,
        parent: header,
        identities: message.identities,
      });
    }
    this.#idle(header);
    if (type === 'shutdown_request') {
      this.#cells.interrupt();
      this.#services.onShutdown();
    }
  }

  /** Handles a message of the user's thread. */
  fromUserThread(message: FromUserThread): void {
    const publisher = this.#publisher;
    switch (message.kind) {
      case 'done':
        return this.#execution.done(message.run, message.outcome);
      case 'stream':
        return publisher.stream(message.name, message.text, message.parent);
      case 'printed':
        return this.#printed.announce(message);
      case 'publish':
        return publisher.publish(message.type, message.content, message.parent);
      case 'comm': {
        const { type, content, metadata, buffers, parent } = message;
        this.#comms.note(type, content);
        return publisher.publish(type, content, parent, { metadata, buffers });
      }
      case 'comm-done':
        return this.#idle(message.parent);
      case 'input':
        return this.#input.ask(message, this.#queue.current);
      case 'interrupt-me':
        return this.interrupt();
    }
  }

  /** Ends a request. While a cell runs the kernel stays busy for clients that watch every status. */
  #idle(header: Header): void {
    this.#publisher.status('idle', header);
    const running = this.#queue.current;
    if (running) this.#publisher.status('busy', running.header);
  }

  async #replyTo(type: string, content: JsonObject): Promise<JsonObject | undefined> {
    const { engine } = this.#services;
    try {
      switch (type) {
        case 'kernel_info_request':
          return kernelInfo();
        case 'complete_request':
          return await completeReply(engine, content);
        case 'inspect_request':
          return await inspectReply(engine, content);
        case 'is_complete_request':
          return await isCompleteReply(engine, content);
        case 'history_request':
          return this.#history.reply(content);
        case 'comm_info_request':
          return this.#comms.reply(content);
        case 'interrupt_request':
          this.interrupt();
          return { status: 'ok' };
        case 'shutdown_request':
          return { status: 'ok', restart: content.restart === true };
        default:
          return unsupported(type, content);
      }
    } catch (error) {
      return { status: 'error', ...internalReport(error) };
    }
  }

  async #enqueue(message: Message): Promise<void> {
    const { before } = this.#services;
    if (before !== undefined && !this.#hasToldBefore && message.content.silent !== true) {
      this.#hasToldBefore = true;
      this.#publisher.stream('stderr', before, message.header);
    }
    await this.#queue.add(message);
  }

  #forwardComm(type: CommMessageType, { header, content, buffers }: Message): void {
    this.#comms.note(type, content);
    const own = buffers.map((buffer) => new Uint8Array(buffer));
    this.#services.post({ kind: 'comm', type, content, buffers: own, parent: header });
  }
}

const isCommMessage = (type: string): type is CommMessageType =>
  type === 'comm_open' || type === 'comm_msg' || type === 'comm_close';

/**
 * Requests that we do not know get an honest answer; other messages need none. That to a debugger has the fields of the
 * debug adapter protocol too.
 */
const unsupported = (type: string, { seq, command }: JsonObject): JsonObject | undefined => {
  if (!type.endsWith('_request')) return undefined;
  const evalue = `This kernel does not support ${type}.`;
  const adapter = { type: 'response', seq: 0, request_seq: seq, command, success: false, message: evalue };
  const error = { status: 'error', ename: 'NotSupported', evalue, traceback: [] };
  return type === 'debug_request' ? { ...adapter, ...error } : error;
};
