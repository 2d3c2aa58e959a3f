import { BadExpression } from './bad-expression.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'operator' | 'end';
  readonly text: string;
  readonly position: number;
}

const patterns = [
  { kind: 'space', pattern: /\s+/y },
  { kind: 'number', pattern: /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y },
  { kind: 'name', pattern: /[A-Za-z_]\w*\$?(?:(?:\.|::)[A-Za-z_]\w*)*/y },
  { kind: 'text', pattern: /"[^"]*"|'[^']*'/y },
  { kind: 'quoted', pattern: /`[^`]+`/y },
  { kind: 'operator', pattern: /\|\||&&|==|!=|<=|>=|\*\*|[-+*/%<>!(),[\]?:]/y },
] as const;

/** What to write instead of something that is nearly right. */
const hints: { readonly [text: string]: string } = {
  '&': 'Use && for "and"',
  '|': 'Use || for "or"',
  '=': 'Use == to compare',
  '^': 'Use ** or pow(x, y) for powers',
  '"': 'A string ends with another "',
  "'": "A string ends with another '",
  '`': 'A quoted column name ends with another `',
  '.': 'Write the field before the item: jets.pt[0]',
  '@': 'Write Length$(list) for its size',
};

/** Cuts an expression into words. @throws BadExpression at characters that mean nothing. */
export const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const found = patterns.find(({ pattern }) => {
      pattern.lastIndex = position;
      return pattern.test(text);
    });
    if (found === undefined) {
      const character = String.fromCodePoint(text.codePointAt(position) as number);
      const hint = Object.hasOwn(hints, character) ? ` (${hints[character]})` : '';
      throw new BadExpression(`Unexpected ${character}${hint}`, text, position);
    }
    const end = found.pattern.lastIndex;
    const word = text.slice(position, end);
    if (found.kind === 'quoted') tokens.push({ kind: 'name', text: word.slice(1, -1), position });
    else if (found.kind === 'text') tokens.push({ kind: 'text', text: word.slice(1, -1), position });
    else if (found.kind !== 'space') tokens.push({ kind: found.kind, text: word, position });
    position = end;
  }
  tokens.push({ kind: 'end', text: '', position: text.length });
  return tokens;
};
