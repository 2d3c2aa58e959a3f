import ts from 'typescript';
import type { Completeness } from './cell.ts';

/** Errors that more text can cure: unterminated string, template, regular expression, comment. */
const unterminated = new Set([1002, 1010, 1160, 1161]);

const indentUnit = '  ';

/** Whether code may be executed, needs more lines, or is wrong whatever follows. Two empty lines end the patience. */
export const completenessOf = (code: string): Completeness => {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  if (diagnostics.length === 0) return { status: 'complete' };
  if (/\n[ \t\r]*\n[ \t]*$/.test(code)) return { status: 'invalid' };
  const end = code.trimEnd().length;
  const startOf = (found: ts.Diagnostic): number => found.start ?? 0;
  const isCurable = (found: ts.Diagnostic): boolean =>
    startOf(found) >= end || (unterminated.has(found.code) && startOf(found) + (found.length ?? 0) >= end);
  return diagnostics.every(isCurable) ? { status: 'incomplete', indent: indentAfter(code) } : { status: 'invalid' };
};

/** Indent of the next line: that of the last one, deeper after an opening bracket. */
const indentAfter = (code: string): string => {
  const line = code.trimEnd().split('\n').at(-1) ?? '';
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return /[{([]$|=>$/.test(line.trimEnd()) ? indent + indentUnit : indent;
};
