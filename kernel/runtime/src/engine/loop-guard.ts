import ts from 'typescript';
import { serviceNames } from './code-names.ts';
import { flagValues } from './flag-values.ts';

const stopCall = (factory: ts.NodeFactory): ts.Expression =>
  factory.createCallExpression(factory.createIdentifier(serviceNames.stop), undefined, []);

const flag = (factory: ts.NodeFactory): ts.Expression =>
  factory.createElementAccessExpression(factory.createIdentifier(serviceNames.flag), 0);

const isToStop = (factory: ts.NodeFactory): ts.Expression =>
  factory.createStrictEquality(flag(factory), factory.createNumericLiteral(flagValues.stop));

/**
 * Puts `if (flag[0]) stop();` at the head of a loop's body: the interrupt reaches loops that never wait. The flag is
 * read plainly: `Atomics.load` costs loops ten times as much, and other threads' writes are seen all the same.
 */
export const guardLoop = (loop: ts.IterationStatement, factory: ts.NodeFactory): ts.IterationStatement => {
  const guard = factory.createIfStatement(flag(factory), factory.createExpressionStatement(stopCall(factory)));
  const inner = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  const body = factory.createBlock([guard, ...inner], true);
  if (ts.isForStatement(loop))
    return factory.updateForStatement(loop, loop.initializer, loop.condition, loop.incrementor, body);
  if (ts.isWhileStatement(loop)) return factory.updateWhileStatement(loop, loop.expression, body);
  if (ts.isDoStatement(loop)) return factory.updateDoStatement(loop, body, loop.expression);
  if (ts.isForInStatement(loop)) return factory.updateForInStatement(loop, loop.initializer, loop.expression, body);
  if (ts.isForOfStatement(loop))
    return factory.updateForOfStatement(loop, loop.awaitModifier, loop.initializer, loop.expression, body);
  return loop;
};

/**
 * The same at the head of function expressions: what a library's loop calls back can be stopped, though that loop itself
 * has no guard. Only while the interrupt is on its way: timers of other cells go on.
 */
export const guardFunction = (
  node: ts.ArrowFunction | ts.FunctionExpression,
  factory: ts.NodeFactory,
): ts.ArrowFunction | ts.FunctionExpression => {
  const { modifiers, typeParameters, parameters, type, body } = node;
  if (ts.isBlock(body)) {
    const guard = factory.createIfStatement(isToStop(factory), factory.createExpressionStatement(stopCall(factory)));
    const guarded = factory.updateBlock(body, [guard, ...body.statements]);
    return ts.isArrowFunction(node)
      ? factory.updateArrowFunction(
          node,
          modifiers,
          typeParameters,
          parameters,
          type,
          node.equalsGreaterThanToken,
          guarded,
        )
      : factory.updateFunctionExpression(
          node,
          modifiers,
          node.asteriskToken,
          node.name,
          typeParameters,
          parameters,
          type,
          guarded,
        );
  }
  if (!ts.isArrowFunction(node)) return node;
  const guarded = factory.createParenthesizedExpression(
    factory.createComma(factory.createLogicalAnd(isToStop(factory), stopCall(factory)), body),
  );
  return factory.updateArrowFunction(
    node,
    modifiers,
    typeParameters,
    parameters,
    type,
    node.equalsGreaterThanToken,
    guarded,
  );
};
