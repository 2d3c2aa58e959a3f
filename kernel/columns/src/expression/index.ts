/** Expressions over columns: text to syntax tree to loops, never run as code. */
export { BadExpression } from './bad-expression.ts';
export { parseExpression } from './parse-expression.ts';
export { compileExpression } from './compile-expression.ts';
export type { CompiledExpression, EvaluateOptions } from './compile-expression.ts';
export { isConstantName } from './syntax.ts';
export type { Expression } from './syntax.ts';
