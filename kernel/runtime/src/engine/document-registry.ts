import ts from 'typescript';

/**
 * A document registry that keeps what it parsed of libraries when a cell stops using them: the next cell that imports
 * `cygnet` finds its declarations parsed and bound.
 */
export const createKeepingRegistry = (): ts.DocumentRegistry => {
  const registry = ts.createDocumentRegistry();
  const isLibrary = (path: string): boolean => path.endsWith('.d.ts');
  return {
    ...registry,
    releaseDocumentWithKey(
      path: ts.Path,
      key: ts.DocumentRegistryBucketKey,
      kind?: ts.ScriptKind,
      format?: ts.ResolutionMode,
    ) {
      if (!isLibrary(path)) registry.releaseDocumentWithKey(path, key, kind ?? ts.ScriptKind.TS, format);
    },
  };
};
