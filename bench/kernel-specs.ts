import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKernelspec } from '../kernel/runtime/bin/kernelspec.mjs';

const clone = join(import.meta.dirname, '..');

/** What other TypeScript kernels are compared in. They are nobody's dependency, so they live apart. */
export const peerFolder = join(clone, 'bench/cache/peers');

export const denoVersion = '2.9.6';

/** Deno's program out of its npm package, if it is there: `@deno/<platform>/deno`. */
const denoProgram = (): string | undefined => {
  const folder = join(peerFolder, 'node_modules/@deno');
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .map((platform) => join(folder, platform, 'deno'))
    .find((file) => existsSync(file));
};

/** Kernels of this clone and of its peers, where jupyter_client finds them before any other. */
export interface KernelSpecs {
  /** For JUPYTER_PATH. */
  readonly folder: string;
  readonly hasDeno: boolean;
}

export const writeKernelSpecs = (): KernelSpecs => {
  const venv = mkdtempSync(join(tmpdir(), 'cygnet-bench-'));
  const own = join(writeKernelspec({ venv, node: process.execPath, clone }), 'kernel.json');
  const spec = JSON.parse(readFileSync(own, 'utf8')) as { env: Record<string, string> };
  // The person who runs benchmarks does not want their cells in the history of notebooks.
  spec.env.CYGNET_HISTORY_FILE = join(venv, 'history.jsonl');
  writeFileSync(own, JSON.stringify(spec));
  const folder = join(venv, 'share/jupyter');
  const write = (name: string, argv: readonly string[]): void => {
    mkdirSync(join(folder, 'kernels', name), { recursive: true });
    const spec = { argv, display_name: name, language: 'typescript' };
    writeFileSync(join(folder, 'kernels', name, 'kernel.json'), JSON.stringify(spec));
  };
  const tslab = join(clone, 'node_modules/tslab/bin/tslab');
  write('tslab', [process.execPath, tslab, 'kernel', '--config-path={connection_file}']);
  const deno = denoProgram();
  if (deno !== undefined) write('deno', [deno, 'jupyter', '--kernel', '--conn', '{connection_file}']);
  return { folder, hasDeno: deno !== undefined };
};
