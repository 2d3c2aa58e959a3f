import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { isCellModule } from './code-names.ts';
import type { Libraries } from './libraries.ts';

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
/** In a clone, declarations of the kernel's own packages are not below node_modules. */
const kernelFolder = path.resolve(path.dirname(kernelFile), '../../..') + path.sep;
/** Whether a file stays what it is while the session lasts. */
const isLibrary = (file: string): boolean =>
  isInPackage(file) || (file.startsWith(kernelFolder) && file.endsWith('.d.ts'));

/** The service hands `getModuleResolutionCache` on to its programs, though its host's type does not say so. */
type LanguageHost = ts.LanguageServiceHost & Pick<ts.CompilerHost, 'getModuleResolutionCache'>;

const cellModule = (folder: string, specifier: string): ts.ResolvedModuleFull => ({
  resolvedFileName: path.join(folder, `${specifier}.ts`),
  extension: ts.Extension.Ts,
  isExternalLibraryImport: false,
});

/**
 * The language service's view of the world: virtual cells over the disk. The root files never change, as a changing
 * list makes TypeScript build the whole program anew.
 */
export const createLanguageHost = (
  folder: string,
  rootFiles: readonly string[],
  virtual: VirtualFiles,
  transformers: ts.CustomTransformers,
  libraries: Libraries,
): LanguageHost => {
  const options = cellCompilerOptions(folder);
  const modified = (file: string): string => String(ts.sys.getModifiedTime?.(file)?.getTime() ?? 0);
  const readFile = (file: string): string | undefined =>
    virtual.text(file) ?? (isLibrary(file) ? libraries.text(file) : ts.sys.readFile(file));
  const fileExists = (file: string): boolean =>
    virtual.text(file) !== undefined || (isLibrary(file) ? libraries.exists(file) : ts.sys.fileExists(file));
  const resolutionHost: ts.ModuleResolutionHost = { ...ts.sys, fileExists, readFile };
  const cache = ts.createModuleResolutionCache(folder, (file) => file, options);
  return {
    ...ts.sys,
    readFile,
    fileExists,
    getCompilationSettings: () => options,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone, // see documentation.ts
    getScriptFileNames: () => [...rootFiles],
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
    getModuleResolutionCache: () => cache,
    getCustomTransformers: () => transformers,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptVersion(file) {
      if (virtual.text(file) !== undefined) return virtual.version(file);
      return isLibrary(file) ? libraries.version(file) : modified(file);
    },
    getScriptSnapshot(file) {
      if (isLibrary(file)) return libraries.snapshot(file);
      const text = readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    resolveModuleNameLiterals(literals, containingFile, redirected, _options, sourceFile) {
      const resolveAll = (): readonly ts.ResolvedModuleWithFailedLookupLocations[] =>
        literals.map((literal) => {
          if (isCellModule(literal.text)) return { resolvedModule: cellModule(folder, literal.text) };
          const mode = ts.getModeForUsageLocation(sourceFile, literal, options);
          const resolve = (from: string, by?: ts.ModuleResolutionCache): ts.ResolvedModuleWithFailedLookupLocations =>
            ts.resolveModuleName(literal.text, from, options, resolutionHost, by, redirected, mode);
          const isFixed = isLibrary(containingFile);
          const found = resolve(containingFile, isFixed ? cache : undefined);
          if (found.resolvedModule || isFixed || /^[./]/.test(literal.text)) return found;
          return resolve(kernelFile);
        });
      return isLibrary(containingFile) ? libraries.imports(containingFile, resolveAll) : resolveAll();
    },
  };
};
