/** Functions of one number. */
export type UnaryFunction = keyof typeof unaryFunctions;
export const unaryFunctions = {
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  sign: Math.sign,
  isnan: (x: number): number => (Number.isNaN(x) ? 1 : 0),
} as const;

/** Functions of two numbers. */
export type BinaryFunction = keyof typeof binaryFunctions;
export const binaryFunctions = {
  pow: Math.pow,
  atan2: Math.atan2,
  hypot: (x: number, y: number): number => Math.hypot(x, y),
  min: (x: number, y: number): number => Math.min(x, y),
  max: (x: number, y: number): number => Math.max(x, y),
} as const;

/** Functions that take more than two numbers as well. */
export const variadicFunctions: ReadonlySet<string> = new Set(['min', 'max', 'hypot']);

/** Constants, unless a column has that name. */
export const constants: { readonly [name: string]: number } = { pi: Math.PI, true: 1, false: 0 };

/** Whether a name means a constant in expressions where there is no column of that name. */
export const isConstantName = (name: string): boolean => Object.hasOwn(constants, name);

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '**';

/** An expression as a syntax tree. `position` is where it begins in the text. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly position: number }
  | { readonly kind: 'column'; readonly name: string; readonly position: number }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression; readonly position: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    }
  | {
      readonly kind: 'call';
      readonly name: UnaryFunction | BinaryFunction;
      readonly inputs: readonly Expression[];
      readonly position: number;
    };
