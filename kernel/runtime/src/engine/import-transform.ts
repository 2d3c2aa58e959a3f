import ts from 'typescript';
import { isCellModule, serviceNames } from './code-names.ts';

/**
 * Rewrites imports to awaited calls and drops exports, after TypeScript has removed everything that exists for types
 * only: `import { a as b } from 'm'` becomes `const [b] = await import_('m', ['a'])`.
 */
export const importTransform: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const { factory } = context;
  const imports: ts.Statement[] = [];
  const others: ts.Statement[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      const rewritten = rewriteImport(statement, factory);
      if (rewritten) imports.push(rewritten);
    } else if (ts.isExportAssignment(statement)) others.push(factory.createExpressionStatement(statement.expression));
    else if (!ts.isExportDeclaration(statement)) others.push(withoutExport(statement, context));
  }
  return factory.updateSourceFile(file, [...imports, ...others]);
};

const rewriteImport = (statement: ts.ImportDeclaration, factory: ts.NodeFactory): ts.Statement | undefined => {
  const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
  if (isCellModule(specifier)) return undefined;
  const call = (names: ts.Expression): ts.Expression =>
    factory.createAwaitExpression(
      factory.createCallExpression(factory.createIdentifier(serviceNames.importModule), undefined, [
        factory.createStringLiteral(specifier),
        names,
      ]),
    );
  const clause = statement.importClause;
  if (clause === undefined) return factory.createExpressionStatement(call(factory.createArrayLiteralExpression([])));
  const pairs = bindingsOf(clause);
  const wanted = factory.createArrayLiteralExpression(pairs.map(([name]) => factory.createStringLiteral(name)));
  const pattern = factory.createArrayBindingPattern(
    pairs.map(([, local]) => factory.createBindingElement(undefined, undefined, factory.createIdentifier(local.text))),
  );
  const value = ts.setTextRange(call(wanted), statement);
  const declaration = factory.createVariableDeclaration(pattern, undefined, undefined, value);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
  );
};

/** Pairs of exported name and local name; `*` stands for the whole module. */
const bindingsOf = (clause: ts.ImportClause): (readonly [string, ts.Identifier])[] => {
  const pairs: (readonly [string, ts.Identifier])[] = [];
  if (clause.name) pairs.push(['default', clause.name]);
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) pairs.push(['*', bindings.name]);
  else if (bindings)
    for (const { propertyName, name } of bindings.elements) pairs.push([(propertyName ?? name).text, name]);
  return pairs;
};

const withoutExport = (statement: ts.Statement, context: ts.TransformationContext): ts.Statement => {
  if (!ts.canHaveModifiers(statement) || !ts.getModifiers(statement)?.length) return statement;
  const dropped = new Set([ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword]);
  return ts.visitEachChild(statement, (node) => (dropped.has(node.kind) ? undefined : node), context);
};
