import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomSource } from '../src/data/index.ts';
import { exportModel, onnx, targets } from '../src/export/index.ts';
import type { Activation } from '../src/models/index.ts';
import { failure, modelOf, network } from './random-models.ts';

const base = mkdtempSync(join(tmpdir(), 'cygnet-export-model-'));
const workingDirectory = process.cwd();
beforeAll(() => process.chdir(base));
afterAll(() => {
  process.chdir(workingDirectory);
  rmSync(base, { recursive: true });
});

describe('exporters.exportModel', () => {
  const model = modelOf(network(randomSource(20), 3, [[4, 'relu']]));

  it('writes below the working directory and tells what it does', async () => {
    const messages: string[] = [];
    const exported = await exportModel(model, {
      ...{ target: 'onnx', folder: 'deep/er/tagger' },
      onProgress: (message) => messages.push(message),
    });
    expect(exported.files[0]).toBe('deep/er/tagger/Higgs-trees-1.onnx');
    expect(messages[0]).toBe('Reading dense network "Higgs / trees <1>"');
    expect(messages.at(-1)).toBe('Exported to deep/er/tagger');
    expect(targets(model)).toEqual(['onnx', 'cpp', 'lwtnn']);
  });

  it.each(['/tmp/x', '../out', 'a/../../out', '', '.', 'C:\\models', '..\\out'])(
    'refuses the folder "%s"',
    async (folder) => {
      expect(await failure(exportModel(model, { target: 'onnx', folder }), 'export-refused')).toContain(
        'Cannot export to',
      );
    },
  );

  it('refuses a folder behind a link that leads outside', async () => {
    symlinkSync(tmpdir(), 'link');
    const message = await failure(exportModel(model, { target: 'onnx', folder: 'link/out' }), 'export-refused');
    expect(message).toContain('a link in the path leads outside');
  });

  it('refuses an unknown target by name', async () => {
    const message = await failure(exportModel(model, { target: 'keras', folder: 'x' }), 'export-refused');
    expect(message).toBe('Cannot export "Higgs / trees <1>" to "keras". Its targets: onnx, cpp, lwtnn.');
    await failure(exportModel(model, { target: 'constructor', folder: 'x' }), 'export-refused');
  });

  it('writes nothing when it is cancelled', async () => {
    const stop = new AbortController();
    const onProgress = (message: string) => (message.startsWith('Comparing') ? stop.abort() : undefined);
    await failure(
      exportModel(model, { target: 'onnx', folder: 'stopped', signal: stop.signal, onProgress }),
      'cancelled',
    );
    expect(existsSync('stopped')).toBe(false);
    expect(readdirSync('.').filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('refuses a model that ONNX cannot express, naming the part', async () => {
    const good = network(randomSource(21), 3, [[4, 'relu']]);
    const layers = good.layers.map((layer, i) => (i === 0 ? { ...layer, activation: 'swish' as Activation } : layer));
    const message = await failure(onnx(modelOf({ ...good, layers }), { folder: 'swish' }), 'export-refused');
    expect(message).toBe('Layer 0 has activation "swish", which has no ONNX operator.');
    expect(existsSync('swish')).toBe(false);
  });
});
