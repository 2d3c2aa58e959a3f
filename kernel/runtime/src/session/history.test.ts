import { expect, test } from 'vitest';
import { History } from './history.ts';

const history = new History();
['let a = 1', 'a + 1', 'a + 1', 'a * [2]'].forEach((code, index) => history.add(index + 1, code));
const codes = (request: Record<string, unknown>): readonly unknown[] =>
  (history.reply(request).history as unknown[][]).map((entry) => entry[2]);

test('a tail gives the last lines', () => {
  expect(codes({ hist_access_type: 'tail', n: 2 })).toEqual(['a + 1', 'a * [2]']);
});
test('a range gives lines from start up to stop', () => {
  expect(codes({ hist_access_type: 'range', start: 2, stop: 4 })).toEqual(['a + 1', 'a + 1']);
});
test('a search takes * and ? and nothing else as wildcards', () => {
  expect(codes({ hist_access_type: 'search', pattern: 'a ? 1' })).toEqual(['a + 1', 'a + 1']);
  expect(codes({ hist_access_type: 'search', pattern: 'a ? 1', unique: true })).toEqual(['a + 1']);
  expect(codes({ hist_access_type: 'search', pattern: '*[2]' })).toEqual(['a * [2]']);
});
test('outputs are said to be unknown when they are asked for', () => {
  expect(codes({ hist_access_type: 'tail', n: 1, output: true })).toEqual([['a * [2]', null]]);
});
