import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Notebook } from './notebook.ts';

const notebook = new Notebook(mkdtempSync(path.join(tmpdir(), 'cygnet-engine-')));

beforeAll(async () => {
  await notebook.value(
    '/** Transverse momentum. @param x along the beam */\nfunction transverse(x: number, y: number) { return Math.hypot(x, y); }',
    'const event = { missingEt: 30, jets: [1, 2] }',
    'let counter = 0',
  );
});

const names = (code: string, position = code.length): readonly string[] =>
  notebook.compiler.complete(code, position).items.map(({ name }) => name);

describe('completion', () => {
  test('says what names of earlier cells and imports stand for', async () => {
    await notebook.value(
      "const zedNumber = 1; function zedFunction() {} class ZedClass {} enum ZedEnum { A } interface ZedShape { a: 1 } type ZedText = string; import { join as zedJoin } from 'node:path'; import * as zedPath from 'node:path';",
    );
    const kinds = notebook.compiler
      .complete('const x: Zed', 12)
      .items.concat(notebook.compiler.complete('zed', 3).items);
    expect(Object.fromEntries(kinds.map(({ name, kind }) => [name, kind]))).toEqual({
      ZedClass: 'class',
      ZedEnum: 'enum',
      ZedShape: 'interface',
      ZedText: 'type',
      zedFunction: 'function',
      zedJoin: 'method',
      zedNumber: 'var',
      zedPath: 'var',
    });
  });
  test('knows names of earlier cells', () => expect(names('trans')).toEqual(['transverse']));
  test('knows members with their kinds', () => {
    expect(notebook.compiler.complete('event.', 6).items).toEqual([
      { name: 'jets', kind: 'property' },
      { name: 'missingEt', kind: 'property' },
    ]);
  });
  test('knows names of the cell itself', () => expect(names('const inCell = 1;\ninCe')).toEqual(['inCell']));
  test('replaces the whole word around the cursor', () => {
    expect(notebook.compiler.complete('event.missing + 1', 9)).toMatchObject({ start: 6, end: 13 });
  });
  test('ignores case when nothing fits exactly', () => expect(names('event.MISS')).toEqual(['missingEt']));
  test('knows names of modules', () => expect(names('import fs from "node:fs/pro')).toEqual(['promises']));
  test('offers globals', () => expect(names('consol')).toContain('console'));
  test('gives nothing in the middle of nothing', () => expect(names('zzzz')).toEqual([]));
});

describe('inspection', () => {
  test('gives signature, documentation and tags of an earlier function', () => {
    expect(notebook.compiler.inspect('transverse(1, 2)', 3)).toEqual({
      signature: 'function transverse(x: number, y: number): number',
      documentation: 'Transverse momentum.',
      tags: [{ name: 'param', text: 'x along the beam' }],
    });
  });
  test('gives the type of an earlier variable', () => {
    expect(notebook.compiler.inspect('counter', 2)?.signature).toBe('let counter: number');
  });
  test('documents the library', () => {
    expect(notebook.compiler.inspect('Math.sqrt', 7)?.documentation).toContain('square root');
  });
  test('gives nothing between words', () => expect(notebook.compiler.inspect('   ', 1)).toBeUndefined());
});

describe('is a cell complete', () => {
  test.each(['1', 'const a = 1;', 'if (true) {}', '`a\nb`', '', 'await 1'])('%s: yes', (code) => {
    expect(notebook.compiler.isComplete(code)).toEqual({ status: 'complete' });
  });
  test.each([
    ['function f() {', '  '],
    ['for (;;) {\n  if (true) {', '    '],
    ['[1,', ''],
    ['const s = `a', ''],
    ['/* words', ''],
  ])('%s: more lines, with an indent', (code, indent) => {
    expect(notebook.compiler.isComplete(code)).toEqual({ status: 'incomplete', indent });
  });
  test.each(['const = 1', 'a b c', 'f(]'])('%s: no', (code) => {
    expect(notebook.compiler.isComplete(code)).toEqual({ status: 'invalid' });
  });
});
