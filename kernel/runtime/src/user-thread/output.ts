import { AsyncLocalStorage } from 'node:async_hooks';
import { StringDecoder } from 'node:string_decoder';
import type { DisplaySink, OutputCapture } from '../display/index.ts';
import type { PrintedText } from '../printed-text.ts';
import type { FromUserThread } from '../thread-messages.ts';
import type { Header } from '../wire/index.ts';

type StreamName = 'stdout' | 'stderr';

/** What running code goes back to. */
interface Cause {
  readonly parent: Header | undefined;
  readonly capture?: OutputCapture;
}

/** Sends what user code prints and shows, each to the cell that caused it, also after that cell has ended. */
export class Output implements DisplaySink {
  readonly #post: (message: FromUserThread) => void;
  readonly #printed: PrintedText;
  readonly #isInterrupted: () => boolean;
  readonly #cause = new AsyncLocalStorage<Cause | undefined>();
  #latest: Header | undefined;
  /** Whose text is in the shared memory. */
  #turn: { readonly name: StreamName; readonly parent: Header | undefined } | undefined;

  /** @param isInterrupted whether the running cell is to end: then it does not wait to print the rest */
  constructor(post: (message: FromUserThread) => void, printed: PrintedText, isInterrupted: () => boolean) {
    this.#post = post;
    this.#printed = printed;
    this.#isInterrupted = isInterrupted;
  }

  /** The message that the running code goes back to; the latest cell if that cannot be told. */
  get parent(): Header | undefined {
    return this.#cause.getStore()?.parent ?? this.#latest;
  }

  /** Output of unknown cause belongs to this cell from now on. */
  beginCell(parent: Header): void {
    this.#latest = parent;
  }

  /** Runs code on behalf of a message. */
  attribute<T>(parent: Header, code: () => T): T {
    return this.#cause.run({ parent }, code);
  }

  /** Runs code; what it and what it starts prints and shows goes to `into`. */
  capture<T>(into: OutputCapture, code: () => T): T {
    const { parent } = this;
    // What the capture itself causes belongs to the cell again.
    const outside = this.#cause.getStore();
    const capture: OutputCapture = {
      stream: (...printed) => this.#cause.run(outside, () => into.stream(...printed)),
      publish: (...message) => this.#cause.run(outside, () => into.publish(...message)),
    };
    return this.#cause.run({ parent, capture }, code);
  }

  /** Prints. Blocks while the I/O thread has not caught up. */
  stream(name: StreamName, text: string): void {
    const capture = this.#cause.getStore()?.capture;
    if (capture) return capture.stream(name, text);
    const { parent } = this;
    if (this.#turn?.name !== name || this.#turn.parent !== parent) {
      this.flush();
      this.#turn = { name, parent };
    }
    for (let rest = text; rest !== '';) {
      const { added, isFirst } = this.#printed.put(rest);
      if (isFirst) this.#post({ kind: 'printed', turn: this.#printed.turn, name, parent });
      rest = rest.slice(added);
      if (rest !== '' && (this.#isInterrupted() || !this.#printed.waitForRoom())) return;
    }
  }

  /** Sends a message after everything that was printed before it. */
  send(message: FromUserThread): void {
    this.flush();
    this.#post(message);
  }

  publish(...[type, content]: Parameters<DisplaySink['publish']>): void {
    const capture = this.#cause.getStore()?.capture;
    if (capture) return capture.publish(type, content);
    this.send({ kind: 'publish', type, content, parent: this.parent });
  }

  /** Hands over the printed text that waits. */
  flush(): void {
    if (this.#turn === undefined) return;
    const text = this.#printed.endTurn();
    if (text !== '') this.#post({ kind: 'stream', text, ...this.#turn });
    this.#turn = undefined;
  }

  /** Redirects `process.stdout` and `process.stderr`, and with them `console`. */
  captureProcessStreams(): void {
    for (const name of ['stdout', 'stderr'] as const) {
      const decoder = new StringDecoder('utf8');
      type Done = (error?: Error | null) => void;
      const write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
        const text = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
        this.stream(name, text);
        const callback = typeof encoding === 'function' ? encoding : done;
        if (callback) process.nextTick(callback);
        return true;
      };
      process[name].write = write;
    }
  }
}
