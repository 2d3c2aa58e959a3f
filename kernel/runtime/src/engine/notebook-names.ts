import path from 'node:path';
import ts from 'typescript';
import { cellFilePattern, cellModuleName } from './code-names.ts';
import { declaredNames, type DeclaredName } from './declared-names.ts';

/** A cell as TypeScript sees it: one line of imports of earlier names, the user's code, one line of exports. */
export interface CellText {
  readonly text: string;
  readonly code: string;
  /** Offset of the user's code in `text`. */
  readonly codeStart: number;
  readonly names: ReadonlyMap<string, DeclaredName>;
  /** Cell files that it imports. */
  readonly imports: ReadonlySet<string>;
  /** Whether every later cell sees what it declares, imported or not. */
  readonly declaresGlobally: boolean;
  /** Through how many other cells its types may have to be inferred. */
  readonly depth: number;
}

/** Which earlier names a cell is to see: those it mentions, all, or those it mentions and those that begin so. */
export type WantedNames = 'mentioned' | 'all' | { readonly prefix: string };

interface Declaration {
  readonly file: string;
  /** Offset in the file. */
  readonly position: number;
  readonly isAssignable: boolean;
}

/** What a name stands for: the latest value and the latest type, which may come from different cells. */
interface NotebookName {
  readonly value?: Declaration;
  readonly type?: Declaration;
}

/** The names of a notebook's session and the cells that they live in. */
export class NotebookNames {
  readonly #folder: string;
  readonly #names = new Map<string, NotebookName>();
  readonly #cells = new Map<string, CellText>();
  /** Cells whose `declare global` every later cell sees. */
  readonly #ambient = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  fileOf(id: number | 'draft'): string {
    return path.join(this.#folder, `${cellModuleName(id)}.ts`);
  }

  cellText(file: string): string | undefined {
    return this.#cells.get(file)?.text;
  }

  /** Cells that later ones can refer to. */
  get cellIds(): readonly number[] {
    return [...this.#cells.keys()].map((file) => Number(cellFilePattern.exec(file)?.[1]));
  }

  /** Names of the session, oldest first. */
  get known(): readonly string[] {
    return [...this.#names.keys()];
  }

  clear(): void {
    for (const known of [this.#names, this.#cells, this.#ambient]) known.clear();
  }

  /** Where a name was declared. */
  find(name: string): Declaration | undefined {
    const known = this.#names.get(name);
    return known?.value ?? known?.type;
  }

  /** Wraps code in what it needs of earlier cells. */
  textFor(code: string, wanted: WantedNames): CellText {
    const source = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
    const names = declaredNames(source);
    const mentioned = wanted === 'all' ? undefined : identifiersOf(source);
    const isWanted = (name: string): boolean =>
      mentioned === undefined || mentioned.has(name) || (typeof wanted === 'object' && beginsWith(name, wanted.prefix));
    const imports = new Set<string>(this.#ambient);
    const head: string[] = [];
    for (const [name, known] of this.#names) {
      if (!isWanted(name)) continue;
      const { value, type } = visibleBeside(names.get(name), known);
      const isOne = value !== undefined && value.file === type?.file;
      const from = ({ file }: Declaration): string => `"./${path.basename(file, '.ts')}"`;
      if (type) head.push(`import { ${name} } from ${from(type)};`);
      if (value && !isOne) head.push(valueImport(name, value, from(value), type !== undefined || names.has(name)));
      for (const used of [value, type]) if (used) imports.add(used.file);
    }
    for (const file of this.#ambient) head.push(`import "./${path.basename(file, '.ts')}";`);
    const exported = [...names].filter(([, { isExported }]) => !isExported).map(([name]) => name);
    const first = `${head.join(' ')}\n`;
    return {
      text: `${first}${code}\nexport { ${exported.join(', ')} };`,
      code,
      codeStart: first.length,
      names,
      imports,
      declaresGlobally: /\bdeclare\s+(global|module)\b/.test(code),
      depth: this.#depthOver(imports),
    };
  }

  /**
   * The same cell by its declarations, with types written out, so that later cells need not infer them again through all
   * the cells before. Undefined when they do not declare what the cell does.
   */
  declared(cell: CellText, declarations: string): CellText | undefined {
    const found = declaredNames(ts.createSourceFile('cell.ts', declarations, ts.ScriptTarget.Latest, true));
    const names = new Map<string, DeclaredName>();
    for (const [name, own] of cell.names) {
      const position = found.get(name)?.position;
      if (position === undefined) return undefined;
      names.set(name, { ...own, position });
    }
    const files = declarations.matchAll(/"\.\/(cygnet_cell_\d+)"/g);
    const imports = new Set([...files].map(([, module]) => path.join(this.#folder, `${module}.ts`)));
    return { ...cell, text: declarations, codeStart: 0, names, imports, depth: this.#depthOver(imports) };
  }

  #depthOver(imports: ReadonlySet<string>): number {
    return 1 + Math.max(-1, ...[...imports].map((file) => this.#cells.get(file)?.depth ?? 0));
  }

  /** Takes `live` names of a cell over into the session and forgets cells that nothing refers to. */
  commit(id: number, cell: CellText, live: readonly string[]): void {
    const file = this.fileOf(id);
    this.#cells.set(file, cell);
    if (cell.declaresGlobally) this.#ambient.add(file);
    for (const [name, { position, isAssignable, isValue, isType }] of cell.names) {
      if (!live.includes(name)) continue;
      const own: Declaration = { file, position: position + cell.codeStart, isAssignable };
      const { value, type } = this.#names.get(name) ?? {};
      const isOne = value?.file === type?.file;
      this.#names.delete(name);
      this.#names.set(name, {
        ...(isValue ? { value: own } : value && !isOne && { value }),
        ...(isType ? { type: own } : type && !isOne && { type }),
      });
    }
    const reachable = new Set<string>();
    const mark = (of: string): void => {
      if (reachable.has(of)) return;
      reachable.add(of);
      for (const next of this.#cells.get(of)?.imports ?? []) mark(next);
    };
    for (const { value, type } of this.#names.values()) for (const used of [value, type]) if (used) mark(used.file);
    for (const ambient of this.#ambient) mark(ambient);
    for (const known of this.#cells.keys()) if (!reachable.has(known)) this.#cells.delete(known);
  }
}

/** What a cell sees of an earlier name: nothing of what it declares itself, but the type behind its own value, and so on. */
const visibleBeside = (own: DeclaredName | undefined, { value, type }: NotebookName): NotebookName => {
  const isOne = value?.file === type?.file;
  if (own === undefined) return { ...(value && { value }), ...(type && { type }) };
  if (own.isImported || isOne) return {};
  return { ...(value && !own.isValue && { value }), ...(type && !own.isType && { type }) };
};

/** An import, unless the name can be assigned to, or stands for another cell's type as well. */
const valueImport = (name: string, { isAssignable }: Declaration, from: string, isShared: boolean): string => {
  if (!isAssignable && !isShared) return `import { ${name} } from ${from};`;
  return `declare ${isAssignable ? 'let' : 'const'} ${name}: typeof import(${from}).${name};`;
};

const beginsWith = (name: string, prefix: string): boolean => name.toLowerCase().startsWith(prefix.toLowerCase());

const identifiersOf = (source: ts.SourceFile): Set<string> => {
  const found = new Set<string>();
  const walk = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
};
