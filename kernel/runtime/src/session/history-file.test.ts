import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { HistoryFile, historyFilePath } from './history-file.ts';
import { History } from './history.ts';

const fresh = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'cygnet-history-')), 'below/history.jsonl');
const fail = (error: Error): never => {
  throw error;
};
const session = (file: string, ...cells: readonly string[]): History => {
  const history = new History(new HistoryFile(file, fail));
  cells.forEach((code, i) => history.add(i + 1, code));
  return history;
};

test('the next session remembers, and its own cells follow', () => {
  const file = fresh();
  session(file, 'const a = 1', 'a + 1');
  const second = session(file, 'const b = 2');
  const tail = second.reply({ hist_access_type: 'tail', n: 2 });
  expect(tail.history).toEqual([
    [1, 2, 'a + 1'],
    [2, 1, 'const b = 2'],
  ]);
  const search = second.reply({ hist_access_type: 'search', pattern: 'const*', n: 10, unique: true });
  expect(search.history).toEqual([
    [1, 1, 'const a = 1'],
    [2, 1, 'const b = 2'],
  ]);
});

test('a range is of one session: 0 the running one, negative ones before it', () => {
  const file = fresh();
  session(file, 'old 1', 'old 2', 'old 3');
  const second = session(file, 'new 1');
  const range = (of: number, start?: number, stop?: number): unknown =>
    second.reply({ hist_access_type: 'range', session: of, start, stop }).history;
  expect(range(0)).toEqual([[2, 1, 'new 1']]);
  expect(range(-1, 2, 4)).toEqual([
    [1, 2, 'old 2'],
    [1, 3, 'old 3'],
  ]);
  expect(range(1, 1, 2)).toEqual([[1, 1, 'old 1']]);
});

test('only the user can read the file', () => {
  const file = fresh();
  session(file, 'secret');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

test('the file is bounded, and damaged lines are passed over', () => {
  const file = fresh();
  session(file, 'first');
  const many = Array.from({ length: 9000 }, (_, i) => JSON.stringify({ session: 1, line: i + 2, code: `cell ${i}` }));
  writeFileSync(file, [...many, '{"session": 1, "li', 'nonsense', ''].join('\n'));
  const { history } = session(file).reply({ hist_access_type: 'tail', n: 0 }) as { history: unknown[][] };
  expect(history).toHaveLength(5000);
  expect(history.at(-1)).toEqual([1, 9001, 'cell 8999']);
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(5010);
  session(file, 'x'.repeat(100_000));
  expect(statSync(file).size).toBeLessThan(1e6);
});

test('a file that cannot be written costs the history of other sessions, nothing else', () => {
  const errors: string[] = [];
  const history = new History(
    new HistoryFile(path.join(process.execPath, 'history.jsonl'), ({ message }) => errors.push(message)),
  );
  history.add(1, 'one');
  history.add(2, 'two');
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('The history is not kept');
  expect(history.reply({ hist_access_type: 'tail', n: 5 }).history).toHaveLength(2);
});

test('the file is where the environment says, and nowhere without it', () => {
  expect(historyFilePath({ CYGNET_HISTORY_FILE: '/a/h.jsonl', JUPYTER_DATA_DIR: '/b' })).toBe('/a/h.jsonl');
  expect(historyFilePath({ JUPYTER_DATA_DIR: '/b' })).toBe('/b/cygnet/history.jsonl');
  expect(historyFilePath({})).toBeUndefined();
});
