import type { PrintedText } from '../printed-text.ts';
import type { FromUserThread } from '../thread-messages.ts';
import type { Publisher } from './publisher.ts';

/** Printed text leaves at once when nothing left for so long, else gathered for so long. */
const gatherMs = 50;

type Announcement = Extract<FromUserThread, { kind: 'printed' }>;

/** Publishes what cells print while they run. While clients do not take what was sent, who prints waits. */
export class PrintedStreams {
  readonly #printed: PrintedText;
  readonly #publisher: Publisher;
  #announced: Announcement | undefined;
  #last = 0;

  constructor(printed: PrintedText, publisher: Publisher) {
    this.#printed = printed;
    this.#publisher = publisher;
  }

  /** Text has appeared in the shared memory. */
  announce(message: Announcement): void {
    const isDraining = this.#announced !== undefined;
    this.#announced = message;
    const wait = Math.max(0, this.#last + gatherMs - performance.now());
    if (!isDraining) setTimeout(() => this.#drain(), wait);
  }

  #drain(): void {
    const announced = this.#announced;
    if (announced === undefined) return;
    if (this.#publisher.isCrowded) {
      this.#printed.soothe();
      setTimeout(() => this.#drain(), gatherMs);
      return;
    }
    this.#announced = undefined;
    const { turn, name, parent } = announced;
    this.#last = performance.now();
    const text = this.#printed.take(turn);
    if (text === '') return;
    this.#publisher.stream(name, text, parent);
    this.#publisher.flush();
  }
}
