/** Constants, unless a column has that name. */
export const constants: { readonly [name: string]: number } = { pi: Math.PI, true: 1, false: 0 };

/** Quantities of the event or of its place in a list that need no column, in ROOT's names. */
export const specials = ['Entry$', 'Iteration$', 'Length$'] as const;
export type Special = (typeof specials)[number];

export const isSpecial = (name: string): name is Special => specials.some((special) => special === name);

/** Whether a name means something in expressions where there is no column of that name. */
export const isConstantName = (name: string): boolean => Object.hasOwn(constants, name) || isSpecial(name);

export const binaryOperators = ['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', '**'] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

/** An expression as a syntax tree. `position` is where it begins in the text, or where its operator is. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly position: number }
  | { readonly kind: 'text'; readonly value: string; readonly position: number }
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
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
      readonly position: number;
    }
  | { readonly kind: 'index'; readonly list: Expression; readonly at: Expression; readonly position: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly inputs: readonly Expression[];
      readonly position: number;
    };
