import ts from 'typescript';

type Documented = ts.Node & { jsDoc?: unknown };

const isRead = new WeakSet<ts.SourceFile>();

/**
 * Brings a file's documentation comments into its tree. Declarations are parsed without them, as they are half of what
 * there is to parse and to keep in Node's, and few are ever looked at.
 */
export const readDocumentation = (file: ts.SourceFile): void => {
  if (isRead.has(file)) return;
  isRead.add(file);
  const { fileName, text, languageVersion } = file;
  const options = { languageVersion, jsDocParsingMode: ts.JSDocParsingMode.ParseAll };
  copyComments(ts.createSourceFile(fileName, text, options, true), file);
};

/** Both trees come from one text, so their nodes correspond. */
const copyComments = (from: Documented, to: Documented): void => {
  if (from.jsDoc !== undefined) to.jsDoc = from.jsDoc;
  const children = childrenOf(to);
  for (const [i, child] of childrenOf(from).entries()) {
    const twin = children[i];
    if (twin) copyComments(child, twin);
  }
};

const childrenOf = (node: ts.Node): ts.Node[] => {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
};
