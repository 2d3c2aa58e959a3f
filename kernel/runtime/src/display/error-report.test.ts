import { expect, test } from 'vitest';
import { errorReport } from './error-report.ts';

const withStack = (error: Error, ...frames: readonly string[]): Error =>
  Object.assign(error, { stack: [String(error), ...frames.map((frame) => `    at ${frame}`)].join('\n') });

test("an error shows its name, its message and the user's own frames", () => {
  const error = withStack(
    new TypeError('bad cut'),
    'select (/x/node_modules/table/index.js:3:1)',
    'read (file:///clone/kernel/hepml/dist/table.js:1:1)',
    'process.processTicks (node:internal/process:1:1)',
    'applyCut (In [3]:2:5)',
    'In [4]:1:1',
  );
  expect(errorReport(error, '/clone/kernel/')).toEqual({
    ename: 'TypeError',
    evalue: 'bad cut',
    traceback: ['TypeError: bad cut', '    at applyCut (In [3]:2:5)', '    at In [4]:1:1'],
  });
});
test('an error without frames of the user shows where it came from', () => {
  const error = withStack(new Error('x'), 'a (/x/node_modules/a.js:1:1)');
  expect(errorReport(error, '/clone').traceback).toEqual(['Error: x', '    at a (/x/node_modules/a.js:1:1)']);
});
test("the kernel's own frames are not shown when there are no others", () => {
  const frames = ['interrupt (file:///clone/kernel/runtime/dist/x.js:1:1)', 'Worker.emit (node:events:514:28)'];
  const error = withStack(new Error('interrupted'), ...frames);
  expect(errorReport(error, '/clone/kernel/').traceback).toEqual(['Error: interrupted']);
});
test('a recursion is folded', () => {
  const error = withStack(new RangeError('deep'), 'f (In [1]:2:1)', 'f (In [1]:1:1)', 'f (In [1]:1:1)', 'In [1]:3:1');
  expect(errorReport(error, '/clone').traceback.slice(1)).toEqual([
    '    at f (In [1]:2:1)',
    '    at f (In [1]:1:1) (2 times)',
    '    at In [1]:3:1',
  ]);
});
test('causes are shown', () => {
  const error = withStack(new Error('outer', { cause: withStack(new Error('inner'), 'In [1]:1:1') }), 'In [2]:1:1');
  expect(errorReport(error, '/clone').traceback).toContain('Caused by Error: inner');
});
test('anything may have been thrown', () => {
  expect(errorReport('words', '/')).toMatchObject({ ename: 'Thrown value', evalue: "'words'" });
  expect(errorReport(undefined, '/').evalue).toBe('undefined');
  const hostile = Object.defineProperty(new Error(), 'message', {
    get: () => {
      throw new Error('no');
    },
  });
  expect(errorReport(hostile, '/').ename).toBe('Error');
});
