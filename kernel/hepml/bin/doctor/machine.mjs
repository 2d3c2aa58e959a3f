import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import os from 'node:os';
import { missing, present } from './report.mjs';
import { executable } from './places.mjs';

const gigabytes = (bytes) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** System, processor, memory, disk and graphics card. */
export function machine(here) {
  return [system(), processor(), memory(), disk(here.clone ?? process.cwd()), gpu()];
}

function system() {
  const found = `${os.type()} ${os.release()} ${os.arch()}`;
  if (process.platform === 'linux' || process.platform === 'darwin') return present('system', found);
  return missing('system', found, 'Cygnet runs on Linux and macOS; on Windows inside WSL 2');
}

function processor() {
  const model = os.cpus()[0]?.model.trim() ?? 'unknown';
  return present('processor', `${model}, ${os.availableParallelism?.() ?? os.cpus().length} cores`);
}

function memory() {
  const limit = process.constrainedMemory?.() ?? 0;
  const total = limit > 0 && limit < os.totalmem() ? limit : os.totalmem();
  const found = `${gigabytes(total)}, ${gigabytes(Math.min(os.freemem(), total))} free`;
  return total >= 1.5 * 1024 ** 3
    ? present('memory', found)
    : missing('memory', found, '2 GB are needed to train the examples', { required: false });
}

function disk(folder) {
  const { bavail, bsize } = statfsSync(folder);
  const found = `${gigabytes(bavail * bsize)} free in ${folder}`;
  return bavail * bsize >= 1024 ** 3
    ? present('disk', found)
    : missing('disk', found, 'free some space: a complete set-up takes about 5 GB', { required: false });
}

function gpu() {
  const tool = executable(['nvidia-smi']);
  const answer =
    tool &&
    spawnSync(tool, ['--query-gpu=name,memory.total', '--format=csv,noheader'], { encoding: 'utf8', timeout: 10_000 });
  const name = answer?.status === 0 ? answer.stdout.trim().split('\n').join('; ') : undefined;
  if (name) return present('GPU', `${name}; this version trains on the CPU`, { required: false });
  return missing('GPU', 'no NVIDIA GPU seen (nvidia-smi)', 'none needed: this version trains on the CPU', {
    required: false,
  });
}
