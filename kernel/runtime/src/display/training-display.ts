import {
  lightTheme,
  plotlyMime,
  trainingFigure,
  trainingMime,
  type MimeBundle,
  type TrainingProgress,
} from '@cygnet/contract';
import type { DisplaySink } from './sink.ts';

/** Updates a second and training that the notebook gets at most. */
const updatesPerSecond = 10;

interface Shown {
  lastSentMs: number;
  timer?: NodeJS.Timeout;
}

export interface TrainingDisplayOptions {
  readonly sink: DisplaySink;
  /** Representation of a progress; `isLast` asks for the one that saved notebooks keep. */
  readonly bundleOf?: (progress: TrainingProgress, isLast: boolean) => MimeBundle;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Shows trainings while they run: one output each, replaced in place, at most ten times a second. */
export class TrainingDisplay {
  readonly #options: Required<TrainingDisplayOptions>;
  readonly #shown = new Map<string, Shown>();

  constructor(options: TrainingDisplayOptions) {
    this.#options = { bundleOf: trainingBundle, now: () => performance.now(), ...options };
  }

  show(progress: TrainingProgress): void {
    const known = this.#shown.get(progress.id);
    clearTimeout(known?.timer);
    if (progress.state !== 'running') {
      this.#send(progress, known === undefined);
      this.#shown.delete(progress.id);
      return;
    }
    if (known === undefined) {
      this.#shown.set(progress.id, { lastSentMs: this.#options.now() });
      return this.#send(progress, true);
    }
    const wait = known.lastSentMs + 1000 / updatesPerSecond - this.#options.now();
    const update = (): void => {
      known.lastSentMs = this.#options.now();
      this.#send(progress, false);
    };
    if (wait <= 0) update();
    else known.timer = setTimeout(update, wait);
  }

  #send(progress: TrainingProgress, isFirst: boolean): void {
    const { sink, bundleOf } = this.#options;
    sink.publish(isFirst ? 'display_data' : 'update_display_data', {
      data: bundleOf(progress, progress.state !== 'running'),
      metadata: {},
      transient: { display_id: `cygnet-training-${progress.id}` },
    });
  }
}

const numberText = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'none' : value.toPrecision(4);

/** One line for clients that draw nothing. */
export const trainingText = (progress: TrainingProgress): string => {
  const last = progress.steps.at(-1);
  const parts = [`${progress.unit} ${last?.step ?? 0} of ${progress.totalSteps}`];
  if (last) parts.push(`loss ${numberText(last.loss)}`);
  if (last?.validationLoss !== undefined) parts.push(`validation loss ${numberText(last.validationLoss)}`);
  if (last?.validationAuc !== undefined) parts.push(`validation AUC ${numberText(last.validationAuc)}`);
  parts.push(`${progress.elapsedSeconds.toFixed(1)} s`, progress.engine);
  if (progress.message !== undefined) parts.push(progress.message);
  return `${progress.model} (${progress.state}): ${parts.join(', ')}`;
};

/**
 * A training's progress as our own MIME type and as text. The last one, which saved notebooks keep, also as a plotly
 * figure for front ends that do not know our type.
 */
export const trainingBundle = (progress: TrainingProgress, isLast: boolean): MimeBundle => ({
  [trainingMime]: progress,
  ...(isLast ? { [plotlyMime]: trainingFigure(progress, lightTheme) } : {}),
  'text/plain': trainingText(progress),
});
