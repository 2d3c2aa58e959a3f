import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Notebook } from './notebook.ts';

let notebook: Notebook;
let lastId = 0;

beforeEach(() => {
  notebook = new Notebook(mkdtempSync(path.join(tmpdir(), 'cygnet-growth-')));
  lastId = 0;
});

/** Compiles a cell without running it and gives the cells that the compiler still holds. */
const compile = (code: string): readonly number[] => {
  lastId += 1;
  const result = notebook.compiler.compile({ id: lastId, code, label: `In [${lastId}]` });
  if (!result.ok) throw new Error(`${code}: ${result.diagnostics.map(({ message }) => message).join()}`);
  return notebook.compiler.commit(lastId, [...result.cell.values.map(({ name }) => name), ...result.cell.types]);
};

describe('a session of many cells', () => {
  test('holds no cells that only once led to the types of today', () => {
    compile('const b = [{ pt: 1, jets: ["a"] }];');
    const held = Array.from({ length: 60 }, (_, i) =>
      compile(i % 2 ? 'const b = a.filter((one) => one.pt > 0);' : 'const a = b.map((one) => ({ ...one }));'),
    );
    expect(Math.max(...held.map((cells) => cells.length))).toBeLessThanOrEqual(8);
    expect(() => compile('const wrong: number = b[0].jets[0];')).toThrow("Type 'string' is not assignable");
  });

  test('gives a type that was inferred through 120 cells', () => {
    compile('const x0 = { mass: 1, name: "Z" };');
    for (let i = 1; i < 120; i += 1) compile(`const x${i} = { ...x${i - 1}, mass: x${i - 1}.mass + 1 };`);
    expect(notebook.compiler.names().at(-1)).toEqual({ name: 'x119', type: '{ mass: number; name: string; }' });
    expect(() => compile('x119.name.mass')).toThrow("Property 'mass' does not exist on type 'string'");
  });
});

describe('a cell whose types come through many others', () => {
  const far = (last: string): void => {
    compile(
      'class Track { private hits = 3; constructor(readonly pt: number) {} get good() { return this.hits > 2; } }',
    );
    for (let i = 0; i < 8; i += 1) compile(`const step${i} = ${i ? `step${i - 1}` : 'new Track(1)'};`);
    compile(last);
  };

  test('keeps its documentation and the place of its names', () => {
    far('/** Transverse momentum in GeV. */\nconst pt = step7.pt;\nconst other = 1;');
    const code = 'pt + other';
    expect(notebook.compiler.inspect(code, 1)?.documentation).toBe('Transverse momentum in GeV.');
    expect(notebook.compiler.inspect(code, code.length)?.signature).toBe('const other: 1');
  });

  test('keeps classes, generics, enums, overloads, assertions and mutability apart', () => {
    far(`enum Kind { Signal = 2, Background }
function pick(of: 'pt'): number; function pick(of: 'track'): typeof step7; function pick(of: string): unknown { return of; }
class Pair<T> { #hidden = 1; constructor(readonly first: T, readonly second = step7) {} }
function isTrack(x: unknown): x is typeof step7 { return x === step7; }
const unit = Symbol(); const frozen = { a: [1, 'x', step7] } as const; let count = step7.pt; type Kinds = keyof typeof Kind;`);
    compile(`const kind: Kind = Kind.Signal; const two: 2 = Kind.Signal; const p: number = pick('pt'); const t: Track = pick('track');
const pair: Pair<string> = new Pair('x'); const s: string = pair.first; const good: boolean = pair.second.good;
const some: unknown = 1; if (isTrack(some)) some.good; const tagged = { [unit]: 1 }; tagged[unit] + 1;
const x: 'x' = frozen.a[1]; count = 5; const key: Kinds = 'Signal';`);
    for (const [wrong, message] of [
      ['pair.first.length.foo', "Property 'foo' does not exist"],
      ['kind = 3', 'because it is a constant'],
      ['frozen.a[0] = 2', 'read-only'],
      ['step7.hits', 'private'],
      ['const bad: Track = { pt: 1, good: true };', "'hits' is missing"],
      ["const bad: Kinds = 'Other';", '\'"Other"\' is not assignable'],
    ] as const)
      expect(() => compile(wrong), wrong).toThrow(message);
  });

  test('whose types cannot be written is kept as it is', () => {
    far(
      'const secret = (() => { class Inner { private x = step7.pt; read() { return this.x; } } return new Inner(); })();',
    );
    compile('const got: number = secret.read();');
    expect(() => compile('secret.x')).toThrow('private');
  });
});
