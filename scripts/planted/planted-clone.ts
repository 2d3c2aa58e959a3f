import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fakeJupyter, plantNpm, plantPython } from './fake-tools.ts';

const scripts = path.resolve(import.meta.dirname, '..');

/** How a script ended and what it printed. */
export interface Outcome {
  readonly code: number | null;
  /** Both streams as they arrived; between the two the order is not certain. */
  readonly output: string;
  readonly stdout: string;
}

/** A script that is still running. */
export interface Running {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
  /** Resolves once the output contains the text. */
  readonly says: (text: string) => Promise<void>;
}

/** What a planted clone's scripts find on their PATH: nothing but these. */
export interface PlantedTools {
  readonly npm?: boolean;
  readonly python?: { name?: string; version?: string; missing?: readonly string[] } | false;
}

/**
 * A folder with a space in its name that holds the real scripts, the few files they read, and stand-ins for npm and
 * Python that note every call.
 */
export class PlantedClone {
  readonly home = mkdtempSync(path.join(tmpdir(), 'cygnet-'));
  readonly root = path.join(this.home, 'with space', 'clone');
  private readonly tools = path.join(this.home, 'bin');
  private readonly callsFile = path.join(this.home, 'calls');

  constructor({ npm = true, python = {} }: PlantedTools = {}) {
    mkdirSync(this.tools, { recursive: true });
    mkdirSync(this.root, { recursive: true });
    cpSync(scripts, path.join(this.root, 'scripts'), { recursive: true });
    const kernelspec = `import { mkdirSync, writeFileSync } from 'node:fs';
export function writeKernelspec({ venv }) { mkdirSync(venv + '/share/jupyter/kernels/cygnet', { recursive: true }); writeFileSync(venv + '/share/jupyter/kernels/cygnet/kernel.json', '{}'); }`;
    const snapshot = `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('kernel/runtime/dist', { recursive: true }); writeFileSync('kernel/runtime/dist/typescript.snapshot.stamp', '');`;
    const bundle = `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('extension/cygnet_lab/labextension', { recursive: true }); writeFileSync('extension/cygnet_lab/labextension/package.json', '{}');`;
    const files: Record<string, string> = {
      'package.json': '{ "name": "cygnet-notebook", "type": "module" }',
      'package-lock.json': '{ "packages": { "node_modules/koffi": { "version": "3.0.0" } } }',
      'requirements/base.txt': 'jupyterlab',
      'requirements/tensorflow.txt': 'tensorflow',
      'requirements/test.txt': 'uproot',
      'kernel/hepml/src/index.ts': 'export {};',
      'kernel/hepml/data/higgs-uci-20k.root': 'root',
      'kernel/runtime/bin/kernelspec.mjs': kernelspec,
      'kernel/runtime/bin/build-snapshot.mjs': snapshot,
      'extension/scripts/build.mjs': bundle,
      'scripts/setup/engine-probe.mjs': `console.log('{"dense":"' + (process.env.CYGNET_ENGINE ?? 'tf-graph') + '","trees":"xgboost"}')`,
    };
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    const jupyter = path.join(this.home, 'jupyter.mjs');
    writeFileSync(jupyter, fakeJupyter);
    if (npm) plantNpm(this.tools);
    if (python) plantPython(this.tools, jupyter, python);
  }

  write(name: string, text: string): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  has(name: string): boolean {
    return existsSync(path.join(this.root, name));
  }

  read(name: string): string {
    return readFileSync(path.join(this.root, name), 'utf8');
  }

  /** The calls of npm and Python so far, one a line. */
  calls(): readonly string[] {
    return existsSync(this.callsFile) ? readFileSync(this.callsFile, 'utf8').trim().split('\n') : [];
  }

  addPython(options: { name?: string; version?: string; missing?: readonly string[] } = {}): void {
    plantPython(this.tools, path.join(this.home, 'jupyter.mjs'), options);
  }

  start(script: string, args: readonly string[] = [], env: Record<string, string> = {}): Running {
    const child = spawn(process.execPath, [path.join(this.root, 'scripts', script), ...args], {
      cwd: this.root,
      env: { PATH: this.tools, HOME: this.home, CALLS: this.callsFile, CI: 'true', ...env },
    });
    let output = '';
    let stdout = '';
    const listeners = new Set<() => void>();
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      keep(chunk);
    });
    child.stderr.on('data', keep);
    const outcome = new Promise<Outcome>((resolve) => child.once('close', (code) => resolve({ code, output, stdout })));
    const says = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!output.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void outcome.then(() => reject(new Error(`ended without saying "${text}":\n${output}`)));
      });
    return { child, outcome, says };
  }

  run(script: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
    return this.start(script, args, env).outcome;
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
