import { displaySymbol } from '@cygnet/contract';
import { expect, test } from 'vitest';
import { mimeBundleOf } from './mime-bundle.ts';

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
