import type ts from 'typescript';

/**
 * A module's declarations with every inferred type written out, comments included; undefined when one of its types has no
 * name or is too large to be written.
 */
export const declarationsOf = (service: ts.LanguageService, file: string): string | undefined => {
  const emitted: ts.EmitOutput & { readonly diagnostics?: readonly ts.Diagnostic[] } = service.getEmitOutput(
    file,
    true,
    true,
  );
  const text = emitted.outputFiles.find(({ name }) => name.endsWith('.d.ts'))?.text;
  if (text === undefined || (emitted.diagnostics?.length ?? 0) > 0 || text.includes('/*elided*/')) return undefined;
  return text;
};
