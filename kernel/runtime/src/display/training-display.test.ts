import {
  exampleTrainingProgress,
  plotlyMime,
  isTrainingProgress,
  trainingMime,
  type TrainingProgress,
} from '@cygnet/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TrainingDisplay, trainingText } from './training-display.ts';

interface Sent {
  readonly type: string;
  readonly content: { data: Record<string, unknown>; transient: unknown };
}

let sent: Sent[] = [];
let trainings: TrainingDisplay;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  const publish = (type: string, content: unknown): void => {
    sent.push({ type, content: content as Sent['content'] });
  };
  trainings = new TrainingDisplay({ sink: { publish }, now: () => Date.now() });
});
afterEach(() => vi.useRealTimers());

const at = (step: number, state: TrainingProgress['state'] = 'running'): TrainingProgress => ({
  ...exampleTrainingProgress,
  state,
  steps: [{ step, loss: 1 / step }],
});
const shownSteps = (): readonly unknown[] =>
  sent.map(({ content }) => (content.data[trainingMime] as TrainingProgress).steps[0]?.step);

test('the first progress opens an output that later ones replace', () => {
  trainings.show(at(1));
  vi.advanceTimersByTime(200);
  trainings.show(at(2));
  expect(sent.map(({ type }) => type)).toEqual(['display_data', 'update_display_data']);
  expect(sent[0]?.content.transient).toEqual(sent[1]?.content.transient);
  expect(isTrainingProgress(sent[0]?.content.data[trainingMime])).toBe(true);
});
test('quick progress is thinned out, and the latest of it comes after a while', () => {
  for (let step = 1; step <= 20; step += 1) {
    trainings.show(at(step));
    vi.advanceTimersByTime(10);
  }
  expect(sent.length).toBeLessThanOrEqual(4);
  vi.advanceTimersByTime(200);
  expect(shownSteps().at(-1)).toBe(20);
});
test('the last progress comes at once and nothing after it', () => {
  trainings.show(at(1));
  trainings.show(at(2));
  trainings.show(at(3, 'finished'));
  vi.advanceTimersByTime(1000);
  expect(shownSteps()).toEqual([1, 3]);
  expect(sent.map(({ content }) => plotlyMime in content.data)).toEqual([false, true]);
});
test('a training that is over at its first progress is shown once', () => {
  trainings.show(at(1, 'failed'));
  expect(sent.map(({ type }) => type)).toEqual(['display_data']);
});
test('the text names what matters', () => {
  expect(trainingText(exampleTrainingProgress)).toBe(
    'dense-1 (running): epoch 2 of 10, loss 0.6600, validation loss 0.6500, validation AUC 0.6700, 1.5 s, tf-eager on CPU',
  );
});
