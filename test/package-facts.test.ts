import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const text = (path: string): string => readFileSync(join(repository, path), 'utf8');
const json = <T>(path: string): T => JSON.parse(text(path)) as T;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines?: { readonly node: string };
  readonly private?: boolean;
  readonly exports?: { readonly [door: string]: { readonly [condition: string]: string } };
  readonly files?: readonly string[];
  readonly bin?: { readonly [command: string]: string };
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const libraries = ['kernel/contract', 'kernel/columns', 'kernel/rootio', 'kernel/hepml', 'kernel/runtime'];
const folders = ['.', ...libraries, 'extension'];
const manifest = (folder: string): Manifest => json<Manifest>(`${folder}/package.json`);
const root = manifest('.');

/** JupyterLab hands these to its extensions at run time; an exact version would refuse the host's copy. */
const sharedByJupyterLab = (name: string): boolean => /^@(jupyterlab|lumino)\//.test(name) || name === 'react';

describe.each(folders)('the package in %s', (folder) => {
  test('has the version and the licence of the repository', () => {
    const { version, license } = manifest(folder);
    expect({ version, license }).toEqual({ version: root.version, license: 'BSD-3-Clause' });
  });

  test('pins every dependency exactly, except those that JupyterLab shares with its extensions', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest(folder);
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .filter(([name]) => !sharedByJupyterLab(name))
      .filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range));
    expect(loose).toEqual([]);
  });
});

describe.each(libraries)('the library in %s', (folder) => {
  test('has one door, whose sources resolve under cygnet:source', () => {
    const { exports } = manifest(folder);
    expect(Object.keys(exports ?? {})).toContain('.');
    expect(exports?.['.']).toEqual({
      types: './dist/index.d.ts',
      'cygnet:source': './src/index.ts',
      default: './dist/index.js',
    });
    expect(existsSync(join(repository, folder, 'src/index.ts'))).toBe(true);
  });

  test('publishes its sources and its build', () => {
    expect(manifest(folder).files).toEqual(expect.arrayContaining(['dist', 'src']));
  });

  test('has every command that it names, as a program: npm makes it one, and the clone would look changed', () => {
    for (const file of Object.values(manifest(folder).bin ?? {}))
      expect(statSync(join(repository, folder, file)).mode & 0o111, file).toBe(0o111);
  });

  test('opens its door with a paragraph on its purpose', () => {
    expect(text(`${folder}/src/index.ts`)).toMatch(/^\/\*\*/);
  });
});

describe('the lockfile', () => {
  interface Locked {
    readonly resolved?: string;
    readonly link?: boolean;
    readonly integrity?: string;
  }
  const { packages } = json<{ packages: { readonly [path: string]: Locked } }>('package-lock.json');

  test('names no registry host, so that a mirror works', () => {
    const hosts = Object.entries(packages).filter(
      ([, { resolved }]) => resolved !== undefined && /:\/\//.test(resolved),
    );
    expect(hosts).toEqual([]);
  });

  test('has a checksum for everything that is downloaded', () => {
    const unchecked = Object.entries(packages).filter(
      ([path, entry]) => path.includes('node_modules/') && !entry.link && entry.integrity === undefined,
    );
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  test('agrees with every manifest', () => {
    for (const folder of folders) {
      const { dependencies = {} } = manifest(folder);
      const locked = packages[folder === '.' ? '' : folder] as Manifest | undefined;
      expect(locked?.dependencies ?? {}, folder).toEqual(dependencies);
    }
  });
});

describe('the repository', () => {
  test('has its BSD-3-Clause licence text', () => {
    expect(text('LICENSE')).toContain('Redistribution and use in source and binary forms');
  });

  test('runs on Node 20 or newer and is not published itself', () => {
    expect(root.engines).toEqual({ node: '>=20' });
    expect(root.private).toBe(true);
  });

  test('has a change log line for its version', () => {
    expect(text('CHANGELOG.md')).toContain(`## ${root.version}`);
  });
});
