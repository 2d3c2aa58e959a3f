import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CygnetError } from '@cygnet/columns';

/** The file that says what an export holds, and by which we know our own. */
export const manifestName = 'manifest.json';
/** `format` in the manifest. */
export const manifestFormat = 'cygnet-export';

/** One file of an export, in the words of the manifest. */
export interface ExportedFile {
  /** Relative to the export's folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file's entry in the manifest. */
export const describeFile = (path: string, content: Uint8Array): ExportedFile => ({
  path,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

/**
 * A name that is a file name on every system: letters, digits, `.`, `_`, `+`, `-`, not starting with a dot.
 * @throws RangeError for any other.
 */
export const checkName = (name: string): string => {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}$/.test(name))
    throw new RangeError(
      `"${name}" cannot be a file name: use up to 100 letters, digits, ".", "_", "+" and "-", not starting with a dot.`,
    );
  return name;
};

/** A file name made of a model's name, which may be any text. */
export const nameOfFile = (modelName: string): string =>
  modelName
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._+-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100) || 'model';

/**
 * A folder strictly inside of another one, as an absolute path. Links are followed before it is decided.
 * @throws CygnetError `export-refused` for absolute paths, `..`, and links that lead outside.
 */
export const folderInside = async (base: string, folder: string): Promise<string> => {
  const parts = folder.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const refuse = (why: string): never => {
    throw new CygnetError(
      'export-refused',
      `Cannot export to "${folder}": ${why}. Give a folder inside of the notebook's.`,
    );
  };
  if (isAbsolute(folder) || /^[A-Za-z]:/.test(folder)) refuse('the path is absolute');
  if (parts.includes('..')) refuse('the path leads up with ".."');
  if (parts.length === 0 || folder.includes('\0')) refuse('it does not name a new folder');
  const wanted = resolve(base, ...parts);
  const root = await realpath(base);
  if (!`${await nearestExisting(wanted)}${sep}`.startsWith(root.endsWith(sep) ? root : `${root}${sep}`))
    refuse('a link in the path leads outside');
  return wanted;
};

/** Where the deepest part of a path that is there already really is. */
const nearestExisting = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return nearestExisting(dirname(path));
  }
};

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * Fills a folder whole or not at all: `fill` writes into a temporary folder beside it, which then takes its name.
 * An older export of ours is replaced (and comes back if that fails); anything else that is there is left alone.
 * @throws CygnetError `export-refused` when the folder holds something that is not an export of ours.
 */
export const fillFolder = async <T>(folder: string, fill: (temporary: string) => Promise<T>): Promise<T> => {
  await stateOf(folder);
  const temporary = join(dirname(folder), `.${basename(folder)}.${randomUUID()}.part`);
  await makeFolder(temporary, folder);
  try {
    const result = await fill(temporary);
    await takePlace(folder, temporary);
    return result;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
};

const makeFolder = async (temporary: string, folder: string): Promise<void> => {
  try {
    await mkdir(temporary, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CygnetError('export-refused', `Cannot export to "${folder}": ${reason}. Give another folder.`, { cause });
  }
};

/** How often another export may get in between. */
const mostTries = 5;

/** Gives the temporary folder its name. Of several exports that finish at the same time, the last one stays. */
const takePlace = async (folder: string, temporary: string, tries = 1): Promise<void> => {
  const before = await stateOf(folder);
  try {
    if (before === 'empty') await rmdir(folder);
    if (before === 'export') await replaceFolder(folder, temporary);
    else await rename(temporary, folder);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isOvertaken = ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(code);
    if (!isOvertaken || tries === mostTries) throw error;
    await takePlace(folder, temporary, tries + 1);
  }
};

const replaceFolder = async (folder: string, temporary: string): Promise<void> => {
  const old = join(dirname(folder), `.${basename(folder)}.${randomUUID()}.old`);
  await rename(folder, old);
  try {
    await rename(temporary, folder);
  } catch (error) {
    await rename(old, folder);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
};

/** @throws CygnetError `export-refused` unless the folder is missing, empty, or an export of ours and nothing else. */
const stateOf = async (folder: string): Promise<'missing' | 'empty' | 'export'> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw error;
    throw new CygnetError('export-refused', `Cannot export to "${folder}": a file is there. Give another folder.`);
  });
  if (!found) return 'missing';
  if (found.length === 0) return 'empty';
  const ours = await filesOfManifest(folder);
  const files = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const foreign = files.filter((file) => !ours.includes(file));
  if (ours.length === 0 || foreign.length > 0)
    throw new CygnetError(
      'export-refused',
      `Cannot export to "${folder}": it holds ${foreign.slice(0, 3).join(', ') || 'other folders'}, which no export of ` +
        'Cygnet put there. Give another folder.',
    );
  return 'export';
};

/** Files that an export's manifest lists, itself included; none when there is no manifest of ours. */
const filesOfManifest = async (folder: string): Promise<readonly string[]> => {
  const text = await readFile(join(folder, manifestName), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return 'null';
    throw error;
  });
  const manifest = parseJson(text) as { format?: unknown; files?: readonly { path?: unknown }[] } | null | undefined;
  if (manifest?.format !== manifestFormat || !Array.isArray(manifest.files)) return [];
  return [manifestName, ...manifest.files.map(({ path }) => String(path))];
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Writes files, given by name with forward slashes, into a folder. */
export const writeFiles = async (
  folder: string,
  files: { readonly [name: string]: string | Uint8Array },
): Promise<void> => {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
};
