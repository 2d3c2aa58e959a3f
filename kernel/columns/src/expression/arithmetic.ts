import type { BinaryOperator } from './syntax.ts';

type Loop = (a: Float64Array, b: Float64Array, result: Float64Array, size: number) => void;

/** A loop of its own for each operator, so that each is compiled for it alone. */
export const binaryLoops: { readonly [operator in Exclude<BinaryOperator, '||' | '&&'>]: Loop } = {
  '==': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = a[i] === b[i] ? 1 : 0;
  },
  '!=': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = a[i] !== b[i] ? 1 : 0;
  },
  '<': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) < (b[i] as number) ? 1 : 0;
  },
  '<=': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) <= (b[i] as number) ? 1 : 0;
  },
  '>': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) > (b[i] as number) ? 1 : 0;
  },
  '>=': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) >= (b[i] as number) ? 1 : 0;
  },
  '+': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) + (b[i] as number);
  },
  '-': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) - (b[i] as number);
  },
  '*': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) * (b[i] as number);
  },
  '/': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) / (b[i] as number);
  },
  '%': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) % (b[i] as number);
  },
  '**': (a, b, result, size) => {
    for (let i = 0; i < size; i++) result[i] = (a[i] as number) ** (b[i] as number);
  },
};

/** Operators that give 1 or 0 for true or false. */
export const givesBool = (operator: BinaryOperator): boolean =>
  ['||', '&&', '==', '!=', '<', '<=', '>', '>='].includes(operator);
