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
 * Lets an interrupt end loops that never wait: a loop's body begins with `if (flag[0]) break;`, and after the loop comes
 * `if (flag[0]) stop();`. The call is outside because V8 optimises a loop less that has one in it, though it never comes to
 * it. The flag is read plainly: `Atomics.load` costs loops several times as much, and other threads' writes are seen all
 * the same.
 */
export const guardLoop = (loop: ts.IterationStatement, factory: ts.NodeFactory): ts.IterationStatement => {
  const guard = factory.createIfStatement(flag(factory), factory.createBreakStatement());
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

/** A guarded loop, with its labels, and the call that ends the cell when the loop was left for an interrupt. */
export const stopAfter = (loop: ts.Statement, factory: ts.NodeFactory): ts.Statement => {
  const stop = factory.createExpressionStatement(ts.setTextRange(stopCall(factory), loop));
  return factory.createBlock([loop, factory.createIfStatement(flag(factory), stop)], true);
};

/** Whether a statement is a loop, perhaps with labels before it. */
export const isLoop = (statement: ts.Node): boolean =>
  ts.isLabeledStatement(statement) ? isLoop(statement.statement) : ts.isIterationStatement(statement, false);

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
