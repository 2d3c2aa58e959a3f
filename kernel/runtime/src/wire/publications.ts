import { setTimeout as sleep } from 'node:timers/promises';
import { XPublisher } from 'zeromq';

export interface PublicationOptions {
  readonly lingerMs: number;
  /** A client has subscribed to messages whose topic begins so. */
  readonly onSubscription: (topic: string) => void;
  /** Messages that may wait for a client that does not read. */
  readonly mostWaiting?: number;
  /** How long everybody waits for such a client before it loses messages. */
  readonly patienceMs?: number;
}

const retryMs = 5;
const paceMs = 20;

/** More unsent messages than this, and whoever makes them should wait. */
const crowded = 50;

/** What a subscription begins with on the socket; anything else is the end of one. */
const subscribes = 1;

const isFull = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'EAGAIN';

/**
 * The iopub socket. No client that reads loses a message, however fast they are made: senders are held up. A client that
 * does not read for long loses messages from then on, so that it takes neither the kernel's memory nor the others' time.
 */
export class Publications {
  readonly #socket: XPublisher;
  readonly #options: Required<PublicationOptions>;
  #tail: Promise<void> = Promise.resolve();
  #unsent = 0;
  #waiting: (() => void)[] = [];
  /** While a client has been given up on: when to see whether it reads again. */
  #lossyUntil: number | undefined;
  #paced = 0;

  constructor(options: PublicationOptions) {
    this.#options = { mostWaiting: 1000, patienceMs: 5000, ...options };
    this.#socket = new XPublisher({
      linger: options.lingerMs,
      sendHighWaterMark: this.#options.mostWaiting,
      noDrop: true,
      verbosity: 'allSubs',
    });
  }

  bind(address: string): Promise<void> {
    return this.#socket.bind(address);
  }

  /** Reports subscriptions until the socket is closed. */
  async listen(): Promise<void> {
    for await (const [frame] of this.#socket)
      if (frame?.[0] === subscribes) this.#options.onSubscription(frame.toString('utf8', 1));
  }

  get isCrowded(): boolean {
    return this.#unsent > crowded;
  }

  /** Resolves when the socket has taken a good part of what waits. */
  async cleared(): Promise<void> {
    if (this.isCrowded) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Sends in order. Rejects when the socket is closed. */
  send(frames: Buffer[]): Promise<void> {
    this.#unsent += 1;
    const sent = this.#tail.then(() => this.#sendPatiently(frames)).finally(() => this.#left());
    this.#tail = sent.catch(() => undefined); // who sent it hears of it
    return sent;
  }

  close(): void {
    this.#socket.close();
  }

  async #sendPatiently(frames: Buffer[]): Promise<void> {
    const { patienceMs } = this.#options;
    const start = performance.now();
    if (this.#lossyUntil !== undefined) {
      if (start < this.#lossyUntil) return this.#sendPaced(frames);
      this.#socket.noDrop = true;
    }
    const end = this.#lossyUntil === undefined ? start + patienceMs : start;
    do {
      try {
        await this.#socket.send(frames);
        this.#lossyUntil = undefined;
        return;
      } catch (error) {
        if (!isFull(error)) throw error;
      }
      if (this.#lossyUntil === undefined) await sleep(retryMs);
    } while (performance.now() < end);
    this.#socket.noDrop = false;
    this.#lossyUntil = performance.now() + patienceMs;
    await this.#socket.send(frames);
  }

  /** With a client given up on, the socket does not say when the others are full: their share is kept small. */
  async #sendPaced(frames: Buffer[]): Promise<void> {
    this.#paced += 1;
    if (this.#paced % Math.ceil(this.#options.mostWaiting / 10) === 0) await sleep(paceMs);
    await this.#socket.send(frames);
  }

  #left(): void {
    this.#unsent -= 1;
    if (this.isCrowded) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
