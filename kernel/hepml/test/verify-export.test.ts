import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomSource } from '../src/data/index.ts';
import { cpp, lwtnn, onnx, verify, xgboost } from '../src/export/index.ts';
import { failure, forest, modelOf, network } from './random-models.ts';

const base = mkdtempSync(join(tmpdir(), 'cygnet-verify-'));
const at = (...path: string[]): string => join(base, ...path);
const numbers = network(randomSource(40), 4, [[6, 'relu']]);
const dense = modelOf(numbers);
const firstWeight = Buffer.from(numbers.layers[0]?.weights.slice(0, 2).buffer as ArrayBuffer);
const trees = modelOf(forest(randomSource(41), 4, 12, 3));
const exported = [
  ['onnx', 'tagger.onnx'],
  ['cpp', 'tagger.hpp'],
  ['lwtnn', 'tagger.lwtnn.json'],
  ['xgboost', 'tagger.xgboost.json'],
] as const;

beforeAll(async () => {
  await onnx(dense, { folder: at('onnx'), name: 'tagger' });
  await cpp(trees, { folder: at('cpp'), name: 'tagger' });
  await lwtnn(dense, { folder: at('lwtnn'), name: 'tagger' });
  await xgboost(trees, { folder: at('xgboost'), name: 'tagger' });
});
afterAll(() => rmSync(base, { recursive: true }));

/** A copy of an export with one file changed, and its entry in the manifest too if that is asked for. */
const changed = (
  target: string,
  file: string,
  change: (content: Buffer) => Buffer,
  options: { readonly forged?: boolean } = {},
): string => {
  const folder = mkdtempSync(at(`${target}-`));
  cpSync(at(target), folder, { recursive: true });
  const content = change(readFileSync(join(folder, file)));
  writeFileSync(join(folder, file), content);
  if (options.forged) {
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { files: { path: string }[] };
    const sha256 = createHash('sha256').update(content).digest('hex');
    manifest.files = manifest.files.map((entry) =>
      entry.path === file ? { ...entry, bytes: content.length, sha256 } : entry,
    );
    writeFileSync(path, JSON.stringify(manifest));
  }
  return folder;
};

const flipByte = (content: Buffer): Buffer => {
  const copy = Buffer.from(content);
  const place = copy.length >> 1;
  copy[place] = (copy[place] as number) ^ 1;
  return copy;
};

/** One number of the model, made wrong in each format's own spelling. */
const changeNumber: { readonly [target: string]: (content: Buffer) => Buffer } = {
  onnx: (content) => {
    const copy = Buffer.from(content);
    copy.writeFloatLE(4, content.indexOf(firstWeight));
    return copy;
  },
  cpp: (content) => Buffer.from(content.toString().replace(/float margin = [^;]+;/, 'float margin = 1.5f;')),
  lwtnn: (content) => Buffer.from(content.toString().replace(/"bias":\[[^,]+,/, '"bias":[3.5,')),
  xgboost: (content) => Buffer.from(content.toString().replace('"base_score":"5E-1"', '"base_score":"7E-1"')),
};

describe('exporters.verify', () => {
  it.each(exported)('finds an %s export as it was written', async (target, file) => {
    const report = await verify(at(target), { compile: true });
    expect(report).toMatchObject({ target, ok: true });
    expect(report.checks.map(({ what, result }) => [what, result])).toEqual(
      [file, 'inputs.json', 'validation/inputs.f32', 'validation/expected.f32', 'validation/shapes.json', 'scores'].map(
        (what) => [what, 'ok'],
      ),
    );
    expect(report.checks.at(-1)?.found).toMatch(
      /^4\d\d events, largest difference (0|\d\.\de-\d+), tolerance [12]e-6; /,
    );
  });

  it.each(exported)('finds one changed byte in the file of %s, and does not run it', async (target, file) => {
    const { ok, checks } = await verify(changed(target, file, flipByte), { compile: true });
    expect(ok).toBe(false);
    expect(checks[0]).toMatchObject({
      what: file,
      result: 'failed',
      found: expect.stringContaining('SHA-256') as string,
    });
    expect(checks.at(-1)).toMatchObject({ what: 'scores', result: 'not run' });
  });

  it.each(exported)(
    'finds a wrong number in %s by its scores, even if the manifest was changed to fit',
    async (target, file) => {
      const folder = changed(target, file, changeNumber[target] as (content: Buffer) => Buffer, { forged: true });
      const { ok, checks } = await verify(folder, { compile: true });
      expect(ok).toBe(false);
      expect(checks[0]).toMatchObject({ what: file, result: 'ok' });
      expect(checks.at(-1)?.found).toContain("does not give this model's scores");
    },
  );

  it('finds files that are missing, cut short, or of another shape', async () => {
    const gone = changed('onnx', 'inputs.json', (content) => content);
    rmSync(join(gone, 'inputs.json'));
    expect((await verify(gone)).checks[1]).toEqual({ what: 'inputs.json', result: 'failed', found: 'missing' });
    const short = changed('onnx', 'tagger.onnx', (content) => content.subarray(0, 50));
    expect((await verify(short)).checks[0]?.found).toMatch(/^50 bytes; the manifest says \d+$/);
    const odd = changed('onnx', 'validation/inputs.f32', (content) => content.subarray(4), { forged: true });
    expect((await verify(odd)).checks.at(-1)).toMatchObject({ result: 'failed' });
  });

  it('runs no C++ unless it is told to', async () => {
    const { ok, checks } = await verify(at('cpp'));
    expect(ok).toBe(true);
    expect(checks.at(-1)).toMatchObject({ what: 'scores', result: 'not run' });
  });

  it.each([
    ['no manifest', undefined, 'there is no manifest.json'],
    ['no JSON', '{', 'is not JSON'],
    ['something else', '{"format":"other"}', 'is not of an export'],
    ['a part missing', '{"format":"cygnet-export","name":"a"}', 'lacks a part'],
  ])('refuses a folder with %s', async (_, text, message) => {
    const folder = mkdtempSync(at('strange-'));
    if (text !== undefined) writeFileSync(join(folder, 'manifest.json'), text);
    expect(await failure(verify(folder), 'bad-file')).toContain(message);
  });

  it('refuses a manifest that leads out of the folder or leaves out the model', async () => {
    const rename = (from: string, to: string) =>
      changed('onnx', 'manifest.json', (content) => Buffer.from(content.toString().replaceAll(from, to)));
    expect(await failure(verify(rename('"path": "inputs.json"', '"path": "../x"')), 'bad-file')).toContain(
      'lacks a part',
    );
    expect(await failure(verify(rename('"path": "tagger.onnx"', '"path": "other"')), 'bad-file')).toContain(
      'does not list tagger.onnx',
    );
  });
});

describe('cygnet verify', () => {
  const command = join(import.meta.dirname, '..', 'bin', 'cygnet.mjs');
  const cygnet = (...args: string[]) =>
    spawnSync(process.execPath, ['--conditions=cygnet:source', command, 'verify', ...args], { encoding: 'utf8' });

  it('prints a table and exits 0 for a good export, 1 for a damaged one', () => {
    const good = cygnet(at('onnx'));
    expect(good.stdout).toContain('ok       tagger.onnx');
    expect(good.stdout).toContain('gives the scores that it promises');
    expect(good.status).toBe(0);
    const bad = cygnet(changed('onnx', 'tagger.onnx', flipByte));
    expect(bad.stdout).toContain('FAILED   tagger.onnx');
    expect(bad.stdout).toContain('Do not use this export');
    expect(bad.status).toBe(1);
  });

  it('says in JSON what it found, and what it did not run', () => {
    const { stdout, status } = cygnet(at('cpp'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ target: 'cpp', ok: true });
    expect(status).toBe(0);
  });

  it('exits 1 where there is no export, and 2 when it is asked strangely', () => {
    const nothing = cygnet(base);
    expect(nothing.stderr).toContain('there is no manifest.json');
    expect(nothing.status).toBe(1);
    for (const args of [[], ['a', 'b'], ['a', '--fast']]) {
      const { status, stderr } = cygnet(...args);
      expect(status).toBe(2);
      expect(stderr).toContain('cygnet verify FOLDER');
    }
  });
});
