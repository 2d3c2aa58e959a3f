/** The file that the TypeScript process starts from, and whether it fits to the program that would use it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const engineFolder = import.meta.dirname;

/** Made by `npm run build`. */
export const snapshotFile = path.join(engineFolder, '../typescript.snapshot');

/** A small file beside the snapshot that holds the print of what it was made from; written last. */
export const snapshotStamp = `${snapshotFile}.stamp`;

/** Changes with everything that is inside of a snapshot and cannot be looked at again when a process starts from it. */
export const snapshotPrint = (): string => {
  const compiler = createRequire(import.meta.url).resolve('typescript');
  const engine = readdirSync(engineFolder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => path.join(engineFolder, name));
  const prints = [compiler, ...engine].map((file) => {
    const { mtimeMs, size } = statSync(file);
    return `${file} ${mtimeMs} ${size}`;
  });
  return [`${process.version} ${process.platform} ${process.arch}`, ...prints].join('\n');
};

/** The snapshot, if it is there and was made from what is here now. */
export const fittingSnapshot = (): string | undefined => {
  try {
    return readFileSync(snapshotStamp, 'utf8') === snapshotPrint() ? snapshotFile : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
