import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const readText = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;

/** The folder that holds HEAD: `.git`, or where a work tree's `.git` file points. */
const gitFolder = (folder: string): string | undefined => {
  const path = join(folder, '.git');
  if (existsSync(join(path, 'HEAD'))) return path;
  if (existsSync(path)) {
    const pointer = /^gitdir: (.+)$/m.exec(readText(path) ?? '')?.[1];
    if (pointer !== undefined) return resolve(folder, pointer);
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : gitFolder(parent);
};

const isHash = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f]{40,64}$/.test(text);

/**
 * The commit that a folder's repository stands at, read from its files; undefined outside of a repository or before its
 * first commit.
 */
export const gitCommit = (folder: string = process.cwd()): string | undefined => {
  const git = gitFolder(resolve(folder));
  if (git === undefined) return undefined;
  const head = readText(join(git, 'HEAD')) ?? '';
  const name = /^ref: (.+)$/.exec(head)?.[1];
  if (name === undefined) return isHash(head) ? head : undefined;
  const common = resolve(git, readText(join(git, 'commondir')) ?? '.');
  const loose = readText(join(common, name));
  if (isHash(loose)) return loose;
  const packed = (readText(join(common, 'packed-refs')) ?? '').split('\n').find((line) => line.endsWith(` ${name}`));
  const hash = packed?.split(' ')[0];
  return isHash(hash) ? hash : undefined;
};
