import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { PlantedClone, type Running } from './planted/planted-clone.ts';

/** Takes a free port of 127.0.0.1. */
const occupy = (): Promise<net.Server> =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
const portOf = (server: net.Server): string => String((server.address() as net.AddressInfo).port);

let running: Running | undefined;
afterEach(async () => {
  running?.child.kill('SIGTERM');
  await running?.outcome;
  running = undefined;
});

async function freePort(): Promise<string> {
  const server = await occupy();
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts, and reads the address that was printed. */
async function started(clone: PlantedClone, args: readonly string[]): Promise<URL> {
  let printed = '';
  running = clone.start('start.mjs', args);
  running.child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await running.says('Ctrl-C stops it.');
  return new URL(/http:\S+/.exec(printed)?.[0] ?? 'none:');
}

describe('npm start', () => {
  test('prints an address that answers, only to who has the token', async () => {
    using clone = new PlantedClone();
    const port = await freePort();
    const address = await started(clone, ['--no-browser', '--port', port]);
    expect(address.host).toBe(`127.0.0.1:${port}`);
    expect(address.pathname).toBe('/lab/tree/tutorials');
    const token = address.searchParams.get('token') ?? '';
    expect(token).toMatch(/^[0-9a-f]{48}$/);
    const status = new URL('/api/status', address);
    expect((await fetch(status)).status).toBe(403);
    const reply = await fetch(status, { headers: { authorization: `token ${token}` } });
    const seen = (await reply.json()) as { args: string[]; config: string };
    expect(seen.args).toContain('--no-browser');
    expect(seen.args).toContain(`--ServerApp.root_dir=${clone.root}`);
    expect(seen.args.join(' ')).not.toContain(token);
    expect(seen.config.startsWith(clone.root)).toBe(true);
  });

  test('ends JupyterLab on Ctrl-C and ends well', async () => {
    using clone = new PlantedClone();
    await started(clone, ['--no-browser', '--port', await freePort()]);
    running?.child.kill('SIGINT');
    expect((await running?.outcome)?.code).toBe(0);
    expect(clone.read('.cygnet/logs/jupyterlab.log')).toContain('shut down');
  });

  test('refuses a port that is in use before it sets anything up', async () => {
    using clone = new PlantedClone();
    const server = await occupy();
    const port = portOf(server);
    const { code, output } = await clone.run('start.mjs', ['--no-browser', '--port', port]);
    server.close();
    expect(code).toBe(1);
    expect(output).toContain(`port ${port} is in use`);
    expect(output).toContain('Leave --port out to take the next free one');
    expect(clone.calls()).toEqual([]);
  });

  test('shows why JupyterLab did not come up', async () => {
    using clone = new PlantedClone();
    const { code, output } = await clone.run('start.mjs', ['--no-browser', '--port', await freePort()], {
      FAKE_JUPYTER: 'broken',
    });
    expect(code).toBe(1);
    expect(output).toContain('JupyterLab ended before it answered');
    expect(output).toContain('no module named traitlets');
    expect(output).toContain('doctor');
  });

  test.each([
    [['--ligth'], 'Unknown option --ligth.'],
    [['--port'], '--port'],
    [['tutorial'], 'Unexpected argument "tutorial"'],
  ])('names a wrong option: %s', async (args, sentence) => {
    using clone = new PlantedClone();
    const { code, output } = await clone.run('start.mjs', args);
    expect(code).toBe(2);
    expect(output).toContain(sentence);
    expect(output).toContain('--no-browser');
  });

  test('says that a port must be a number', async () => {
    using clone = new PlantedClone();
    expect((await clone.run('start.mjs', ['--port', 'lab'])).output).toContain('"lab" is not a port');
  });

  test('notices an option that npm kept for itself', async () => {
    using clone = new PlantedClone();
    const { code, output } = await clone.run('start.mjs', [], { npm_config_light: 'true' });
    expect(code).toBe(2);
    expect(output).toContain('npm start -- --light');
  });
});
