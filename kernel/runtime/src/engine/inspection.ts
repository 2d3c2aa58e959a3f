import ts from 'typescript';
import type { Inspection } from './cell.ts';
import { readDocumentation } from './documentation.ts';

type Place = { readonly file: string; readonly position: number };

/**
 * Signature and documentation at an offset of the draft. For a name of an earlier cell the words come from where it
 * was declared, not from the import that the draft sees it through.
 */
export const inspectionAt = (
  service: ts.LanguageService,
  draftFile: string,
  offset: number,
  codeStart: number,
  earlierCell: (name: string) => Place | undefined,
): Inspection | undefined => {
  const program = service.getProgram();
  const definitions = service.getDefinitionAtPosition(draftFile, offset) ?? [];
  for (const { fileName } of definitions) {
    const file = program?.getSourceFile(fileName);
    if (file) readDocumentation(file);
  }
  const info = service.getQuickInfoAtPosition(draftFile, offset);
  if (info === undefined) return undefined;
  const { start, length } = info.textSpan;
  const name = program?.getSourceFile(draftFile)?.text.slice(start, start + length) ?? '';
  const place = earlierCell(name);
  const definition = place && definitions[0];
  const isEarlier =
    definition !== undefined &&
    (definition.fileName === place?.file ||
      (definition.fileName === draftFile && definition.textSpan.start < codeStart));
  const declared = isEarlier && place ? service.getQuickInfoAtPosition(place.file, place.position) : undefined;
  const { displayParts, documentation, tags } = declared ?? info;
  return {
    signature: ts.displayPartsToString(displayParts),
    documentation: ts.displayPartsToString(documentation),
    tags: (tags ?? []).map((tag) => ({ name: tag.name, text: ts.displayPartsToString(tag.text) })),
  };
};
