import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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
/** Writes a file whose time differs from that of its earlier text. */
let edits = 0;
const edit = (name: string, text: string): void => {
  write(name, text);
  edits += 1;
  utimesSync(path.join(folder, name), new Date(), new Date(Date.now() + 5000 * edits));
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
    edit('edited.ts', 'export const version: string = "two";');
    expect(await notebook.value('import { version } from "./edited"; version.toUpperCase()')).toBe('TWO');
  });
  test('a TypeScript file that was edited is read again below one that was not, and nothing else is run again', async () => {
    write('deep/constants.ts', 'export const mass = 91;');
    write('deep/counter.ts', 'export const count = { value: 0 };');
    write(
      'deep/physics.ts',
      'import { mass } from "./constants";\nimport { count } from "./counter.ts";\ncount.value += 1;\nexport const massOf = () => mass;',
    );
    const load =
      'import { massOf } from "./deep/physics"; import { count } from "./deep/counter"; [massOf(), count.value]';
    expect(await notebook.value(load)).toEqual([91, 1]);
    expect(await notebook.value(load)).toEqual([91, 1]);
    edit('deep/constants.ts', 'export const mass = 125;');
    expect(await notebook.value(load)).toEqual([125, 2]);
    expect(await notebook.value(load)).toEqual([125, 2]);
    edit('deep/constants.ts', 'export const mass = "heavy";');
    expect((await notebook.complaint('import { massOf } from "./deep/physics"; massOf().toFixed(1)')).code).toBe(2551);
  });
  test('TypeScript files may import each other in a circle', async () => {
    write('circle/a.ts', 'import { b } from "./b"; export const a = () => 1; export const viaB = () => b() + 1;');
    write('circle/b.ts', 'import { a } from "./a"; export const b = () => a() + 10;');
    const load = 'import { viaB } from "./circle/a"; viaB()';
    expect(await notebook.value(load)).toBe(12);
    edit('circle/b.ts', 'import { a } from "./a"; export const b = () => a() + 20;');
    expect(await notebook.value(load)).toBe(22);
  });
  test('a TypeScript file that was removed is missed, and found when it is back', async () => {
    write('gone.ts', 'export const here = 1;');
    expect(await notebook.value('import { here } from "./gone"; here')).toBe(1);
    rmSync(path.join(folder, 'gone.ts'));
    expect((await notebook.complaint('import { here } from "./gone"; here')).message).toContain("'./gone'");
    edit('gone.ts', 'export const here = "back";');
    expect(await notebook.value('import { here } from "./gone"; here')).toBe('back');
  });
  test('a TypeScript file with a mistake of syntax is repaired and imported', async () => {
    write('broken.ts', 'export const broken = ;');
    expect(await notebook.complaint('import { broken } from "./broken"; broken')).toMatchObject({ file: 'broken.ts' });
    edit('broken.ts', 'export const broken = "whole";');
    expect(await notebook.value('import { broken } from "./broken"; broken')).toBe('whole');
  });
  test('a TypeScript file gives types alone', async () => {
    write('shapes.ts', 'export interface Jet { ptGeV: number }\nexport type Jets = readonly Jet[];');
    expect(
      await notebook.value(
        'import type { Jets } from "./shapes"',
        'const jets: Jets = [{ ptGeV: 30 }]; jets[0]?.ptGeV',
      ),
    ).toBe(30);
  });
  test('an error thrown in a file shows its line and the line of the cell', async () => {
    write(
      'thrower.ts',
      'interface Unused { a: number }\n\nexport const fail = (): never => {\n  throw new Error("deep");\n};',
    );
    const { stack = '' } = await notebook.failure('import { fail } from "./thrower";\nfail();');
    expect(stack).toMatch(/thrower\.ts.*:4:9/);
    expect(stack).toMatch(/In \[\d+\]:2:1$/);
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
  test('a JSON file that was edited is read again', async () => {
    write('selection.json', '{ "ptGeV": 25 }');
    expect(await notebook.value('import selection from "./selection.json"; selection.ptGeV')).toBe(25);
    edit('selection.json', '{ "ptGeV": 30, "etaMax": 2.5 }');
    expect(await notebook.value('import selection from "./selection.json"; selection.ptGeV + selection.etaMax')).toBe(
      32.5,
    );
    expect((await notebook.complaint('import selection from "./selection.json"; selection.mass')).code).toBe(2339);
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
  test('packages have their types: of their own, of @types, or none', async () => {
    write(
      'node_modules/typed/package.json',
      '{ "name": "typed", "type": "module", "exports": { ".": { "types": "./i.d.ts", "import": "./i.js" }, "./part": { "types": "./p.d.ts", "import": "./p.js" } } }',
    );
    write('node_modules/typed/i.js', 'export const mass = (name) => 91; export default class Z {}');
    write(
      'node_modules/typed/i.d.ts',
      '/** Mass in GeV. */\nexport declare const mass: (name: "Z") => number; export default class Z {}',
    );
    write('node_modules/typed/p.js', 'export const part = "inner";');
    write('node_modules/typed/p.d.ts', 'export declare const part: string;');
    expect(
      await notebook.value(
        'import Z, { mass } from "typed"; import { part } from "typed/part"',
        'const z: Z = new Z(); mass("Z") + part.length',
      ),
    ).toBe(96);
    expect((await notebook.complaint('mass("W")')).code).toBe(2345);
    expect(notebook.compiler.inspect('mass', 1)?.documentation).toBe('Mass in GeV.');
    expect((await notebook.complaint('import "typed/hidden"; import { x } from "typed/hidden"')).message).toContain(
      'typed/hidden',
    );
    write('node_modules/aided/package.json', '{ "name": "aided", "main": "i.js" }');
    write('node_modules/aided/i.js', 'exports.half = (x) => x / 2;');
    write('node_modules/@types/aided/package.json', '{ "name": "@types/aided", "types": "i.d.ts" }');
    write('node_modules/@types/aided/i.d.ts', 'export declare const half: (x: number) => number;');
    expect(await notebook.value('import { half } from "aided"; half(4)')).toBe(2);
    expect((await notebook.complaint('half("4")')).code).toBe(2345);
    write('node_modules/untyped/package.json', '{ "name": "untyped", "main": "i.js" }');
    write(
      'node_modules/untyped/i.js',
      'module.exports = function twice(x) { return 2 * x; }; module.exports.more = 1;',
    );
    expect(
      await notebook.value(
        'import twice, { more } from "untyped"; import * as all from "untyped"; twice(4) + more + typeof all.default',
      ),
    ).toBe('9function');
  });
  test('a package compiled to CommonJS gives its default and its names', async () => {
    write('node_modules/compiled/package.json', '{ "name": "compiled", "main": "i.js", "types": "i.d.ts" }');
    write(
      'node_modules/compiled/i.js',
      'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = () => "d"; exports.named = 1;',
    );
    write(
      'node_modules/compiled/i.d.ts',
      'declare const _default: () => string; export default _default; export declare const named: number;',
    );
    expect(
      await notebook.value(
        'import make, { named } from "compiled"; import * as whole from "compiled"; make() + named + whole.named',
      ),
    ).toBe('d11');
  });
  test('a package that is installed meanwhile is found, after it was missed', async () => {
    expect((await notebook.complaint('import { late } from "late-package"')).message).toContain('late-package');
    expect((await notebook.failure('await import("late-package" as string)')).message).toContain('late-package');
    write(
      'node_modules/late-package/package.json',
      '{ "name": "late-package", "type": "module", "exports": "./i.js", "types": "./i.d.ts" }',
    );
    write('node_modules/late-package/i.js', 'export const late = 1;');
    write('node_modules/late-package/i.d.ts', 'export declare const late: number;');
    expect(await notebook.value('import { late } from "late-package"; late')).toBe(1);
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
