import { expect, test } from 'vitest';
import { joinState, splitState } from './binary-state.ts';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

test('bytes leave a state with their places, and come back to them', () => {
  const original = { name: 'x', image: bytes(1), files: [{ content: bytes(2, 3), size: 2 }], list: [0, bytes(4)] };
  const { state, paths, buffers } = splitState(original);
  expect(state).toEqual({ name: 'x', files: [{ size: 2 }], list: [0, null] });
  expect(paths).toEqual([['image'], ['files', 0, 'content'], ['list', 1]]);
  joinState(state, paths, buffers);
  expect(state).toEqual(original);
});

test('a state without bytes stays as it is', () =>
  expect(splitState({ a: [1, { b: null }], when: undefined })).toEqual({
    state: { a: [1, { b: null }], when: undefined },
    paths: [],
    buffers: [],
  }));

test.each([[['nowhere', 'x']], [[]], ['text'], [['__proto__']], [['list', 3, 'x']]])(
  'bytes for %j, which is not there, are refused',
  (path) => expect(() => joinState({ list: [1] }, [path], [bytes(1)])).toThrow(RangeError),
);
