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
  /** Cell files that the first line imports. */
  readonly imports: ReadonlySet<string>;
}

interface NotebookName {
  readonly file: string;
  /** Offset in the file. */
  readonly position: number;
  readonly isAssignable: boolean;
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

  find(name: string): NotebookName | undefined {
    return this.#names.get(name);
  }

  /** Wraps code in what it needs of earlier cells: the names it mentions, or all of them. */
  textFor(code: string, wanted: 'mentioned' | 'all'): CellText {
    const source = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
    const names = declaredNames(source);
    const mentioned = wanted === 'mentioned' ? identifiersOf(source) : undefined;
    const imports = new Set<string>(this.#ambient);
    const head: string[] = [];
    for (const [name, { file, isAssignable }] of this.#names) {
      if (names.has(name) || (mentioned && !mentioned.has(name))) continue;
      const from = `"./${path.basename(file, '.ts')}"`;
      imports.add(file);
      head.push(
        isAssignable ? `declare let ${name}: typeof import(${from}).${name};` : `import { ${name} } from ${from};`,
      );
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
    };
  }

  /** Takes `live` names of a cell over into the session and forgets cells that nothing refers to. */
  commit(id: number, cell: CellText, live: readonly string[]): void {
    const file = this.fileOf(id);
    this.#cells.set(file, cell);
    if (/\bdeclare\s+(global|module)\b/.test(cell.code)) this.#ambient.add(file);
    for (const [name, { position, isAssignable }] of cell.names) {
      if (!live.includes(name)) continue;
      this.#names.delete(name);
      this.#names.set(name, { file, position: position + cell.codeStart, isAssignable });
    }
    const reachable = new Set<string>();
    const mark = (of: string): void => {
      if (reachable.has(of)) return;
      reachable.add(of);
      for (const next of this.#cells.get(of)?.imports ?? []) mark(next);
    };
    for (const name of this.#names.values()) mark(name.file);
    for (const ambient of this.#ambient) mark(ambient);
    for (const known of this.#cells.keys()) if (!reachable.has(known)) this.#cells.delete(known);
  }
}

const identifiersOf = (source: ts.SourceFile): Set<string> => {
  const found = new Set<string>();
  const walk = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
};
