import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Compiler options of cells: strict about mistakes, easy on exploration. */
export const cellCompilerOptions = (folder: string): ts.CompilerOptions => ({
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: ['node'],
  typeRoots: [path.join(folder, 'node_modules/@types'), kernelTypesFolder()],
  strict: true,
  noImplicitAny: false,
  strictPropertyInitialization: false,
  useUnknownInCatchVariables: false,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  preserveConstEnums: true,
  allowUnusedLabels: true,
  allowUnreachableCode: true,
  sourceMap: true,
  removeComments: true,
});

const kernelTypesFolder = (): string =>
  path.resolve(path.dirname(createRequire(import.meta.url).resolve('@types/node/package.json')), '..');

/** A file of the kernel: packages that the notebook's folder lacks are looked up from here. */
const kernelFile = fileURLToPath(import.meta.url);

/** Files that exist in memory only. */
export interface VirtualFiles {
  text(file: string): string | undefined;
  version(file: string): string;
}

const isInPackage = (file: string): boolean => file.includes('/node_modules/');

/**
 * Files of installed packages, read once. TypeScript asks for every one of them at every cell: some 200 declaration files
 * and their package.json. What is missing is looked for again, as packages are installed meanwhile.
 */
class PackageFiles {
  readonly #texts = new Map<string, string>();
  readonly #snapshots = new Map<string, ts.IScriptSnapshot>();
  readonly #existing = new Set<string>();

  text(file: string): string | undefined {
    const text = this.#texts.get(file) ?? ts.sys.readFile(file);
    if (text !== undefined) this.#texts.set(file, text);
    return text;
  }

  snapshot(file: string): ts.IScriptSnapshot | undefined {
    const text = this.text(file);
    if (text === undefined) return undefined;
    const snapshot = this.#snapshots.get(file) ?? ts.ScriptSnapshot.fromString(text);
    this.#snapshots.set(file, snapshot);
    return snapshot;
  }

  exists(file: string): boolean {
    if (!this.#existing.has(file) && !ts.sys.fileExists(file)) return false;
    this.#existing.add(file);
    return true;
  }
}

/** The service hands `getModuleResolutionCache` on to its programs, though its host's type does not say so. */
type LanguageHost = ts.LanguageServiceHost & Pick<ts.CompilerHost, 'getModuleResolutionCache'>;

/**
 * The language service's view of the world: virtual cells over the disk. The root files never change, as a changing
 * list makes TypeScript build the whole program anew.
 */
export const createLanguageHost = (
  folder: string,
  rootFiles: readonly string[],
  virtual: VirtualFiles,
  transformers: ts.CustomTransformers,
): LanguageHost => {
  const options = cellCompilerOptions(folder);
  const packages = new PackageFiles();
  const modified = (file: string): string => String(ts.sys.getModifiedTime?.(file)?.getTime() ?? 0);
  const readFile = (file: string): string | undefined =>
    virtual.text(file) ?? (isInPackage(file) ? packages.text(file) : ts.sys.readFile(file));
  const fileExists = (file: string): boolean =>
    virtual.text(file) !== undefined || (isInPackage(file) ? packages.exists(file) : ts.sys.fileExists(file));
  const resolutionHost: ts.ModuleResolutionHost = { ...ts.sys, fileExists, readFile };
  const cache = ts.createModuleResolutionCache(folder, (file) => file, options);
  return {
    ...ts.sys,
    readFile,
    fileExists,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...rootFiles],
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
    getModuleResolutionCache: () => cache,
    getCustomTransformers: () => transformers,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptVersion(file) {
      if (virtual.text(file) !== undefined) return virtual.version(file);
      return isInPackage(file) ? 'installed' : modified(file);
    },
    getScriptSnapshot(file) {
      if (isInPackage(file)) return packages.snapshot(file);
      const text = readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    resolveModuleNameLiterals(literals, containingFile, redirected, _options, sourceFile) {
      return literals.map((literal) => {
        const mode = ts.getModeForUsageLocation(sourceFile, literal, options);
        const resolve = (from: string, by?: ts.ModuleResolutionCache): ts.ResolvedModuleWithFailedLookupLocations =>
          ts.resolveModuleName(literal.text, from, options, resolutionHost, by, redirected, mode);
        const isPackage = isInPackage(containingFile);
        const found = resolve(containingFile, isPackage ? cache : undefined);
        if (found.resolvedModule || isPackage || /^[./]/.test(literal.text)) return found;
        return resolve(kernelFile);
      });
    },
  };
};
