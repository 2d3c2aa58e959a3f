import ts from 'typescript';
import { boxName, serviceNames } from './code-names.ts';
import { guardFunction, guardLoop, isLoop, stopAfter } from './loop-guard.ts';

/** The cell that is being emitted, and what the transformation found out about it. */
export interface CellEmit {
  readonly checker: ts.TypeChecker;
  readonly codeStart: number;
  readonly codeEnd: number;
  /** Filled: earlier names that the code reads or writes. */
  readonly boxes: Set<string>;
}

/**
 * Rewrites a cell before TypeScript's own transformations: names of earlier cells become `box.v`, so that everybody
 * sees the latest value; loops get guards; the last expression is returned, wrapped so that a promise stays one.
 */
export const cellTransform =
  (current: () => CellEmit): ts.TransformerFactory<ts.SourceFile> =>
  (context) =>
  (file) => {
    const emit = current();
    const visit = statementVisitor(emit, file, context);
    const { factory } = context;
    const isUsers = (node: ts.Node): boolean => {
      const start = node.getStart(file);
      return start >= emit.codeStart && start < emit.codeEnd;
    };
    const last = file.statements.filter(isUsers).at(-1);
    const rewrite = (statement: ts.Statement): ts.Statement => {
      if (!isUsers(statement)) return statement;
      if (statement !== last || !ts.isExpressionStatement(statement)) return visit(statement) as ts.Statement;
      const value = visit(statement.expression) as ts.Expression;
      const wrapped = ts.setTextRange(factory.createParenthesizedExpression(value), statement.expression);
      const result = factory.createObjectLiteralExpression([factory.createPropertyAssignment('v', wrapped)]);
      return ts.setTextRange(factory.createReturnStatement(result), statement);
    };
    return factory.updateSourceFile(file, file.statements.map(rewrite));
  };

const statementVisitor = (emit: CellEmit, file: ts.SourceFile, context: ts.TransformationContext): ts.Visitor => {
  const { factory } = context;
  /** Whether the value of a name comes from an earlier cell; the user's code may give the same name a type. */
  const isEarlier = (symbol: ts.Symbol | undefined): boolean => {
    const here = symbol?.declarations?.filter((node) => node.getSourceFile() === file) ?? [];
    const isInHead = (node: ts.Node): boolean => node.getStart(file) < emit.codeStart;
    return here.some(isInHead) && here.every((node) => isInHead(node) || isTypeOnly(node));
  };
  const isBoxed = (node: ts.Node): node is ts.Identifier =>
    ts.isIdentifier(node) && isEarlier(emit.checker.getSymbolAtLocation(node));
  const box = (name: ts.Identifier): ts.Expression => {
    emit.boxes.add(name.text);
    const access = factory.createPropertyAccessExpression(factory.createIdentifier(boxName(name.text)), 'v');
    return ts.setTextRange(access, name);
  };
  const shorthand = (node: ts.ShorthandPropertyAssignment): ts.Node => {
    const fallback =
      node.objectAssignmentInitializer && ts.visitNode(node.objectAssignmentInitializer, visit, ts.isExpression);
    if (!isEarlier(emit.checker.getShorthandAssignmentValueSymbol(node)))
      return fallback ? factory.updateShorthandPropertyAssignment(node, node.name, fallback) : node;
    const value = fallback ? factory.createAssignment(box(node.name), fallback) : box(node.name);
    return factory.createPropertyAssignment(node.name, value);
  };
  /** `(0, box.v)(…)`: a plain call keeps `this` undefined. */
  const plainCall = (node: ts.CallExpression, callee: ts.Identifier): ts.Node =>
    factory.updateCallExpression(
      node,
      factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), box(callee))),
      node.typeArguments,
      ts.visitNodes(node.arguments, visit, ts.isExpression),
    );
  const visit: ts.Visitor = (node) => {
    if (isTypeOnly(node)) return node;
    if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
    if (ts.isCallExpression(node) && isBoxed(node.expression)) return plainCall(node, node.expression);
    if (ts.isIdentifier(node)) return isBoxed(node) ? box(node) : node;
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return factory.createIdentifier(serviceNames.meta);
    const visited = ts.visitEachChild(node, visit, context);
    if (isLoop(node)) {
      const loop = ts.isIterationStatement(visited, false) ? guardLoop(visited, factory) : (visited as ts.Statement);
      return ts.isLabeledStatement(node.parent) ? loop : stopAfter(loop, factory);
    }
    return ts.isArrowFunction(visited) || ts.isFunctionExpression(visited) ? guardFunction(visited, factory) : visited;
  };
  return visit;
};

const isTypeOnly = (node: ts.Node): boolean =>
  (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword);
