import path from 'node:path';
import ts from 'typescript';
import type { Diagnostic } from './cell.ts';
import type { CellText } from './notebook-names.ts';

/** Messages that make no sense in a cell: global augmentation, `.ts` endings, implicit any hints. */
const ignoredCodes = new Set([2669, 5097, 7044, 7045]);

/** A name may have its value from one cell and its type from another, which two imports in one file may not say. */
const sharedName = 2440;

/** Errors of a cell and of the local files that it imports, at the user's lines. */
export const cellDiagnostics = (
  program: ts.Program,
  file: string,
  cell: CellText,
  isOtherCell: (file: string) => boolean,
  folder: string,
): readonly Diagnostic[] => {
  const draft = program.getSourceFile(file);
  const local = program
    .getSourceFiles()
    .filter(
      (other) => !other.isDeclarationFile && !isOtherCell(other.fileName) && !other.fileName.includes('/node_modules/'),
    );
  return [draft, ...local.filter((other) => other !== draft)]
    .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
    .filter(({ category, code }) => category === ts.DiagnosticCategory.Error && !ignoredCodes.has(code))
    .filter(({ code, file: of, start = 0 }) => code !== sharedName || of !== draft || start >= cell.codeStart)
    .map((found) => {
      const isOwn = found.file === draft || found.file === undefined;
      const start = found.start ?? 0;
      const end = cell.codeStart + cell.code.length;
      const offset = isOwn ? Math.min(Math.max(start, cell.codeStart), end) : start;
      const place = found.file?.getLineAndCharacterOfPosition(offset) ?? { line: 1, character: 0 };
      return {
        ...(isOwn ? {} : { file: path.relative(folder, found.file?.fileName ?? '') }),
        line: place.line + (isOwn ? 0 : 1),
        column: place.character + 1,
        length: found.length ?? 0,
        code: found.code,
        message: messageOf(found),
      };
    });
};

const unknownModule = 2307;

/** Constants of earlier cells are imports for the compiler; the user wrote `const`. A missing package can be had. */
const messageOf = (found: ts.Diagnostic): string => {
  const message = ts
    .flattenDiagnosticMessageText(found.messageText, '\n')
    .replace(/ because it is an import\.$/, ' because it is a constant.');
  const missing = found.code === unknownModule ? /'((?:@[\w.-]+\/)?\w[\w.-]*)[/\w.-]*'/.exec(message)?.[1] : undefined;
  return missing === undefined ? message : `${message} To install a package: %npm install ${missing}`;
};
