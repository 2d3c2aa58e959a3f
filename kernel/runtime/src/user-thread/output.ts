import { AsyncLocalStorage } from 'node:async_hooks';
import { StringDecoder } from 'node:string_decoder';
import type { DisplaySink } from '../display/index.ts';
import type { FromUserThread } from '../thread-messages.ts';
import type { Header } from '../wire/index.ts';

/** Sends what user code prints and shows, each to the cell that caused it, also after that cell has ended. */
export class Output implements DisplaySink {
  readonly #post: (message: FromUserThread) => void;
  readonly #cause = new AsyncLocalStorage<Header>();
  #latest: Header | undefined;

  constructor(post: (message: FromUserThread) => void) {
    this.#post = post;
  }

  /** The message that the running code goes back to; the latest cell if that cannot be told. */
  get parent(): Header | undefined {
    return this.#cause.getStore() ?? this.#latest;
  }

  /** Output of unknown cause belongs to this cell from now on. */
  beginCell(parent: Header): void {
    this.#latest = parent;
  }

  /** Runs code on behalf of a message. */
  attribute<T>(parent: Header, code: () => T): T {
    return this.#cause.run(parent, code);
  }

  stream(name: 'stdout' | 'stderr', text: string): void {
    if (text !== '') this.#post({ kind: 'stream', name, text, parent: this.parent });
  }

  publish(...[type, content]: Parameters<DisplaySink['publish']>): void {
    this.#post({ kind: 'publish', type, content, parent: this.parent });
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
