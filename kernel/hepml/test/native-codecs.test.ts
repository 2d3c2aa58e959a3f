import { deflateSync } from 'node:zlib';
import { CygnetError } from '@cygnet/columns';
import { describe, expect, test } from 'vitest';
import { root } from 'cygnet';
import { loadCodecs, loadPrepareMemory } from '../src/native/index.ts';
import { checkedCodec } from '../src/native/codecs/checked-codec.ts';
import { runProgram } from './run-program.ts';

const roundsEach = 3000;

test('no damaged block makes a native codec crash or write outside its room', async () => {
  const { code, stdout, stderr } = await runProgram('fuzz-native-codecs.ts', ['7', String(roundsEach)]);
  expect([code, stderr]).toEqual([0, '']);
  const counts = JSON.parse(stdout) as { [method: string]: { refused: number; given: number } };
  expect(Object.keys(counts)).toEqual(['zlib', 'zstd', 'lz4', 'lzma']);
  for (const { refused, given } of Object.values(counts)) {
    expect(refused + given).toBe(roundsEach);
    expect(refused).toBeGreaterThan(roundsEach / 4);
  }
}, 120_000);

describe('before a native codec is called', () => {
  let calls = 0;
  const codec = checkedCodec('test codec', () => {
    calls++;
    return true;
  });
  const detached = (): Uint8Array => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  };
  const shared = new Uint8Array(16);
  test.each<[string, () => unknown]>([
    ['a size of zero', () => codec.decompress(new Uint8Array(4), 0)],
    ['a size below zero', () => codec.decompress(new Uint8Array(4), -1)],
    ['a size that is no number', () => codec.decompress(new Uint8Array(4), Number.NaN)],
    ['a size of gigabytes', () => codec.decompress(new Uint8Array(4), 2 ** 31)],
    ['no input', () => codec.decompress(new Uint8Array(0), 4)],
    ['input whose memory went to another thread', () => codec.decompress(detached(), 4)],
    ['room that is too small', () => codec.decompress(new Uint8Array(4), 4, new Uint8Array(3))],
    ['room that is too large', () => codec.decompress(new Uint8Array(4), 4, new Uint8Array(5))],
    ['room whose memory went to another thread', () => codec.decompress(new Uint8Array(4), 8, detached())],
    ['room that overlaps the input', () => codec.decompress(shared.subarray(0, 6), 8, shared.subarray(5, 13))],
  ])('%s is refused', (_, attempt) => {
    expect(attempt).toThrow(CygnetError);
    expect(calls).toBe(0);
  });
});

describe('the codecs in use', () => {
  test('are the native ones of the environment, named with their versions', async () => {
    const report = await root.codecs();
    expect(report.zlib.library).toBe('libdeflate');
    expect(report.zstd.library).toMatch(/^zstd \d+\.\d+\.\d+$/);
    expect(report.lz4.library).toMatch(/^lz4 \d/);
    expect(report.lzma.library).toMatch(/^lzma \d/);
  });

  test("are Node's and npm's where they are asked for or the environment has none, with the reason", async () => {
    const asked = await runProgram('print-codecs.ts', [], { CYGNET_CODECS: 'node' });
    expect(JSON.parse(asked.stdout)).toMatchObject({
      report: { zlib: { whyNotNative: 'CYGNET_CODECS=node asks for it.' }, lz4: { library: 'lz4-napi' } },
      rows: [2421, 2421, 2421, 2421],
      sameHashes: true,
    });
    const missing = await runProgram('print-codecs.ts', [], { CYGNET_PYTHON_ENV: '/nowhere' });
    expect(JSON.parse(missing.stdout)).toMatchObject({
      report: {
        zstd: { whyNotNative: expect.stringMatching(/zstd .*is not installed. Looked in \/nowhere/) as unknown },
      },
      sameHashes: true,
    });
  });

  test('write into shared memory as well as into their own', async () => {
    const { zlib } = await loadCodecs();
    if (zlib.library === undefined) throw new Error(zlib.reason);
    const raw = Uint8Array.from({ length: 5000 }, (_, i) => i >> 4);
    const into = new Uint8Array(new SharedArrayBuffer(raw.length + 100), 40, raw.length);
    expect(zlib.decompress(deflateSync(raw), raw.length, into)).toBe(into);
    expect(into).toEqual(raw);
    expect(zlib.decompress(deflateSync(raw.subarray(0, 3)), 3)).toEqual(raw.slice(0, 3));
  });
});

test.runIf(process.platform === 'linux')(
  'advice about memory leaves what is in it and around it as it is',
  async () => {
    const prepare = await loadPrepareMemory();
    if (prepare === undefined) throw new Error('Linux takes advice');
    for (const buffer of [new ArrayBuffer(2 ** 23), new SharedArrayBuffer(2 ** 23), new ArrayBuffer(10)]) {
      const bytes = new Uint8Array(buffer).fill(7);
      prepare(bytes.subarray(1, bytes.length - 1));
      expect(bytes.every((byte) => byte === 7)).toBe(true);
    }
    prepare(new Uint8Array(0));
  },
);
