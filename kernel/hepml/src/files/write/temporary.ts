import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CygnetError } from '@cygnet/columns';

/** Temporary names that are in use; what is left of them when the process ends by itself is removed. */
const inUse = new Set<string>();
let isWatching = false;

const watch = (): void => {
  if (isWatching) return;
  isWatching = true;
  process.on('exit', () => {
    for (const path of inUse)
      for (const one of [path, `${path}.columns`]) rmSync(one, { recursive: true, force: true });
  });
};

const alreadyThere = (path: string): CygnetError =>
  new CygnetError('already-exists', `"${path}" is already there. Choose another name, or say { overwrite: true }.`);

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** @throws CygnetError `already-exists` unless it may be overwritten; `not-found` for a folder. */
const checkPlace = async (path: string, overwrite: boolean): Promise<void> => {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new CygnetError('not-found', `Cannot write "${path}": ${reasonOf(error)}.`, { cause: error });
  });
  if (facts?.isDirectory()) throw new CygnetError('not-found', `Cannot write "${path}": it is a folder.`);
  if (facts !== undefined && !overwrite) throw alreadyThere(path);
};

/** Gives the finished file its name; without `overwrite` never one that somebody else has taken meanwhile. */
const giveName = async (from: string, path: string, overwrite: boolean): Promise<void> => {
  if (overwrite) return rename(from, path);
  try {
    await link(from, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw alreadyThere(path);
    // A file system without hard links: the check at the beginning has to do.
    return rename(from, path);
  }
  return rm(from);
};

/**
 * Writes a file under a temporary name in its own folder, and gives it its name when it is whole: whoever looks sees all
 * of it or nothing. Whatever fails, nothing stays behind.
 */
export const writeWhole = async <T>(
  path: string,
  { overwrite }: { readonly overwrite: boolean },
  work: (temporary: string) => Promise<T>,
): Promise<T> => {
  await checkPlace(path, overwrite);
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  watch();
  inUse.add(temporary);
  try {
    try {
      await mkdir(dirname(path), { recursive: true });
    } catch (cause) {
      throw new CygnetError('not-found', `Cannot write "${path}": ${reasonOf(cause)}.`, { cause });
    }
    const result = await work(temporary);
    await giveName(temporary, path, overwrite);
    return result;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(`${temporary}.columns`, { recursive: true, force: true });
    inUse.delete(temporary);
  }
};
