import path from 'node:path';
import ts from 'typescript';
import type {
  CellSource,
  CellValue,
  CompiledCell,
  CompileResult,
  Completeness,
  Completion,
  Diagnostic,
  Inspection,
  SessionName,
} from './cell.ts';
import { cellTransform, type CellEmit } from './cell-transform.ts';
import { boxName, cellFunctionName, serviceNames } from './code-names.ts';
import { completenessOf } from './completeness.ts';
import { completionsAt, wordBefore } from './completion.ts';
import { declarationsOf } from './declarations.ts';
import { cellDiagnostics } from './diagnostics.ts';
import { importTransform } from './import-transform.ts';
import type { CommittedCell } from './engine-messages.ts';
import { inspectionAt } from './inspection.ts';
import { createLanguageHost } from './language-host.ts';
import { Libraries } from './libraries.ts';
import { NotebookNames, type CellText, type WantedNames } from './notebook-names.ts';
import { preludeText } from './prelude-types.ts';

/**
 * Compiles cells on the stock TypeScript language service: one module per cell. A cell's own names stay real locals of
 * an async function and are published as accessors; earlier names are read through boxes.
 */
export class Compiler {
  readonly #folder: string;
  readonly #notebook: NotebookNames;
  readonly #service: ts.LanguageService;
  readonly #draftFile: string;
  readonly #libraries: Libraries;
  readonly #pending = new Map<number, CellText>();
  #draft: CellText;
  #version = 0;
  #emit: CellEmit | undefined;

  /**
   * @param folder the notebook's folder: imports are resolved from here
   * @param libraries may be shared with other compilers
   */
  constructor(folder: string, libraries = new Libraries()) {
    this.#folder = folder;
    this.#libraries = libraries;
    this.#notebook = new NotebookNames(folder);
    this.#draftFile = this.#notebook.fileOf('draft');
    const preludeFile = path.join(path.dirname(this.#draftFile), 'cygnet_prelude.ts');
    const virtualText = (file: string): string | undefined => {
      if (file === this.#draftFile) return this.#draft.text;
      return file === preludeFile ? preludeText : this.#notebook.cellText(file);
    };
    const host = createLanguageHost(
      folder,
      [preludeFile, this.#draftFile],
      { text: virtualText, version: (file) => (file === this.#draftFile ? String(this.#version) : 'fixed') },
      { before: [cellTransform(() => this.#emitting())], after: [importTransform] },
      libraries,
    );
    this.#draft = this.#notebook.textFor('', 'all');
    this.#service = ts.createLanguageService(host, libraries.registry);
  }

  /** Parses and binds the libraries ahead of the first cell. */
  warmUp(): void {
    this.#load('console.log(1);', 'all');
    this.#program().getSemanticDiagnostics(this.#program().getSourceFile(this.#draftFile));
    this.#emitDraft();
  }

  /** Parses and binds what notebooks import most, if it is there. */
  preload(): void {
    this.#load(
      "import * as c from 'cygnet'; import * as t from 'tslab'; import * as w from '@cygnet/kernel/widgets'; c; t; w;",
      'all',
    );
    this.#program().getSemanticDiagnostics(this.#program().getSourceFile(this.#draftFile));
  }

  compile({ id, code, label }: CellSource): CompileResult {
    const draft = this.#load(code, 'mentioned');
    const diagnostics = this.#check(draft);
    if (diagnostics.length > 0)
      return {
        ok: false,
        diagnostics: diagnostics.some(isUnknownName) ? this.#check(this.#load(code, 'all')) : diagnostics,
      };
    const { script, map, emit } = this.#emitDraft();
    const values = this.#valuesOf(draft);
    const boxes = [...emit.boxes];
    this.#pending.set(id, this.#kept(draft));
    const cell: CompiledCell = {
      id,
      label,
      file: this.#notebook.fileOf(id),
      code: wrap(script, values, boxes),
      map,
      boxes,
      values,
      types: [...draft.names.keys()].filter((name) => !values.some((value) => value.name === name)),
    };
    return { ok: true, cell };
  }

  /** Gives the ids of all cells that later ones can still refer to. */
  commit(id: number, live: readonly string[]): readonly number[] {
    const cell = this.#pending.get(id);
    this.#pending.clear();
    if (cell) this.#notebook.commit(id, cell, live);
    return this.#notebook.cellIds;
  }

  /** Makes a cell known that another compiler has compiled, by its text. */
  restore({ id, code, live }: CommittedCell): void {
    this.#notebook.commit(id, this.#notebook.textFor(code, 'mentioned'), live);
  }

  complete(code: string, position: number): Completion {
    const { codeStart } = this.#load(code, { prefix: wordBefore(code.slice(0, position)) });
    return completionsAt(this.#service, this.#draftFile, code, position, codeStart);
  }

  inspect(code: string, position: number): Inspection | undefined {
    const { codeStart, names } = this.#load(code, 'mentioned');
    const earlier = (name: string): { file: string; position: number } | undefined =>
      names.has(name) ? undefined : this.#notebook.find(name);
    return inspectionAt(this.#service, this.#draftFile, position + codeStart, codeStart, earlier);
  }

  /** Names of the session with their types. */
  names(): readonly SessionName[] {
    this.#load('', 'all');
    const program = this.#program();
    const checker = program.getTypeChecker();
    const draft = program.getSourceFile(this.#draftFile) as ts.Node;
    const symbols = new Map(
      checker
        .getSymbolsInScope(draft, ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Alias)
        .map((symbol) => [symbol.name, symbol]),
    );
    return this.#notebook.known.map((name) => ({ name, type: typeText(symbols.get(name), checker) }));
  }

  /** Forgets all names. */
  reset(): void {
    this.#notebook.clear();
    this.#pending.clear();
  }

  /** Packages were installed, changed or removed. */
  packagesChanged(): void {
    this.#libraries.installed();
  }

  isComplete(code: string): Completeness {
    return completenessOf(code);
  }

  #check(draft: CellText): readonly Diagnostic[] {
    const isCell = (file: string): boolean => this.#notebook.cellText(file) !== undefined;
    return cellDiagnostics(this.#program(), this.#draftFile, draft, isCell, this.#folder);
  }

  /** How later cells see a cell: as it is, or by its declarations when its types come through many others. */
  #kept(draft: CellText): CellText {
    if (draft.depth <= deepestInference || draft.declaresGlobally) return draft;
    const declarations = declarationsOf(this.#service, this.#draftFile);
    if (declarations === undefined) return draft;
    return this.#notebook.declared(draft, declarations) ?? draft;
  }

  #load(code: string, wanted: WantedNames): CellText {
    this.#version += 1;
    this.#draft = this.#notebook.textFor(code, wanted);
    return this.#draft;
  }

  #program(): ts.Program {
    const program = this.#service.getProgram();
    if (program === undefined) throw new Error('The TypeScript language service has no program.');
    return program;
  }

  /** State of the transformation that is running; a fresh one for every emit. */
  #emitting(): CellEmit {
    this.#emit ??= {
      checker: this.#program().getTypeChecker(),
      codeStart: this.#draft.codeStart,
      codeEnd: this.#draft.codeStart + this.#draft.code.length,
      boxes: new Set(),
    };
    return this.#emit;
  }

  #emitDraft(): { script: string; map: string; emit: CellEmit } {
    this.#emit = undefined;
    const emit = this.#emitting();
    const files = this.#service.getEmitOutput(this.#draftFile).outputFiles;
    const text = (ending: string): string => files.find(({ name }) => name.endsWith(ending))?.text ?? '';
    return { script: text('.js').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ''), map: text('.map'), emit };
  }

  /** Declared names that exist at run time. */
  #valuesOf(draft: CellText): CellValue[] {
    const program = this.#program();
    const checker = program.getTypeChecker();
    const module = checker.getSymbolAtLocation(program.getSourceFile(this.#draftFile) as ts.Node);
    const exports = new Map(module ? checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]) : []);
    const isValue = (name: string): boolean => {
      const symbol = exports.get(name);
      if (symbol === undefined) return false;
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return (target.flags & ts.SymbolFlags.Value) !== 0;
    };
    return [...draft.names]
      .filter(([name, own]) => own.isValue && isValue(name))
      .map(([name, { isAssignable }]) => ({ name, isAssignable }));
  }
}

/** Cells are looked through to this depth; beyond it a session of hundreds of cells would grow slower with each. */
const deepestInference = 4;

const longestType = 80;

const typeText = (symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string => {
  if (symbol === undefined) return '?';
  const isImport = (symbol.flags & ts.SymbolFlags.Alias) !== 0 && (symbol.flags & ts.SymbolFlags.Value) === 0;
  const target = isImport ? checker.getAliasedSymbol(symbol) : symbol;
  if ((target.flags & ts.SymbolFlags.Value) === 0) return 'type';
  const text = checker.typeToString(checker.getTypeOfSymbol(target));
  return text.length <= longestType ? text : `${text.slice(0, longestType - 1)}…`;
};

/** With every name of the notebook in sight, the compiler can suggest the one that was meant. */
const isUnknownName = ({ code }: Diagnostic): boolean => code === 2304;

/** The emitted statements as the body of the cell's async function. Line 1 publishes the names; the code starts at 2. */
const wrap = (script: string, values: readonly CellValue[], boxes: readonly string[]): string => {
  const accessors = values.map(({ name, isAssignable }) => {
    const write = isAssignable ? `(__cygnet_value) => { ${name} = __cygnet_value; }` : 'undefined';
    return `${JSON.stringify(name)}: { read: () => ${name}, write: ${write} }`;
  });
  const parameters = [...Object.values(serviceNames), 'require', '__filename', '__dirname', ...boxes.map(boxName)];
  const publish = `${serviceNames.define}({ ${accessors.join(', ')} });`;
  return `(function (${parameters.join(', ')}) { "use strict"; return async function ${cellFunctionName}() { ${publish}\n${script}\n}; })`;
};
