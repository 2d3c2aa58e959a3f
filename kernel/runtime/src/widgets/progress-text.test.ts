import { expect, test } from 'vitest';
import { durationText, finalText, runningText } from './progress-text.ts';

const state = { label: 'fits', done: 37, total: 100, elapsedSeconds: 3.2, rate: 12 };

test.each([
  [0.04, '0.0 s'],
  [9.96, '10.0 s'],
  [59.4, '59 s'],
  [61, '1:01'],
  [3600, '1:00:00'],
  [37_845, '10:30:45'],
])('%d seconds read %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

test('a loop that runs says how far, how fast and how long', () =>
  expect(runningText(state)).toBe('37 of 100, 12/s, 5.3 s left'));
test('it says only how long it has run while nothing else is known', () =>
  expect(runningText({ ...state, rate: undefined })).toBe('37 of 100, 3.2 s'));
test('without a number of rounds it counts', () =>
  expect(runningText({ ...state, done: 12_345, total: undefined, rate: 0.25 })).toBe('12,345, 0.25/s'));
test('a loop that ended keeps a line', () =>
  expect(finalText({ ...state, done: 100 }, true)).toBe('fits ████████████████████ 100 of 100 in 3.2 s, 31/s'));
test('a loop that was left says so', () =>
  expect(finalText(state, false)).toBe('fits ███████░░░░░░░░░░░░░ stopped at 37 of 100 in 3.2 s, 12/s'));
test('no rounds are whole, too', () =>
  expect(finalText({ ...state, label: '', done: 0, total: 0, elapsedSeconds: 0 }, true)).toBe(
    '░░░░░░░░░░░░░░░░░░░░ 0 of 0 in 0.0 s',
  ));
