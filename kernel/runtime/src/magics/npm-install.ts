import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How npm is called for one `%npm`. */
export interface NpmCall {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const usage = '%npm install <package> …, for example: %npm install mathjs, or lodash@4 @types/lodash';

/** A package of the registry, perhaps with a version: no folder, no address, no flag. */
const packageSpec = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(@[\w.^~<>=*+-]+)?$/i;

const manifestText = `${JSON.stringify({ private: true }, undefined, 2)}\n`;

/** Name of Cygnet's own package.json. */
const ownName = 'cygnet-notebook';

const manifestOf = (folder: string): string => path.join(folder, 'package.json');

const isLink = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Why a call is refused, or nothing. */
export const npmRefusal = (rest: string, folder: string): string | undefined => {
  const [command, ...specs] = rest.split(/\s+/);
  if (command !== 'install') return `%npm knows one command: ${usage}`;
  const wrong = specs.find((spec) => !packageSpec.test(spec));
  if (wrong !== undefined) return `"${wrong}" is no package of the registry. Use: ${usage}`;
  const hasManifest = existsSync(manifestOf(folder));
  if (specs.length === 0 && !hasManifest) return `There is no package.json here that lists packages. Use: ${usage}`;
  const link = ['package.json', 'package-lock.json', 'node_modules'].find((name) => isLink(path.join(folder, name)));
  if (link !== undefined)
    return `${link} is a link: npm would write outside of ${folder}. Replace it by a file or folder.`;
  if (hasManifest && nameIn(manifestOf(folder)) === ownName)
    return "This is Cygnet's own folder, whose packages belong to it. Put the notebook into a folder of its own.";
  return undefined;
};

const nameIn = (manifest: string): unknown => {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown } | null)?.name;
  } catch {
    return undefined; // npm says what is wrong with it
  }
};

/**
 * The call of npm for a `%npm` that is not refused: into `folder` alone, without install scripts, giving up soon where
 * there is no network. What npm itself put into the environment when it started us is about another folder.
 */
export const npmCall = (rest: string, folder: string, environment: NodeJS.ProcessEnv): NpmCall => ({
  args: [
    ...rest.split(/\s+/),
    ...['--prefix', folder, '--location=project', '--no-global', '--ignore-scripts', '--no-audit', '--no-fund'],
    ...[
      '--loglevel=http',
      '--no-color',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=500',
      '--fetch-retry-maxtimeout=2000',
    ],
  ],
  env: Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) =>
        !/^npm_/i.test(name) || (/^npm_config_/i.test(name) && !/_(local_prefix|prefix|global_prefix)$/i.test(name)),
    ),
  ),
});

/** Makes a package.json where there is none, as npm looks for one in the folders above otherwise; undo takes it away. */
export const ensureManifest = (folder: string): { undo(): void } => {
  const file = manifestOf(folder);
  if (existsSync(file)) return { undo: () => undefined };
  writeFileSync(file, manifestText);
  return {
    undo() {
      if (existsSync(file) && readFileSync(file, 'utf8') === manifestText) rmSync(file);
    },
  };
};

/** Versions of what is installed in a folder, by path. */
export const installedVersions = (folder: string): ReadonlyMap<string, string> => {
  const file = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(file)) return new Map();
  const { packages = {} } = JSON.parse(readFileSync(file, 'utf8')) as {
    packages?: Record<string, { version?: string }>;
  };
  return new Map(
    Object.entries(packages).map(([name, { version = '' }]) => [name.replace(/^node_modules\//, ''), version]),
  );
};

const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ERR_SOCKET_TIMEOUT',
]);

/** What npm's failure means, by what it printed. */
export const npmFailure = (printed: string, exitCode: string): string => {
  const code = /^npm (?:error|ERR!) code (\w+)/m.exec(printed)?.[1];
  if (code === undefined) return `npm ended with ${exitCode}.`;
  if (unreachable.has(code)) {
    const host = /https?:\/\/[^/\s]+/.exec(printed.slice(printed.indexOf(code)))?.[0] ?? 'its registry';
    return `npm cannot reach ${host} (${code}). Without the network only packages that are installed can be imported.`;
  }
  if (code === 'E404') return 'The registry has no such package. Is its name spelt right?';
  if (code === 'ETARGET') return 'The registry has no such version of the package.';
  return `npm failed (${code}); see its lines above.`;
};
