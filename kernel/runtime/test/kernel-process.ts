import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type Ports } from './client.ts';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Compiles the kernel and makes its snapshot, so that tests never run against yesterday's. */
export const buildKernel = (): void => {
  const run = (...args: readonly string[]): void => void execFileSync(process.execPath, args, { stdio: 'inherit' });
  run(path.join(repository, 'node_modules/typescript/bin/tsc'), '-b', path.join(repository, 'kernel/runtime'));
  run(path.join(repository, 'kernel/runtime/bin/build-snapshot.mjs'));
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const key = 'a shared secret';

export interface StartOptions {
  readonly after?: KernelProcess;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether what the process says on stderr is expected. */
  readonly quiet?: boolean;
}

/** A kernel process in an empty folder, with a client that is connected to it. */
export class KernelProcess {
  readonly client: Client;
  readonly process: ChildProcess;
  readonly folder: string;
  readonly ports: Ports;

  constructor(client: Client, child: ChildProcess, folder: string, ports: Ports) {
    this.client = client;
    this.process = child;
    this.folder = folder;
    this.ports = ports;
  }

  /** Another client of the same kernel. */
  connect(): Promise<Client> {
    return Client.connect(this.ports, key);
  }

  /** @param options.after takes the place of a kernel that has ended, as Jupyter's own restart does */
  static async start(options: StartOptions = {}): Promise<KernelProcess> {
    const folder = options.after?.folder ?? mkdtempSync(path.join(tmpdir(), 'cygnet-kernel-'));
    const names = ['shell', 'control', 'stdin', 'iopub', 'hb'] as const;
    const entries = await Promise.all(names.map(async (name) => [name, await freePort()] as const));
    const ports = Object.fromEntries(entries) as Ports;
    const file = path.join(folder, 'connection/kernel.json');
    mkdirSync(path.dirname(file), { recursive: true });
    const portFields = Object.fromEntries(entries.map(([name, port]) => [`${name}_port`, port]));
    const fields = { transport: 'tcp', ip: '127.0.0.1', signature_scheme: 'hmac-sha256', key, ...portFields };
    writeFileSync(file, JSON.stringify(fields), { mode: 0o600 });
    const program = path.join(repository, 'kernel/runtime/bin/cygnet-kernel.mjs');
    const child = spawn(process.execPath, [program, file], {
      cwd: folder,
      stdio: ['ignore', 'inherit', options.quiet ? 'ignore' : 'inherit'],
      env: { ...process.env, ...options.env },
    });
    const client = await Client.connect(ports, key);
    return new KernelProcess(client, child, folder, ports);
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  /** Ends the process whatever state it is in. */
  async stop(): Promise<void> {
    this.client.close();
    this.process.kill('SIGKILL');
    await this.ended();
  }
}
