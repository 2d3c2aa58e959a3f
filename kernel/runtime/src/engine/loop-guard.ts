import ts from 'typescript';
import { serviceNames } from './code-names.ts';

/**
 * Puts `if (flag[0]) stop();` at the head of a loop's body: the interrupt reaches loops that never wait. The flag is
 * read plainly: `Atomics.load` costs loops ten times as much, and other threads' writes are seen all the same.
 */
export const guardLoop = (loop: ts.IterationStatement, factory: ts.NodeFactory): ts.IterationStatement => {
  const guard = factory.createIfStatement(
    factory.createElementAccessExpression(factory.createIdentifier(serviceNames.flag), 0),
    factory.createExpressionStatement(
      factory.createCallExpression(factory.createIdentifier(serviceNames.stop), undefined, []),
    ),
  );
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
