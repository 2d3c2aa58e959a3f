import { displaySymbol } from '@cygnet/contract';
import { describe, expect, test } from 'vitest';
import { fullBundleOf, mimeBundleOf } from './mime-bundle.ts';

test('plain values are shown as text', () => {
  expect(mimeBundleOf({ a: [1, 'x'] })).toEqual({ 'text/plain': "{ a: [ 1, 'x' ] }" });
});
test('long arrays and texts are cut', () => {
  const text = String((mimeBundleOf(new Float32Array(1e6)) as Record<string, unknown>)['text/plain']);
  expect(text).toContain('999900 more items');
  expect(text.length).toBeLessThan(2000);
  expect(String((mimeBundleOf('x'.repeat(1e6)) as Record<string, unknown>)['text/plain']).length).toBeLessThan(12_000);
});
test('values that show themselves keep their own text', () => {
  expect(mimeBundleOf({ [displaySymbol]: () => ({ 'text/plain': 'own' }) })).toEqual({ 'text/plain': 'own' });
});
test('text is added and binary data becomes base64', async () => {
  class Image {
    async [displaySymbol](): Promise<Record<string, unknown>> {
      return Promise.resolve({ 'image/png': new Uint8Array([1, 2, 3]) });
    }
  }
  expect(await mimeBundleOf(new Image())).toEqual({ 'text/plain': 'Image {}', 'image/png': 'AQID' });
});
test('values whose inspection fails still show something', () => {
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
    },
  );
  expect(String((mimeBundleOf(hostile) as Record<string, unknown>)['text/plain']).length).toBeGreaterThan(0);
});

const text = (value: unknown): string => String((mimeBundleOf(value) as Record<string, unknown>)['text/plain']);
const html = (value: unknown): unknown => (mimeBundleOf(value) as Record<string, unknown>)['text/html'];

describe('what JavaScript has of its own is shown in words', () => {
  test.each<[string, unknown, string]>([
    ['a typed array', new Float32Array([1, 2.5]), 'Float32Array(2) [ 1, 2.5 ]'],
    ['a map', new Map([['pt', { unit: 'GeV' }]]), "Map(1) { 'pt' => { unit: 'GeV' } }"],
    ['a set', new Set([1, 'a']), "Set(2) { 1, 'a' }"],
    ['a promise that is kept', Promise.resolve(4), 'Promise { 4 }'],
    ['a promise that waits', new Promise(() => undefined), 'Promise { <pending> } (await gives its value)'],
    ['a big integer', 10n, '10n'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an array with holes', [1, , 3], '[ 1, <1 empty item>, 3 ]'], // eslint-disable-line no-sparse-arrays -- the hole is the point
    ['a nested object', { a: { b: { c: [{ d: 1 }] } } }, '{\n  a: {\n    b: { c: [ { d: 1 } ] }\n  }\n}'],
    ['a function', function cut() {}, '[Function: cut]'],
    ['null', null, 'null'],
  ])('%s', (_name, value, expected) => expect(text(value)).toBe(expected));
  test('an error with its causes', () => {
    const shown = text(new Error('outer', { cause: new RangeError('inner') }));
    expect(shown).toMatch(/^Error: outer\n.*\[cause\]: RangeError: inner\n/s);
  });
  test('an object that contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(text(loop)).toBe('<ref *1> { self: [Circular *1] }');
  });
});

describe('what is cut says how to see all, and that shows all', () => {
  const full = (value: unknown): string => String((fullBundleOf(value) as Record<string, unknown>)['text/plain']);
  test.each<[string, unknown, string]>([
    ['a long array', Array.from({ length: 300 }, (_, i) => i), '299'],
    ['a long typed array', new Float64Array(1000).fill(7), '7,'],
    ['a long map', new Map(Array.from({ length: 300 }, (_, i) => [i, `value${i}`])), 'value299'],
    ['a long text', `${'x'.repeat(30_000)}end`, 'end'],
    ['many long texts', Array.from({ length: 90 }, (_, i) => `${'y'.repeat(500)}${i}`), '89'],
    ['a deep object', { a: { b: { c: { d: { e: { f: { g: 'bottom' } } } } } } }, 'bottom'],
  ])('%s', (_name, value, end) => {
    expect(text(value)).toMatch(/display\.full\(value\) shows all\)?$/);
    expect(full(value)).toContain(end);
    expect(full(value)).not.toMatch(/display\.full|more items|more characters|\[Object\]/);
  });
  test('but not what no front end could show', () => {
    expect(full('z'.repeat(6_000_000))).toMatch(/… and 1,000,000 more characters: write such a value to a file$/);
    expect(full(new Uint8Array(1e7)).length).toBeLessThan(6e6);
  });
  test('in HTML, literally', () => {
    expect((fullBundleOf('<b>&</b>') as Record<string, unknown>)['text/html']).toContain('&lt;b&gt;&amp;&lt;/b&gt;');
  });
  test('values that show themselves do it as always', () => {
    const own = { [displaySymbol]: () => ({ 'text/plain': 'own' }) };
    expect(fullBundleOf(own)).toEqual({ 'text/plain': 'own' });
  });
});

describe('an array of records', () => {
  test('is a table as well', () => {
    const shown = html([{ name: 'pt', unit: '<GeV>' }, { name: 'eta' }]);
    expect(shown).toBe(
      '<table><thead><tr><th></th><th>name</th><th>unit</th></tr></thead><tbody><tr><th>0</th><td>pt</td><td>&lt;GeV&gt;</td></tr><tr><th>1</th><td>eta</td><td></td></tr></tbody></table>',
    );
  });
  test('that is long shows its first rows and says how many there are', () => {
    const shown = String(html(Array.from({ length: 5000 }, (_, i) => ({ i }))));
    expect(shown.match(/<tr>/g)).toHaveLength(51);
    expect(shown).toContain('… and 4,950 more rows');
  });
  test.each<[string, unknown]>([
    ['nothing', []],
    ['numbers', [1, 2]],
    ['nested records', [{ a: { b: 1 } }]],
    ['instances of a class', [new Date()]],
    ['records without fields', [{}]],
    [
      'values that a getter would have to compute',
      [
        {
          get a() {
            throw new Error('no');
          },
        },
      ],
    ],
    ['records and others', [{ a: 1 }, null]],
  ])('is none with %s', (_name, value) => expect(html(value)).toBeUndefined());
});

test('the bytes of an image are shown as the image', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
  expect(mimeBundleOf(png)).toMatchObject({ 'image/png': Buffer.from(png).toString('base64') });
  expect(mimeBundleOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toHaveProperty(['image/jpeg']);
  expect(mimeBundleOf(Buffer.from('GIF89a'))).toHaveProperty(['image/gif']);
  expect(mimeBundleOf(new Uint8Array([1, 2]))).toEqual({ 'text/plain': 'Uint8Array(2) [ 1, 2 ]' });
});
