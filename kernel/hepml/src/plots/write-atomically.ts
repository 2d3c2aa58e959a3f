import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CygnetError } from '@cygnet/columns';

/**
 * Writes a file whole or not at all, making its folder: a reader never sees a half.
 *
 * @throws CygnetError `not-found` when there is no place that can be written to, with the system's reason.
 */
export const writeAtomically = async (path: string, content: string | Uint8Array): Promise<void> => {
  const folder = dirname(path);
  const beside = join(folder, `.${basename(path)}.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(beside, content);
    await rename(beside, path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    await rm(beside, { force: true }).catch(() => undefined);
    throw new CygnetError('not-found', `Cannot write "${path}": ${reason}.`, { cause });
  }
};
