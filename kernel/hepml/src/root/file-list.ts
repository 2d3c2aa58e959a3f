import { access, glob } from 'node:fs/promises';
import { CygnetError } from '@cygnet/columns';

/** One file, several, or a pattern such as `run2/*.root`; or several of these. */
export type Files = string | readonly string[];

const isUrl = (path: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(path);
const isPattern = (path: string): boolean => !isUrl(path) && /[*?[{]/.test(path);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const matching = async (pattern: string): Promise<readonly string[]> => {
  // A file may be called as a pattern is written.
  if (await exists(pattern)) return [pattern];
  const found: string[] = [];
  for await (const path of glob(pattern)) found.push(path);
  if (found.length > 0) return found.sort();
  throw new CygnetError('not-found', `No file matches "${pattern}" in ${process.cwd()}.`);
};

/**
 * The files that are meant, in the order given; those of a pattern (`*`, `?`, `[…]`, `{a,b}`, `**` for folders) in alphabetical
 * order, as ROOT's chains have them.
 *
 * @throws CygnetError `not-found` when a pattern matches nothing. RangeError for an empty list.
 */
export const fileList = async (files: Files): Promise<readonly [string, ...string[]]> => {
  const given = typeof files === 'string' ? [files] : files;
  const lists = await Promise.all(given.map(async (path) => (isPattern(path) ? matching(path) : [path])));
  const [first, ...more] = lists.flat();
  if (first === undefined) throw new RangeError('Name at least one file.');
  return [first, ...more];
};
