/** Makes the snapshot that the TypeScript process starts from. Needs the kernel built. */
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fittingSnapshot, snapshotFile, snapshotPrint, snapshotStamp } from '../dist/engine/snapshot-file.js';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Makes the snapshot unless it is there and fits. Takes some seconds; gives its file. Run it by the kernel's Node. */
export const buildSnapshot = () => {
  if (fittingSnapshot()) return snapshotFile;
  const print = snapshotPrint();
  const temporary = `${snapshotFile}.${process.pid}`;
  try {
    execFileSync(
      process.execPath,
      ['--no-warnings', '--snapshot-blob', temporary, '--build-snapshot', path.join(here, 'typescript-snapshot.cjs')],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          CYGNET_TYPESCRIPT: createRequire(import.meta.url).resolve('typescript'),
          CYGNET_ENGINE_ENTRY: path.join(here, '../dist/engine/snapshot-main.js'),
        },
      },
    );
    rmSync(snapshotStamp, { force: true });
    renameSync(temporary, snapshotFile);
    writeFileSync(snapshotStamp, print);
  } finally {
    rmSync(temporary, { force: true });
  }
  return snapshotFile;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) buildSnapshot();
