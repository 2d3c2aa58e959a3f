import { readFileSync, statSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes, type LoadHookContext } from 'node:module';

/** How notebooks find modules beyond what Node does by itself. */
export interface ModuleHookOptions {
  /** Modules that the kernel provides: specifier to file URL. */
  readonly provided: Readonly<Record<string, string>>;
  /** URL of a file of the kernel: packages that the notebook's folder lacks are looked up from here. */
  readonly fallbackUrl: string;
}

const isInPackage = (url: string | undefined): boolean => url?.includes('/node_modules/') ?? false;
const isLocalTypeScript = (url: string): boolean => url.startsWith('file:') && /\.m?ts$/.test(url) && !isInPackage(url);
/** `await import('./cuts.json')`: TypeScript types it without an attribute, so it runs without one. `require` has no attributes. */
const isDataWithoutAttribute = (url: string, { importAttributes }: Partial<LoadHookContext>): boolean =>
  url.startsWith('file:') && url.endsWith('.json') && importAttributes !== undefined && !importAttributes.type;
const isNotFound = (error: unknown): boolean =>
  ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes((error as { code?: string } | null)?.code ?? '');
const version = /\?cygnet=[\d.]+$/;

/**
 * Lets code of this thread import the notebook's own `.ts` files (without ending, with enums, read again when they have
 * changed), modules that the kernel provides, and packages that came with the kernel.
 */
export const installModuleHooks = ({ provided, fallbackUrl }: ModuleHookOptions): void => {
  registerHooks({
    resolve(specifier, context, next) {
      const ready = provided[specifier];
      if (ready !== undefined) return { url: ready, shortCircuit: true };
      const found = resolveWithFallbacks(specifier, context, next, fallbackUrl);
      if (!isLocalTypeScript(found.url)) return found;
      return { ...found, url: `${found.url}?cygnet=${statSync(new URL(found.url)).mtimeMs}` };
    },
    load(url, context, next) {
      const plain = url.replace(version, '');
      if (isDataWithoutAttribute(url, context))
        return { format: 'json', shortCircuit: true, source: readFileSync(new URL(url)) };
      if (!isLocalTypeScript(plain)) return next(url, context);
      const source = readFileSync(new URL(plain), 'utf8');
      const javascript = stripTypeScriptTypes(source, { mode: 'transform', sourceUrl: plain });
      return { format: 'module', shortCircuit: true, source: javascript };
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
  try {
    return next(specifier, context);
  } catch (error) {
    if (!isNotFound(error) || isInPackage(context.parentURL)) throw error;
    const again = /^\.{0,2}\//.test(specifier)
      ? () => next(`${specifier}.ts`, context)
      : () => next(specifier, { ...context, parentURL: fallbackUrl });
    try {
      return again();
    } catch (second) {
      throw isNotFound(second) ? error : second;
    }
  }
};
