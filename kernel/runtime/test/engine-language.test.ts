import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Notebook } from './notebook.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cygnet-engine-'));
const notebook = new Notebook(folder);

/** Cells that run one after the other, and what the last one gives. Names must not repeat between cases. */
const gives = (name: string, cells: readonly string[], expected: unknown): void => {
  test(name, async () => {
    expect(await notebook.value(...cells)).toEqual(expected);
  });
};

describe('the value of a cell', () => {
  gives('is its last expression', ['1; 2'], 2);
  gives('is nothing after a declaration', ['const v1 = 1;'], undefined);
  gives('is nothing after an empty cell', [''], undefined);
  gives('is nothing after a comment', ['// only words'], undefined);
  gives('survives a comment behind it', ['40 + 2 // the answer'], 42);
  gives('of an assignment is what was assigned', ['let v2 = 1; v2 = 7'], 7);
  gives('may be an object in parentheses', ['({ a: 1 })'], { a: 1 });
  gives('may be awaited', ['await Promise.resolve(5)'], 5);
  gives('may be await of an any', ['await (Promise.resolve(3) as any)'], 3);
  test('may be a promise, which stays one', async () => {
    expect((await notebook.run('Promise.resolve(1)')).value).toBeInstanceOf(Promise);
  });
  gives('may be a template over several lines', ['`a\nb`'], 'a\nb');
  gives('does not come from inside a block', ['if (true) { 5; }'], undefined);
});

describe('names of other cells', () => {
  gives('are read', ['const n1 = 3', 'n1 * 2'], 6);
  gives('are assigned', ['let n2 = 3', 'n2 = 4; n2 += 1', 'n2'], 5);
  gives('are counted up', ['let n3 = 1', 'n3++; ++n3', 'n3'], 3);
  gives(
    'assigned later are seen by earlier closures',
    ['let n4 = 1; const readN4 = () => n4', 'n4 = 10', 'readN4()'],
    10,
  );
  gives(
    'written by closures are seen later',
    ['let n5 = 0; function bumpN5() { n5 += 1; }', 'bumpN5(); bumpN5()', 'n5'],
    2,
  );
  gives(
    'redefined as functions are used by functions of other cells',
    ['function n6() { return 1; }', 'const callN6 = () => n6()', 'function n6() { return 2; }', 'callN6()'],
    2,
  );
  gives('work as shorthand properties', ['const n7 = 7', '({ n7 })'], { n7: 7 });
  gives('work in destructuring assignments', ['let n8 = 1, n9 = 2', '[n8, n9] = [n9, n8]', '[n8, n9]'], [2, 1]);
  gives(
    'work in object destructuring with defaults',
    ['let n10 = 0', '({ n10 = 5 } = {} as { n10?: number })', 'n10'],
    5,
  );
  gives('work as loop variables', ['let n11 = 0', 'for (n11 of [1, 2, 3]) { n11; }', 'n11'], 3);
  gives('are shadowed by parameters', ['const n12 = 1', '((n12: number) => n12 + 1)(10)'], 11);
  gives('are shadowed by inner declarations', ['const n13 = 1', '{ const n13 = 5; }\nn13'], 1);
  gives('do not capture property names', ['const n14 = 1', '({ n14: 2 }).n14'], 2);
  gives('are called without this', ['function n15(this: unknown) { return this === undefined; }', 'n15()'], true);
  gives('work in template literals', ['const n16 = "x"', '`<${n16}>`'], '<x>');
  gives('work with typeof', ['const n17 = 1', 'typeof n17'], 'number');
  gives(
    'work in nested functions and classes',
    ['const n18 = 2', 'class UsesN18 { f() { return [1].map((x) => x + n18); } }\nnew UsesN18().f()'],
    [3],
  );
  gives('hoisted by var in a block are known', ['if (true) { var n19 = 4; }', 'n19'], 4);
  gives(
    'work under their own name in an object pattern',
    ['const { n20, ...n21 } = { n20: 1, b: 2 }', '[n20, n21]'],
    [1, { b: 2 }],
  );
  gives('from array patterns with holes work', ['const [, n22 = 9] = [1] as number[]', 'n22'], 9);
});

describe('redeclaring a name', () => {
  gives('gives it a new type', ['const r1 = 1', 'const r1 = "text"', 'r1.toUpperCase()'], 'TEXT');
  gives(
    'lets the new value use the old elsewhere',
    ['let r2 = 1', 'const keepR2 = r2', 'let r2 = "b"', '[keepR2, r2]'],
    [1, 'b'],
  );
  gives('replaces a function by a constant', ['function r3() { return 1; }', 'const r3 = 2', 'r3'], 2);
  gives('replaces a class', ['class R4 { a = 1 }', 'class R4 { b = 2 }', 'new R4().b'], 2);
  gives(
    'replaces an interface',
    ['interface R5 { a: number }', 'interface R5 { b: string }', 'const r5: R5 = { b: "x" }; r5.b'],
    'x',
  );
  gives(
    'keeps functions of its own cell on the old one',
    ['let r6 = 1; const readR6 = () => r6', 'let r6 = 5', 'readR6()'],
    1,
  );
  gives('by an import works', ['const sep = 1', 'import { sep } from "node:path"', 'typeof sep'], 'string');
  gives('does not see the earlier one in its own cell', ['const r7 = 1', 'const r7 = [2].map((x) => x)', 'r7'], [2]);
});

describe('types', () => {
  gives('of interfaces carry over', ['interface T1 { a: number }', 'const t1: T1 = { a: 1 }; t1.a'], 1);
  gives('of aliases carry over', ['type T2 = "x" | "y"', 'const t2: T2 = "x"; t2'], 'x');
  gives(
    'of generic functions carry over',
    ['function t3<A>(a: A): A[] { return [a]; }', 't3(1)[0]!.toFixed(1)'],
    '1.0',
  );
  gives(
    'of generic classes carry over',
    ['class Box4<A> { constructor(readonly v: A) {} }', 'const t4: Box4<number> = new Box4(2); t4.v'],
    2,
  );
  gives('of enums carry over', ['enum T5 { A = 1, B }', 'const t5: T5 = T5.B; t5'], 2);
  gives('of const enums carry over', ['const enum T6 { A = 3 }', 'T6.A'], 3);
  gives('of namespaces carry over', ['namespace T7 { export const a = 1; }', 'T7.a'], 1);
  gives(
    'of abstract classes carry over',
    ['abstract class T8 { abstract f(): number }', 'class T8b extends T8 { f() { return 8; } }\nnew T8b().f()'],
    8,
  );
  gives(
    'of private fields and accessors work',
    ['class T9 { #x = 1; get x() { return this.#x; } static s = 2 }', 'new T9().x + T9.s'],
    3,
  );
  gives('with satisfies and as const work', ['const t10 = { a: 1 } as const satisfies { a: number }', 't10.a'], 1);
  gives(
    'sharing a name with a value work',
    ['interface T11 { a: number }\nconst T11 = (a: number): T11 => ({ a })', 'const t11: T11 = T11(4); t11'],
    { a: 4 },
  );
  gives(
    'declared global are seen later',
    ['declare global { interface Array<T> { t12(): number } }\nArray.prototype.t12 = () => 12', '[1].t12()'],
    12,
  );
  gives('of generators work', ['function* t13() { yield 1; yield 2; }', '[...t13()]'], [1, 2]);
  gives(
    'of async generators work',
    [
      'async function* t14() { yield 1; yield 2; }',
      'const got14: number[] = []; for await (const x of t14()) got14.push(x); got14',
    ],
    [1, 2],
  );
  gives(
    'of overloads work',
    [
      'function t15(a: number): number;\nfunction t15(a: string): string;\nfunction t15(a: unknown) { return a; }',
      't15("x").length',
    ],
    1,
  );
  gives(
    'of decorated classes work',
    [
      'const seen16: string[] = [];\nfunction mark(_: unknown, context: ClassDecoratorContext) { seen16.push(String(context.name)); }\n@mark class T16 {}',
      'seen16',
    ],
    ['T16'],
  );
  gives('with implicit any in parameters are let through', ['function t17(x) { return x; }', 't17(3)'], 3);
  gives('of Node are known', ['Buffer.from("a").toString("hex")'], '61');
});

describe('a name with a value and a type', () => {
  gives(
    'keeps its type when another cell gives it a value',
    [
      'interface Both1 { a: number }',
      'const Both1 = (a: number): Both1 => ({ a })',
      'const b1: Both1 = Both1(3); b1.a',
    ],
    3,
  );
  gives(
    'keeps its value when another cell gives it a type',
    ['const Both2 = (a: number) => a + 1', 'interface Both2 { a: number }', 'const b2: Both2 = { a: Both2(3) }; b2.a'],
    4,
  );
  gives(
    'has its earlier value in the cell that gives it a type',
    ['const Both3 = 5', 'type Both3 = string; const b3: Both3 = String(Both3)', 'const b3b: Both3 = b3; b3b'],
    '5',
  );
  gives(
    'keeps an imported type beside its own value',
    ['import type { Stats } from "node:fs"', 'let Stats = 4', 'let b4: Stats | undefined; Stats += 1', 'Stats'],
    5,
  );
  gives(
    'keeps a generic type beside its own value',
    [
      'type Both5<A extends string = "a"> = { v: A }',
      'const Both5 = <A extends string>(v: A): Both5<A> => ({ v })',
      'const b5: Both5<"x"> = Both5("x"); b5.v',
    ],
    'x',
  );
  gives(
    'takes either from the latest cell',
    [
      'interface Both6 { a: number }',
      'const Both6 = 1',
      'interface Both6 { b: string }',
      'const Both6 = "two"',
      'const b6: Both6 = { b: Both6 }; b6.b',
    ],
    'two',
  );
  test('loses both when a class takes it', async () => {
    await notebook.value('interface Both7 { a: number }', 'const Both7 = 1', 'class Both7 { c = 1 }');
    expect((await notebook.complaint('const b7: Both7 = { a: 1 }')).code).toBe(2353);
  });
  test('loses the type of a class that a value replaces', async () => {
    await notebook.value('class Both8 { c = 1 }', 'const Both8 = 1');
    expect((await notebook.complaint('let b8: Both8')).message).toContain("'Both8' refers to a value");
  });
});

describe('work that outlives its cell', () => {
  gives(
    'sees what later cells assign',
    [
      'let o1 = 1; const o1Later = (async () => { await new Promise((r) => setTimeout(r, 20)); return o1; })();',
      'o1 = 7',
      'await o1Later',
    ],
    7,
  );
  gives(
    'changes what later cells read',
    [
      'let o2 = 0; const o2Timer = setInterval(() => { o2 += 1; }, 1)',
      'for (let o2Wait = 0; o2Wait < 5; o2Wait += 1) await new Promise((r) => setTimeout(r, 3)); clearInterval(o2Timer)',
      'o2 > 1',
    ],
    true,
  );
  gives(
    'keeps the names of its own cell when they are declared anew',
    [
      'let o3 = "old"; const o3Later = new Promise((r) => setTimeout(() => r(o3), 10))',
      'let o3 = 5',
      '[await o3Later, o3]',
    ],
    ['old', 5],
  );
  gives(
    'consumes an iterator over several cells',
    [
      'async function* o4() { let i = 0; for (;;) yield i++; } const o4It = o4()',
      '(await o4It.next()).value',
      '(await o4It.next()).value',
    ],
    1,
  );
});

describe('modules', () => {
  gives('of Node are imported', ['import path from "node:path"', 'path.posix.join("a", "b")'], 'a/b');
  gives(
    'are imported under other names',
    ['import { join as joinPaths } from "node:path/posix"', 'joinPaths("a", "b")'],
    'a/b',
  );
  gives('are imported as a whole', ['import * as osModule from "node:os"', 'typeof osModule.cpus'], 'function');
  gives('are imported dynamically', ['const m4 = await import("node:path/posix"); m4.sep'], '/');
  gives('are required', ['const m5 = require("node:path") as typeof import("node:path"); m5.posix.sep'], '/');
  gives(
    'give types only when asked',
    ['import type { Stats } from "node:fs"', 'const m6: Stats | undefined = undefined; m6'],
    undefined,
  );
  gives(
    'mix types and values',
    ['import { type Dirent, existsSync } from "node:fs"', 'let m7: Dirent | undefined; existsSync("/")'],
    true,
  );
  gives('know where they are', ['typeof import.meta.url'], 'string');
  test('know their file, their folder and what is beside them', async () => {
    expect(
      await notebook.value(
        'const { dirname: d, filename: f } = import.meta; [d, f.startsWith(d), import.meta.resolve("node:fs")]',
      ),
    ).toEqual([folder, true, 'node:fs']);
  });
  gives(
    'give a default and names at once',
    [
      'import m8, { basename as m8b, type ParsedPath } from "node:path"',
      'const m8c: ParsedPath = m8.parse("/a/b.c"); m8c.ext + m8b("/x/y")',
    ],
    '.cy',
  );
  gives('are imported for their effect', ['import "node:fs"; 1'], 1);
  gives('are exported again without harm', ['export { sep as m9 } from "node:path"; 1', '2'], 2);
  gives(
    'give classes for values and types',
    [
      'import { EventEmitter } from "node:events"',
      'const m10: EventEmitter = new EventEmitter(); m10 instanceof EventEmitter',
    ],
    true,
  );
  gives(
    'give types by import(…) types',
    ['let m11: import("node:fs").Stats | undefined; m11 = undefined', 'm11'],
    undefined,
  );
});

describe('unusual code', () => {
  gives('that exports by itself', ['export const u1 = 1; export function u1f() { return u1; }', 'u1f()'], 1);
  gives(
    'that leaves labelled loops',
    ['let u2 = 0; outer: for (const a of [1, 2]) { for (;;) { u2 = a; continue outer; } }\nu2'],
    2,
  );
  gives('that disposes', ['using u3 = { a: 3, [Symbol.dispose]() {} }; u3.a', 'u3.a'], 3);
  gives(
    'that destructures deeply',
    ['const [u4, [u5 = 3, ...u6], { d: u7 }] = [1, [undefined, 5], { d: 7 }] as const', '[u4, u5, u6, u7]'],
    [1, 3, [5], 7],
  );
  gives('that assigns logically', ['let u8: number | undefined', 'u8 ??= 4; u8 ||= 5; u8 &&= 6', 'u8'], 6);
  gives(
    'that tags templates',
    ['const u9 = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.length + v.length', 'u9`a${1}b`'],
    3,
  );
  gives('that calls what may be missing', ['let u10: (() => number) | undefined = () => 1', 'u10?.()'], 1);
  gives(
    'that uses default parameters of other cells',
    ['const u11 = 4', 'function u12(x = u11, { y = u11 } = {}) { return x + y; }\nu12()'],
    8,
  );
  gives(
    'that extends a class of another cell',
    ['class U13 { a = 1 }', 'class U14 extends U13 { b = this.a + 1 }', 'new U14().b'],
    2,
  );
  gives(
    'that merges interfaces',
    ['interface U15 { a: number } interface U15 { b: number }', 'const u15: U15 = { a: 1, b: 2 }; u15.b'],
    2,
  );
  gives(
    'that uses names like the ones the kernel uses',
    ['let require = 1, module = 2, exports = 3', 'require + module + exports'],
    6,
  );
});
