import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin, registerHooks, stripTypeScriptTypes, type LoadHookContext } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleGenerations, withoutGeneration } from './module-generations.ts';

/** How notebooks find modules beyond what Node does by itself. */
export interface ModuleHookOptions {
  /** Modules that the kernel provides: specifier to file URL. */
  readonly provided: Readonly<Record<string, string>>;
  /** URL of a file of the kernel: packages that the notebook's folder lacks are looked up from here. */
  readonly fallbackUrl: string;
}

const isInPackage = (url: string | undefined): boolean => url?.includes('/node_modules/') ?? false;
const isLocalTypeScript = (url: string): boolean => url.startsWith('file:') && /\.m?ts$/.test(url) && !isInPackage(url);
const isLocalData = (url: string): boolean => url.startsWith('file:') && url.endsWith('.json') && !isInPackage(url);
/** `await import('./cuts.json')`: TypeScript types it without an attribute, so it runs without one. `require` has no attributes. */
const isDataWithoutAttribute = (url: string, { importAttributes }: Partial<LoadHookContext>): boolean =>
  isLocalData(url) && importAttributes !== undefined && !importAttributes.type;
/** `require` keeps data by its path, and cannot have another address for it. */
const isImport = ({ conditions }: { readonly conditions?: readonly string[] }): boolean =>
  conditions?.includes('import') ?? false;
const isNotFound = (error: unknown): boolean =>
  ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes((error as { code?: string } | null)?.code ?? '');

/**
 * Lets code of this thread import the notebook's own `.ts` files (without ending, with enums, read again when they have
 * changed), data files (the same), modules that the kernel provides, and packages that came with the kernel.
 */
export const installModuleHooks = ({ provided, fallbackUrl }: ModuleHookOptions): void => {
  const generations = new ModuleGenerations();
  registerHooks({
    resolve(specifier, context, next) {
      const ready = provided[specifier];
      if (ready !== undefined) return { url: ready, shortCircuit: true };
      const found = resolveWithFallbacks(specifier, context, next, fallbackUrl);
      const isVersioned = isLocalTypeScript(found.url) || (isLocalData(found.url) && isImport(context));
      return isVersioned ? { ...found, url: generations.current(found.url, context.parentURL) } : found;
    },
    load(url, context, next) {
      const plain = withoutGeneration(url);
      if (isDataWithoutAttribute(plain, context))
        return { format: 'json', shortCircuit: true, source: readFileSync(new URL(plain)) };
      if (!isLocalTypeScript(plain)) return next(url, context);
      const source = readFileSync(new URL(plain), 'utf8');
      return { format: 'module', shortCircuit: true, source: javascriptOf(source, plain) };
    },
  });
};

type Hook = NonNullable<Parameters<typeof registerHooks>[0]['resolve']>;

const resolveWithFallbacks = (
  specifier: string,
  context: Parameters<Hook>[1],
  next: Parameters<Hook>[2],
  fallbackUrl: string,
): ReturnType<Hook> => {
  if (isInPackage(context.parentURL)) return next(specifier, context);
  if (isMissing(specifier, context.parentURL)) return fromKernel(specifier, context, next, fallbackUrl);
  try {
    return next(specifier, context);
  } catch (error) {
    if (!isNotFound(error) || !/^\.{0,2}\//.test(specifier)) throw error;
    try {
      return next(`${specifier}.ts`, context);
    } catch (second) {
      throw isNotFound(second) ? error : second;
    }
  }
};

/** Node remembers for ever that a folder lacked a package; a package may be installed at any time, so look first. */
const isMissing = (specifier: string, parent: string | undefined): boolean => {
  const name = /^(?:@[^/]+\/)?[^./@#][^/]*/.exec(specifier)?.[0];
  if (name === undefined || parent?.startsWith('file:') !== true || /^[\w-]+:/.test(specifier) || isBuiltin(specifier))
    return false;
  for (let folder = path.dirname(fileURLToPath(parent)); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'node_modules', name))) return false;
    if (folder === path.dirname(folder)) return true;
  }
};

const fromKernel = (...[specifier, context, next, fallbackUrl]: Parameters<typeof resolveWithFallbacks>) => {
  try {
    return next(specifier, { ...context, parentURL: fallbackUrl });
  } catch (cause) {
    if (!isNotFound(cause)) throw cause;
    const { code } = cause as { code?: string };
    throw Object.assign(
      new Error(`There is no package for "${specifier}" here. To install one: %npm install <package>`),
      {
        code,
      },
    );
  }
};

/** Types are blanked, so that positions stay; what is more than types (enums, for example) is rewritten. */
const javascriptOf = (source: string, sourceUrl: string): string => {
  try {
    return stripTypeScriptTypes(source, { mode: 'strip', sourceUrl });
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error;
    return stripTypeScriptTypes(source, { mode: 'transform', sourceUrl });
  }
};
