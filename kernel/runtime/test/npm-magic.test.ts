import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { resultText, streamText, type Client } from './client.ts';
import { buildKernel, KernelProcess } from './kernel-process.ts';
import { PackageRegistry, type PublishedPackage } from './package-registry.ts';

const kinematics = (version: string, unit: string): PublishedPackage => ({
  name: 'kinematics',
  version,
  files: {
    'index.js': `export const unit = ${JSON.stringify(unit)};`,
    'index.d.ts': `export declare const unit: ${JSON.stringify(unit)};`,
  },
  scripts: { postinstall: 'echo ran > ../../script-ran' },
});

let registry: PackageRegistry;
let kernel: KernelProcess;
let client: Client;

const inFolder = (name: string): string => path.join(kernel.folder, name);

beforeAll(async () => {
  buildKernel();
  registry = new PackageRegistry([
    kinematics('1.0.0', 'GeV'),
    kinematics('2.0.0', 'TeV'),
    { ...kinematics('1.0.0', 'GeV'), name: 'slow' },
  ]);
  await registry.start();
  kernel = await KernelProcess.start();
  client = kernel.client;
});
beforeEach(() => {
  for (const name of ['package.json', 'package-lock.json', 'node_modules'])
    rmSync(inFolder(name), { recursive: true, force: true });
  writeFileSync(inFolder('.npmrc'), `registry=${registry.address}\ncache=${inFolder('connection/npm-cache')}\n`);
  registry.isStalled = false;
});
afterAll(async () => {
  registry.stop();
  await kernel.stop();
});

const result = async (code: string): Promise<unknown> => resultText(await client.execute(code));

test('%npm install brings a package with its types into the folder, shows how it goes, and runs no scripts', async () => {
  expect(await result('import { unit } from "kinematics"; unit')).toContain('%npm install kinematics');
  const execution = await client.execute('%npm install kinematics@1.0.0');
  expect(execution.reply.content.status).toBe('ok');
  expect(streamText(execution, 'stdout')).toMatch(/npm http fetch GET 200 .*kinematics.*added 1 package/s);
  expect(await result('import { unit } from "kinematics"; const typed: "GeV" = unit; typed')).toBe("'GeV'");
  expect(JSON.parse(readFileSync(inFolder('package.json'), 'utf8'))).toEqual({
    private: true,
    dependencies: { kinematics: '1.0.0' },
  });
  expect(existsSync(inFolder('script-ran'))).toBe(false);
  expect(readdirSync(kernel.folder).sort()).toEqual([
    '.npmrc',
    'connection',
    'node_modules',
    'package-lock.json',
    'package.json',
  ]);
});

test('another version brings its own types, and says that imported code stays until a restart', async () => {
  await client.execute('%npm install kinematics@1.0.0');
  expect(await result('import { unit } from "kinematics"; const one: "GeV" = unit; 1')).toBe('1');
  const execution = await client.execute('%npm install kinematics@2');
  expect(streamText(execution, 'stdout')).toMatch(/Changed: kinematics@2\.0\.0\. .*until a restart/);
  expect(await result('import { unit } from "kinematics"; const two: "GeV" = unit; 2')).toContain('"TeV"');
});

test('code below it uses what was installed', async () => {
  expect(await result('%npm install kinematics\nimport * as all from "kinematics"; Object.keys(all)')).toBe(
    "[ 'unit' ]",
  );
});

test.each([
  ['install ../elsewhere', 'no package of the registry'],
  ['install -g kinematics', 'no package of the registry'],
  ['install --prefix=/ kinematics', 'no package of the registry'],
  ['install https://example.org/a.tgz', 'no package of the registry'],
  ['uninstall kinematics', '%npm knows one command'],
  ['', '%npm knows one command'],
  ['install', 'no package.json here'],
])('%%npm %s is refused', async (rest, words) => {
  const { reply } = await client.execute(`%npm ${rest}`);
  expect(reply.content).toMatchObject({ status: 'error', ename: 'UsageError' });
  expect(reply.content.evalue).toContain(words);
  expect(existsSync(inFolder('package.json'))).toBe(false);
});

test('nothing is written through a link, nor into the folder of Cygnet itself', async () => {
  const elsewhere = inFolder('connection/elsewhere');
  mkdirSync(elsewhere, { recursive: true });
  symlinkSync(elsewhere, inFolder('node_modules'));
  expect(await result('%npm install kinematics')).toContain('node_modules is a link');
  expect(readdirSync(elsewhere)).toEqual([]);
  rmSync(inFolder('node_modules'));
  writeFileSync(inFolder('package.json'), '{ "name": "cygnet-notebook" }');
  expect(await result('%npm install kinematics')).toContain("Cygnet's own folder");
});

test('a package that does not exist, and a registry that cannot be reached, are named', async () => {
  expect(await result('%npm install kinematicks')).toBe('The registry has no such package. Is its name spelt right?');
  expect(await result('%npm install kinematics@9.0.0')).toBe('The registry has no such version of the package.');
  writeFileSync(inFolder('.npmrc'), `registry=http://127.0.0.1:9\ncache=${inFolder('connection/other-cache')}\n`);
  const before = performance.now();
  expect(await result('%npm install kinematics')).toMatch(/^npm cannot reach http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\)/);
  expect(performance.now() - before).toBeLessThan(15_000);
  expect(existsSync(inFolder('package.json'))).toBe(false);
});

test('an interrupt ends it, and the session goes on', async () => {
  await client.execute('const kept = 5;');
  registry.isStalled = true;
  const id = await client.start('%npm install slow');
  await client.until(() => registry.asked.find((url) => url.endsWith('.tgz')), 'the download');
  const before = performance.now();
  await client.request('control', 'interrupt_request', {});
  expect((await client.finish(id)).reply.content).toMatchObject({
    ename: 'KeyboardInterrupt',
    evalue: 'npm was interrupted.',
  });
  expect(performance.now() - before).toBeLessThan(3000);
  expect(await result('kept')).toBe('5');
});
