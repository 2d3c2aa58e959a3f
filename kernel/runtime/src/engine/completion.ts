import ts from 'typescript';
import type { Completion } from './cell.ts';

/** Asks the language service at `offset` of `file`; `position` is the same place in the user's code. */
export const completionsAt = (
  service: ts.LanguageService,
  file: string,
  code: string,
  position: number,
  codeStart: number,
): Completion => {
  const found = service.getCompletionsAtPosition(file, position + codeStart, {
    includeCompletionsForModuleExports: false,
    includeCompletionsWithInsertText: false,
    includeCompletionsForImportStatements: true,
  });
  const before = code.slice(0, position);
  const specifier = moduleSpecifierBefore(before);
  const entries = found?.entries ?? [];
  const prefix =
    specifier === undefined ? wordBefore(before) : specifierPrefix(specifier, entries, position, codeStart);
  const matching = entries.filter(
    (entry) =>
      entry.name.toLowerCase().startsWith(prefix.toLowerCase()) &&
      (specifier !== undefined || entry.kind !== ts.ScriptElementKind.warning),
  );
  const exact = matching.filter((entry) => entry.name.startsWith(prefix));
  const chosen = new Map((exact.length > 0 ? exact : matching).map((entry) => [entry.name, entry]));
  return {
    start: position - prefix.length,
    end: position + wordAfter(code.slice(position)).length,
    items: withRealKinds(service, file, [...chosen.values()].sort(bySortText)),
  };
};

/** Names of earlier cells and imports are aliases to TypeScript; people want to see what they stand for. */
const withRealKinds = (
  service: ts.LanguageService,
  file: string,
  entries: readonly ts.CompletionEntry[],
): Completion['items'] => {
  const isAlias = ({ kind }: ts.CompletionEntry): boolean => kind === ts.ScriptElementKind.alias;
  const program = entries.some(isAlias) ? service.getProgram() : undefined;
  const source = program?.getSourceFile(file);
  const checker = program?.getTypeChecker();
  const aliases = source ? (checker?.getSymbolsInScope(source, ts.SymbolFlags.Alias) ?? []) : [];
  const kinds = new Map(aliases.map((symbol) => [symbol.name, checker && kindOf(checker.getAliasedSymbol(symbol))]));
  return entries.map((entry) => ({
    name: entry.name,
    kind: (isAlias(entry) ? kinds.get(entry.name) : undefined) ?? entry.kind,
  }));
};

const kindOf = ({ flags }: ts.Symbol): ts.ScriptElementKind | undefined => {
  const { SymbolFlags: is, ScriptElementKind: kind } = ts;
  if (flags & is.Class) return kind.classElement;
  if (flags & is.Function) return kind.functionElement;
  if (flags & is.Method) return kind.memberFunctionElement;
  if (flags & is.Enum) return kind.enumElement;
  if (flags & is.Variable) return kind.variableElement;
  if (flags & is.Module) return kind.moduleElement;
  if (flags & is.Interface) return kind.interfaceElement;
  return flags & is.TypeAlias ? kind.typeElement : undefined;
};

/** The unfinished name before the cursor. */
export const wordBefore = (text: string): string => /[\w$]*$/.exec(text)?.[0] ?? '';
const wordAfter = (text: string): string => /^[\w$]*/.exec(text)?.[0] ?? '';

/** The unfinished module name before the cursor: names may hold `/`, `@` and `-`. */
const moduleSpecifierBefore = (text: string): string | undefined =>
  /(?:from|import|require)\s*\(?\s*(['"])([^'"\n]*)$/.exec(text)?.[2];

const specifierPrefix = (
  specifier: string,
  entries: readonly ts.CompletionEntry[],
  position: number,
  codeStart: number,
): string => {
  const span = entries[0]?.replacementSpan;
  if (span === undefined) return specifier.slice(specifier.lastIndexOf('/') + 1);
  return specifier.slice(span.start - codeStart - (position - specifier.length));
};

const bySortText = (a: ts.CompletionEntry, b: ts.CompletionEntry): number =>
  a.sortText === b.sortText ? (a.name < b.name ? -1 : 1) : a.sortText < b.sortText ? -1 : 1;
