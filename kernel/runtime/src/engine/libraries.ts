import { statSync } from 'node:fs';
import ts from 'typescript';

interface LibraryFile {
  readonly snapshot: ts.IScriptSnapshot;
  readonly text: string;
  readonly version: string;
}

/**
 * Declarations and installed packages, read, parsed and bound once for all compilers that share them. TypeScript asks for
 * some 200 of these files at every cell, and keeps what it parsed of them here when a cell stops using them. What is
 * missing is looked for again, as packages are installed meanwhile.
 */
export class Libraries {
  readonly registry = createKeepingRegistry();
  readonly #files = new Map<string, LibraryFile>();
  readonly #existing = new Set<string>();
  readonly #imports = new Map<string, readonly ts.ResolvedModuleWithFailedLookupLocations[]>();

  text(file: string): string | undefined {
    return this.#file(file)?.text;
  }

  snapshot(file: string): ts.IScriptSnapshot | undefined {
    return this.#file(file)?.snapshot;
  }

  version(file: string): string {
    return this.#file(file)?.version ?? 'missing';
  }

  exists(file: string): boolean {
    if (!this.#existing.has(file) && !ts.sys.fileExists(file)) return false;
    this.#existing.add(file);
    return true;
  }

  /** What the imports of a library's file stand for; asked once, as neither file nor packages change under a session. */
  imports(
    file: string,
    resolve: () => readonly ts.ResolvedModuleWithFailedLookupLocations[],
  ): readonly ts.ResolvedModuleWithFailedLookupLocations[] {
    const known = this.#imports.get(file) ?? resolve();
    this.#imports.set(file, known);
    return known;
  }

  /** Forgets files that have changed or gone since they were read. */
  refresh(): void {
    let isChanged = false;
    for (const [file, { version }] of this.#files) {
      if (versionOf(file) === version) continue;
      isChanged = true;
      this.#files.delete(file);
    }
    if (!isChanged) return;
    this.#existing.clear();
    this.#imports.clear();
  }

  /** Packages were installed or removed: what was missing may be there now. */
  installed(): void {
    this.refresh();
    this.#existing.clear();
    this.#imports.clear();
  }

  #file(file: string): LibraryFile | undefined {
    const known = this.#files.get(file);
    if (known) return known;
    const text = ts.sys.readFile(file);
    if (text === undefined) return undefined;
    const read = { text, snapshot: ts.ScriptSnapshot.fromString(text), version: versionOf(file) };
    this.#files.set(file, read);
    return read;
  }
}

const versionOf = (file: string): string => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'missing' : `${found.mtimeMs}:${found.size}`;
};

/**
 * Never releases declarations: the next cell that imports `cygnet` finds them parsed and bound. Comments are not parsed;
 * see documentation.ts.
 */
const createKeepingRegistry = (): ts.DocumentRegistry => {
  const registry = ts.createDocumentRegistry(
    ts.sys.useCaseSensitiveFileNames,
    undefined,
    ts.JSDocParsingMode.ParseNone,
  );
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
