import { randomUUID } from 'node:crypto';
import { displaySymbol } from '@cygnet/contract';
import { displaySink } from '../display/index.ts';
import { controls, type Control } from './controls.ts';
import { finalText, runningText, type ProgressState } from './progress-text.ts';
import { updateIntervalMs } from './send-pace.ts';
import { hasWidgetSession } from './widget-session.ts';

/** How far back the rate looks, in milliseconds, and how far at least. */
const rateWindowMs = 10_000;
const shortestRateMs = 200;

/** Rounds between two looks at the clock, at most: a look takes as long as a short round. */
const longestStride = 16;
/** What counts as a short round, in milliseconds. */
const shortRoundMs = 0.1;

/** Where a loop's progress is seen. */
interface View {
  update(state: ProgressState): void;
  end(text: string): void;
}

/** One loop that is on its way. */
export class ProgressRun {
  readonly #label: string;
  readonly #total: number | undefined;
  readonly #view: View;
  readonly #startMs: number;
  /** Times and counts of the last updates. */
  readonly #marks: (readonly [ms: number, done: number])[];
  #done = 0;
  #stride = 1;
  #nextLook = 1;
  #lookedMs: number;
  #nextMs: number;
  #isWhole = false;

  constructor(label: string, total: number | undefined) {
    this.#label = label;
    this.#total = total;
    const state = { label, done: 0, total, elapsedSeconds: 0, rate: undefined };
    this.#view = hasWidgetSession() ? new NotebookView(state) : new TerminalView();
    this.#startMs = performance.now();
    this.#lookedMs = this.#startMs;
    this.#marks = [[this.#startMs, 0]];
    this.#nextMs = this.#startMs + updateIntervalMs;
  }

  /** A round is over. */
  advance(): void {
    this.#done += 1;
    if (this.#done < this.#nextLook) return;
    const now = performance.now();
    const isShort = now - this.#lookedMs < shortRoundMs * this.#stride;
    this.#stride = isShort ? Math.min(2 * this.#stride, longestStride) : 1;
    this.#nextLook = this.#done + this.#stride;
    this.#lookedMs = now;
    if (now < this.#nextMs) return;
    this.#nextMs = now + updateIntervalMs;
    this.#marks.push([now, this.#done]);
    while ((this.#marks[1]?.[0] ?? now) < now - rateWindowMs) this.#marks.shift();
    this.#view.update(this.#state(now));
  }

  /** All rounds are over. */
  complete(): void {
    this.#isWhole = true;
  }

  /** The loop has been left. */
  end(): void {
    this.#view.end(finalText(this.#state(performance.now()), this.#isWhole));
  }

  #state(now: number): ProgressState {
    const [firstMs, first] = this.#marks[0] ?? [now, 0];
    const rate =
      now >= firstMs + shortestRateMs && this.#done > first
        ? ((this.#done - first) * 1000) / (now - firstMs)
        : undefined;
    const elapsedSeconds = (now - this.#startMs) / 1000;
    return { label: this.#label, done: this.#done, total: this.#total, elapsedSeconds, rate };
  }
}

/** A bar and a text as widgets; at the end the text alone, which saved notebooks keep. */
class NotebookView implements View {
  readonly #displayId = randomUUID();
  readonly #bar: Control<'floatProgress'>;
  readonly #text: Control<'label'>;
  readonly #box: Control<'hbox'>;

  constructor(state: ProgressState) {
    const { label, total } = state;
    this.#bar = controls.floatProgress({
      description: label,
      max: Math.max(total ?? 1, 1),
      value: total === undefined ? 1 : 0,
      barStyle: total === undefined ? 'info' : '',
      style: { descriptionWidth: 'initial' },
    });
    this.#text = controls.label({ value: runningText(state) });
    this.#box = controls.hbox({ children: [this.#bar, this.#text] });
    const data = { ...this.#box[displaySymbol](), 'text/plain': finalText(state, true) };
    this.#publish('display_data', data);
  }

  update(state: ProgressState): void {
    if (state.total !== undefined) this.#bar.value = Math.min(state.done, this.#bar.max);
    this.#text.value = runningText(state);
  }

  end(text: string): void {
    this.#publish('update_display_data', { 'text/plain': text });
    for (const widget of [this.#box, this.#text, this.#bar]) widget.close();
  }

  #publish(type: 'display_data' | 'update_display_data', data: Readonly<Record<string, unknown>>): void {
    displaySink().publish(type, { data, metadata: {}, transient: { display_id: this.#displayId } });
  }
}

/** Lines of text, for programs outside a notebook. */
class TerminalView implements View {
  update(state: ProgressState): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${state.label} ${runningText(state)}`);
  }

  end(text: string): void {
    process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${text}\n`);
  }
}
