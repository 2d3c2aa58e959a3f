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
  test.each([
    ['a wrong member, with the right one', 'Math.sqroot(2)', 2551, "Did you mean 'sqrt'"],
    ['a wrong argument', 'parseInt({})', 2345, "not assignable to parameter of type 'string'"],
    ['a missing argument', '((a: number, b: number) => a + b)(1)', 2554, 'Expected 2 arguments, but got 1'],
    [
      'a property too many',
      'const p1: { ptGeV: number } = { ptGeV: 1, ptGev: 2 };',
      2561,
      "Did you mean to write 'ptGeV'",
    ],
    [
      'what may be undefined',
      'const list1: number[] | undefined = Math.random() > 2 ? [] : undefined; list1.length',
      18048,
      "'list1' is possibly 'undefined'",
    ],
    ['a value where a type is meant', 'const v1 = 1; let w1: v1;', 2749, "Did you mean 'typeof v1'"],
    ['a name declared twice', 'const d1 = 1; const d1 = 2;', 2451, 'redeclare'],
    ['a name used too early', 'e1; const e1 = 1;', 2448, 'before its declaration'],
    [
      'a missing member of an interface',
      'interface I1 { a: number; b: string } const i1: I1 = { a: 1 };',
      2741,
      "Property 'b' is missing",
    ],
    ['markup, as JSX is off', 'const j1 = <b>bold</b>;', 1161, 'Unterminated'],
  ])('about %s', async (_what, code, number, words) => {
    const found = await notebook.complaint(code);
    expect(found.message).toContain(words);
    expect(found.code).toBe(number);
  });
  test('about every mistake of a cell, in order', async () => {
    const { diagnostics } = await notebook.run('const a1: string = 1;\n\nconst b1: number = "x";');
    expect(diagnostics.map(({ line }) => line)).toEqual([1, 3]);
  });
  test('about an unknown module', async () => {
    const { message } = await notebook.complaint('import x2 from "@no/such-package/part"');
    expect(message).toContain("Cannot find module '@no/such-package/part'");
    expect(message).toMatch(/%npm install @no\/such-package$/);
    expect((await notebook.complaint('import x3 from "./nothing"')).message).not.toContain('%npm');
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
  test('keeps what a destructuring had given, and what later cells then do with it', async () => {
    await notebook.failure(
      'const [first, second] = [1, "two"]; let third = 3;\nthrow new Error("x");\nconst fourth = 4;',
    );
    expect(await notebook.value('third += first; [first, second.length, third]')).toEqual([1, 3, 4]);
    expect((await notebook.complaint('fourth')).code).toBe(2304);
  });
  test('keeps its imports and classes', async () => {
    await notebook.failure('import { sep as kept1 } from "node:path/posix"; class Kept2 { a = kept1; }\nthrow 1;');
    expect(await notebook.value('new Kept2().a + kept1')).toBe('//');
  });
  test('of a rejected await keeps what was before it', async () => {
    await notebook.failure('const before1 = 1; await Promise.reject(new Error("x")); const after1 = 2;');
    expect(await notebook.value('before1')).toBe(1);
    expect((await notebook.complaint('after1')).code).toBe(2304);
  });
  test('names its causes', async () => {
    const error = await notebook.failure('throw new Error("outer", { cause: new RangeError("inner") })');
    expect(error.cause).toMatchObject({ name: 'RangeError', message: 'inner' });
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
  test('that is interrupted leaves what the cell had declared, and a name that it had not reached as it was', async () => {
    await notebook.value('const later1 = "old"');
    interruptSoon();
    await notebook.failure(
      'let rounds = 0; for (;;) { rounds += 1; await new Promise((r) => setImmediate(r)); }\nconst later1 = "new";',
    );
    expect(await notebook.value('rounds > 0')).toBe(true);
    expect(await notebook.value('later1')).toBe('old');
  });
  test('of an interrupted cell does not go on while later cells run', async () => {
    interruptSoon();
    await notebook.failure('let turns = 0; for (;;) { turns += 1; await new Promise((r) => setTimeout(r, 1)); }');
    const seen = await notebook.value('turns');
    await notebook.value('await new Promise((r) => setTimeout(r, 40))');
    expect(await notebook.value('turns')).toBe(seen);
  });
  test('has a guard of every kind', async () => {
    const { code = '' } = await notebook.run(
      'for (let i = 0; i < 1; i++) i; while (false) 1; do { 1; } while (false); for (const k in {}) k; for (const v of []) v;',
    );
    expect(code.match(/if \(__cygnet_flag\[0\]\)\s+break;/g)).toHaveLength(5);
    expect(code.match(/if \(__cygnet_flag\[0\]\)\s+__cygnet_stop\(\);/g)).toHaveLength(5);
  });
  test('of a library ends by what it calls back: functions have guards that heed an interrupt on its way', async () => {
    for (const callback of ['(x) => x', '(x) => { return x; }', 'function (x) { return x; }', 'async (x) => x']) {
      const { code = '' } = await notebook.run(`[1].map(${callback})`);
      expect(code).toContain('__cygnet_flag[0] === 1');
    }
    expect(await notebook.value('[3, 1, 2].sort((a, b) => a - b).map((x) => ({ x })).map(({ x }) => x)')).toEqual([
      1, 2, 3,
    ]);
    expect(
      await notebook.value('const self = { n: 2, twice() { return [1].map((x) => x * this.n); } }; self.twice()'),
    ).toEqual([2]);
  });
  test('keeps its labels', async () => {
    const code = `const labelled: number[] = [];
outer: again: for (let i = 0; i < 6; i++) {
  inner: for (const j of [1, 2, 3]) {
    if (j === 2) continue outer;
    if (i === 4) break again;
    if (i === 1) break inner;
    labelled.push(10 * i + j);
  }
  labelled.push(-i);
}
if (labelled.length > 0) for (const k in { a: 1 }) labelled.push(k.length); else while (true);
labelled`;
    expect(await notebook.value(code)).toEqual([1, -1, 21, 31, 1]);
  });
});
