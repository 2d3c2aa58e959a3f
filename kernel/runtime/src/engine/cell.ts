/** What the engine takes and gives. Everything is plain data and can cross a thread boundary. */

/** One cell to compile. */
export interface CellSource {
  /** Unique in the session. */
  readonly id: number;
  readonly code: string;
  /** How stack traces name the cell, for example `In [3]`. */
  readonly label: string;
}

/** A compiler message. Lines and columns count from 1; offsets are UTF-16. */
export interface Diagnostic {
  /** Path of a local file that the cell imports, relative to the notebook's folder; absent for the cell itself. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly code: number;
  readonly message: string;
}

/** A name that a cell declares and that exists at run time. */
export interface CellValue {
  readonly name: string;
  /** Whether other cells may assign to it. */
  readonly isAssignable: boolean;
}

/** A compiled cell: source of a function that, called with the runner's services, gives the cell's async function. */
export interface CompiledCell {
  readonly id: number;
  readonly label: string;
  /** Path under which the cell is known to Node; nothing is written there. */
  readonly file: string;
  readonly code: string;
  /** Source map as JSON. */
  readonly map: string;
  /** Names of earlier cells that the code uses, each handed in as a box. */
  readonly boxes: readonly string[];
  readonly values: readonly CellValue[];
  /** Names that exist for the compiler only. */
  readonly types: readonly string[];
}

export type CompileResult =
  | { readonly ok: true; readonly cell: CompiledCell }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface CompletionItem {
  readonly name: string;
  /** TypeScript's word: `const`, `method`, `property`, … */
  readonly kind: string;
}

/** Completions that replace `code.slice(start, end)`. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly items: readonly CompletionItem[];
}

export interface Inspection {
  readonly signature: string;
  readonly documentation: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

export type Completeness =
  | { readonly status: 'complete' }
  | { readonly status: 'invalid' }
  | { readonly status: 'incomplete'; readonly indent: string };

export interface SessionName {
  readonly name: string;
  /** TypeScript's words, cut when long; `type` for names that exist for the compiler only. */
  readonly type: string;
}

/** Understands cells. Positions are UTF-16 offsets into the code. */
export interface Engine {
  compile(cell: CellSource): Promise<CompileResult>;
  /** Makes `live` names of a compiled cell visible to later cells. */
  commit(id: number, live: readonly string[]): Promise<void>;
  complete(code: string, position: number): Promise<Completion>;
  inspect(code: string, position: number): Promise<Inspection | undefined>;
  isComplete(code: string): Promise<Completeness>;
  /** Names of the session, oldest first. */
  names(): Promise<readonly SessionName[]>;
  /** Forgets all names. */
  reset(): Promise<void>;
  /** Packages were installed, changed or removed. */
  packagesChanged(): Promise<void>;
}
