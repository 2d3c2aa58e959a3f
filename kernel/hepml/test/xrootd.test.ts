import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableSha256 } from '../src/data/index.ts';
import * as root from '../src/root/index.ts';
import { openRoot } from '@cygnet/rootio';
import { answerReader } from '../src/root/xrootd/answer-reader.ts';
import { xrootdSource } from '../src/root/xrootd/xrootd-source.ts';

const hzz = fileURLToPath(new URL('../../rootio/fixtures/uproot-HZZ.root', import.meta.url));
const zstd = fileURLToPath(new URL('../../rootio/fixtures/rntuple/uproot-zstd.root', import.meta.url));

describe('a file through the Python process', () => {
  const local = pathToFileURL(hzz).href;

  test('is read as it is read directly', async () => {
    const { codecs } = await import('../src/root/node-codecs.ts').then(({ chosenCodecs }) => chosenCodecs());
    const file = await openRoot(await xrootdSource(local), { codecs });
    const columns = await (await file.tree('events')).read({ branches: ['NMuon', 'Muon_Px'] });
    await file.close();
    const table = await root.readTable(hzz, { branches: ['NMuon', 'Muon_Px'] });
    for (const [name, column] of columns) expect(column).toEqual(table.column(name));
  });

  test('several readings at once get their own bytes', async () => {
    const source = await xrootdSource(local);
    const size = await source.size();
    const places = Array.from({ length: 40 }, (_, i) => ({ start: (i * 4999) % (size - 100), length: 1 + i }));
    const each = await Promise.all(places.map((place) => source.read([place])));
    const together = await source.read(places);
    expect(each.map(([part]) => part)).toEqual(together);
    expect(together[7]?.length).toBe(8);
    await source.close();
  });

  test('that is not there, or ends early, is an error; so is reading after it was closed', async () => {
    await expect(xrootdSource('file:///nowhere/no.root')).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringMatching(/FileNotFoundError/) as unknown,
    });
    const source = await xrootdSource(local);
    await expect(source.read([{ start: 217_940, length: 100 }])).rejects.toThrow(/5 bytes came where 100/);
    await source.close();
    await expect(source.read([{ start: 0, length: 4 }])).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('an abort ends the waiting', async () => {
    const source = await xrootdSource(local);
    await expect(source.read([{ start: 0, length: 4 }], AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
    await source.close();
  });

  test('a server that is not there is an error soon', async () => {
    process.env.XRD_CONNECTIONWINDOW = '1';
    await expect(root.open('root://127.0.0.1:1//no.root')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('without a Python environment it is said what is missing', async () => {
    const before = process.env.CYGNET_PYTHON_ENV;
    process.env.CYGNET_PYTHON_ENV = '/nowhere';
    try {
      await expect(root.open('root://server//x.root')).rejects.toMatchObject({ kind: 'engine-missing' });
    } finally {
      if (before === undefined) delete process.env.CYGNET_PYTHON_ENV;
      else process.env.CYGNET_PYTHON_ENV = before;
    }
  });
});

test('answers are told apart wherever the stream is cut', () => {
  const stream = Buffer.concat([
    Buffer.from('{"id":1,"bytes":3}\nabc{"id":2,"error":"no \\u00fc"}\n{"id":3,"bytes":0}\n{"id":4,"bytes":2}\n\n\n'),
  ]);
  for (let size = 1; size <= stream.length; size++) {
    const seen: string[] = [];
    const take = answerReader(({ id, error }, payload) =>
      seen.push(`${id} ${error ?? Buffer.from(payload).toString()}`),
    );
    for (let at = 0; at < stream.length; at += size) take(stream.subarray(at, at + size));
    expect(seen).toEqual(['1 abc', '2 no ü', '3 ', '4 \n\n']);
  }
});

const hasServer = spawnSync('xrootd', ['-v'], { encoding: 'utf8' }).error === undefined;
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

// The server is in Debian's package xrootd-server; the tests above go through the same door without one.
describe.skipIf(!hasServer)('an XRootD server', () => {
  let folder = '';
  let server: ReturnType<typeof spawn> | undefined;
  let url = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cygnet-xrootd-'));
    mkdirSync(join(folder, 'data'));
    cpSync(hzz, join(folder, 'data/hzz.root'));
    cpSync(zstd, join(folder, 'data/zstd.root'));
    const port = await freePort();
    const config = join(folder, 'server.cfg');
    writeFileSync(
      config,
      `xrd.port ${port}\nall.export ${folder}/data\nall.adminpath ${folder}\nall.pidpath ${folder}\n`,
    );
    // It refuses to run as root.
    const isRoot = process.getuid?.() === 0;
    spawnSync('chmod', ['-R', 'a+rwX', folder]);
    chmodSync(folder, 0o777);
    server = spawn('xrootd', ['-c', config, '-l', join(folder, 'log'), ...(isRoot ? ['-R', 'nobody'] : [])], {
      cwd: folder,
      stdio: 'ignore',
    });
    url = `root://127.0.0.1:${port}/${folder}/data`;
    for (let attempt = 0; ; attempt++) {
      try {
        await (await root.open(`${url}/hzz.root`)).close();
        break;
      } catch (error) {
        if (attempt === 10) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  });
  afterAll(async () => {
    if (server?.exitCode === null) {
      const gone = new Promise((resolve) => server?.once('exit', resolve));
      server.kill();
      await gone;
    }
    rmSync(folder, { recursive: true });
  });

  test('gives the same tables, of a TTree and of an RNTuple', async () => {
    for (const [name, path] of [
      ['hzz.root', hzz],
      ['zstd.root', zstd],
    ] as const) {
      const [here, there] = [await root.readTable(path), await root.readTable(`${url}/${name}`)];
      expect(tableSha256(there)).toBe(tableSha256(here));
    }
  });

  test('gives a stream, and an error for what it has not', async () => {
    const events = await root.stream(`${url}/hzz.root`, { branches: ['NMuon'], chunk: 1000 });
    expect((await events.read()).length).toBe(2421);
    await expect(root.open(`${url}/no.root`)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
