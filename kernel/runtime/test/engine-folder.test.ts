import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { installModuleHooks } from '../src/engine/index.ts';
import { Notebook } from './notebook.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cygnet-engine-'));
const write = (name: string, text: string): void => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const provided = path.join(folder, 'provided.mjs');
write('provided.mjs', 'export const display = { html: () => "ours" }; export const newDisplay = () => display;');
installModuleHooks({ provided: { tslab: pathToFileURL(provided).href }, fallbackUrl: import.meta.url });
const notebook = new Notebook(folder);

describe('beside the notebook', () => {
  test('a TypeScript file is imported with its types, with and without ending', async () => {
    write('lib/geometry.ts', 'export enum Axis { X, Y }\nexport const area = (a: number, b: number): number => a * b;');
    expect(await notebook.value('import { area, Axis } from "./lib/geometry"', 'area(2, 3) + Axis.Y')).toBe(7);
    expect(await notebook.value('import { area as same } from "./lib/geometry.ts"', 'same(2, 5)')).toBe(10);
    expect((await notebook.complaint('area("2", 3)')).code).toBe(2345);
  });
  test('a TypeScript file that was edited is read again', async () => {
    write('edited.ts', 'export const version: number = 1;');
    expect(await notebook.value('import { version } from "./edited"; version')).toBe(1);
    write('edited.ts', 'export const version: string = "two";');
    utimesSync(path.join(folder, 'edited.ts'), new Date(), new Date(Date.now() + 5000));
    expect(await notebook.value('import { version } from "./edited"; version.toUpperCase()')).toBe('TWO');
  });
  test('a mistake in an imported file is reported with the file and its line', async () => {
    write('wrong.ts', 'export const a = 1;\nexport const b: string = a;');
    expect(await notebook.complaint('import { b } from "./wrong"; b')).toMatchObject({ file: 'wrong.ts', line: 2 });
  });
  test('a JSON file is imported with its types', async () => {
    write('cuts.json', '{ "ptGeV": 25 }');
    expect(await notebook.value('import cuts from "./cuts.json"', 'cuts.ptGeV.toFixed(1)')).toBe('25.0');
    write('more.json', '{ "etaMax": 2.5 }');
    expect(await notebook.value('(await import("./more.json")).default.etaMax')).toBe(2.5);
    expect(await notebook.value('(require("./more.json") as { etaMax: number }).etaMax')).toBe(2.5);
  });
  test('a package is found, in ECMAScript and in CommonJS', async () => {
    write('node_modules/modern/package.json', '{ "name": "modern", "type": "module", "exports": "./index.js" }');
    write('node_modules/modern/index.js', 'export const one = 1; export default "modern";');
    write('node_modules/classic/package.json', '{ "name": "classic", "main": "index.js" }');
    write(
      'node_modules/classic/index.js',
      'const all = { two: require("./package.json").main && 2 }; module.exports = all;',
    );
    expect(
      await notebook.value(
        'import modern, { one } from "modern"',
        'import { two } from "classic"',
        'one + two + modern',
      ),
    ).toBe('3modern');
  });
  test('a package wins over one that came with the kernel', async () => {
    write('node_modules/vitest/package.json', '{ "name": "vitest", "type": "module", "exports": "./index.js" }');
    write('node_modules/vitest/index.js', 'export const whose = "the notebook";');
    expect(await notebook.value('import { whose } from "vitest"; whose')).toBe('the notebook');
  });
});

describe('away from the kernel', () => {
  test('packages that came with the kernel are found, with their types', async () => {
    expect(await notebook.value('import { displaySymbol } from "@cygnet/contract"; typeof displaySymbol')).toBe(
      'symbol',
    );
    expect((await notebook.complaint('import { nothing } from "@cygnet/contract"')).message).toContain('nothing');
  });
  test('tslab has its own types and the display of this kernel', async () => {
    expect(await notebook.value('import { display } from "tslab"', 'display.html("x")')).toBe('ours');
    expect((await notebook.complaint('display.html(5)')).code).toBe(2345);
    expect(await notebook.value('import * as tslab from "tslab"', 'typeof tslab.newDisplay')).toBe('function');
  });
  test('the names of the prelude have types', async () => {
    expect(await notebook.value('const show = (): void => globalThis.display({ a: 1 }); typeof show')).toBe('function');
    expect((await notebook.complaint('input(5)')).code).toBe(2345);
  });
});
