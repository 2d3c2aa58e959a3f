import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Notebook } from './notebook.ts';

const notebook = new Notebook(mkdtempSync(path.join(tmpdir(), 'cygnet-engine-')));

describe('the compiler complains', () => {
  test('about a wrong type, at the line and column of the cell', async () => {
    await notebook.value('const before = 1');
    expect(await notebook.complaint('const fine = before;\nconst wrong: string = before;')).toMatchObject({
      line: 2,
      column: 7,
      code: 2322,
      message: "Type 'number' is not assignable to type 'string'.",
    });
  });
  test('about an unknown name and suggests a close one', async () => {
    await notebook.value('const luminosity = 1');
    expect((await notebook.complaint('luminosty')).message).toContain("Did you mean 'luminosity'");
  });
  test('about a syntax error at its place', async () => {
    expect(await notebook.complaint('let x1 = ;')).toMatchObject({ line: 1, column: 10 });
  });
  test('about an unclosed block inside the cell', async () => {
    expect((await notebook.complaint('function f1() {')).line).toBe(1);
  });
  test('about assigning to a constant of another cell', async () => {
    await notebook.value('const fixed = 1');
    expect((await notebook.complaint('fixed = 2')).message).toContain('because it is a constant');
  });
  test('about an unknown module', async () => {
    expect((await notebook.complaint('import x2 from "no-such-package"')).message).toContain('no-such-package');
  });
  test('and nothing of the cell runs', async () => {
    await notebook.value('let touched = false');
    await notebook.complaint('touched = true; const bad: string = 1;');
    expect(await notebook.value('touched')).toBe(false);
  });
  test('and the earlier definition of a name stays', async () => {
    await notebook.value('const kept = 1');
    await notebook.complaint('const kept: string = 5;');
    expect(await notebook.value('kept')).toBe(1);
  });
});

describe('a cell that throws', () => {
  test('shows the lines of its TypeScript, and no others', async () => {
    await notebook.value(
      'interface Padding {\n  a: number;\n}\nfunction thrower(x: number) {\n  throw new Error(`bad ${x}`);\n}',
    );
    const { stack = '' } = await notebook.failure('const one = 1;\n\nthrower(one);');
    expect(stack.split('\n')).toEqual([
      'Error: bad 1',
      expect.stringMatching(/^ {4}at thrower \(In \[\d+\]:5:9\)$/),
      expect.stringMatching(/^ {4}at In \[\d+\]:3:\d$/),
    ]);
  });
  test('after an await shows its line', async () => {
    const { stack } = await notebook.failure('await null;\nawait null;\nthrow new TypeError("late");');
    expect(stack).toMatch(/In \[\d+\]:3:7/);
  });
  test('keeps what it had declared before', async () => {
    await notebook.failure('const early = 1;\nthrow new Error("x");');
    expect(await notebook.value('early')).toBe(1);
  });
  test('keeps the earlier definition of what it had not reached', async () => {
    await notebook.value('const reached = 1');
    await notebook.failure('throw new Error("x");\nconst reached = "new";');
    expect(await notebook.value('reached')).toBe(1);
  });
  test('keeps its functions and types', async () => {
    await notebook.failure('interface Kept { a: number }\nthrow new Error("x");\nfunction keptToo() { return 2; }');
    expect(await notebook.value('const k: Kept = { a: keptToo() }; k.a')).toBe(2);
  });
  test('may throw anything', async () => {
    expect(await notebook.failure('throw "words"')).toBe('words');
  });
  test('at an import that fails does not stop the session', async () => {
    expect((await notebook.failure('await import("./not-here" as string)')).message).toContain('not-here');
    expect(await notebook.value('1')).toBe(1);
  });
});

describe('a loop', () => {
  const interruptSoon = (): void => {
    setTimeout(() => notebook.interruption.interrupt(), 30);
  };
  test.each([
    ['an endless while', 'while (true) { await null; await new Promise((r) => setImmediate(r)); }'],
    ['a loop after an await', 'await null; for (;;) await new Promise((r) => setImmediate(r));'],
    ['a loop that swallows errors', 'for (;;) { try { await new Promise((r) => setImmediate(r)); } catch { 1; } }'],
    ['a pending await', 'await new Promise(() => {})'],
  ])('or wait is interrupted: %s', async (_name, code) => {
    interruptSoon();
    expect((await notebook.failure(code)).name).toBe('KeyboardInterrupt');
    expect(await notebook.value('40 + 2')).toBe(42);
  });
  test('has a guard of every kind', async () => {
    const { code = '' } = await notebook.run(
      'for (let i = 0; i < 1; i++) i; while (false) 1; do { 1; } while (false); for (const k in {}) k; for (const v of []) v;',
    );
    expect(code.match(/__cygnet_flag\[0\]/g)).toHaveLength(5);
  });
});
