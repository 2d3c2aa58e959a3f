import { inspect } from 'node:util';

interface Limits {
  readonly depth: number;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
  /** Characters of the whole text. */
  readonly longestText: number;
}

const glance: Limits = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, longestText: 20_000 };

/** More than this no front end shows without harm. */
const everything: Limits = { depth: 100, maxArrayLength: 250_000, maxStringLength: 5_000_000, longestText: 5_000_000 };

/** How Node's `inspect` says that it has left something out. */
const cutMark = /\.\.\. \d+ more (?:items?|characters?)|\[(?:Object|Array|Map|Set)\]/;

const remedy = 'display.full(value) shows all';

const inspected = (value: unknown, { longestText, ...limits }: Limits): { text: string; left: number } => {
  let text: string;
  try {
    text = inspect(value, { ...limits, breakLength: 100 });
  } catch (error) {
    text = `[value that cannot be shown: ${error instanceof Error ? error.message : String(error)}]`;
  }
  return { text: text.slice(0, longestText), left: Math.max(0, text.length - longestText) };
};

const count = (characters: number): string => characters.toLocaleString('en');

/** A value in words, as Node's console shows it. What is long is cut, and then the text says how to see all of it. */
export const plainText = (value: unknown): string => {
  const { text, left } = inspected(value, glance);
  if (left > 0) return `${text}\n… and ${count(left)} more characters; ${remedy}`;
  if (cutMark.test(text)) return `${text}\n(cut; ${remedy})`;
  return text === 'Promise { <pending> }' ? `${text} (await gives its value)` : text;
};

/** A value in words to its end; a text as it is. What no front end could show is left out, and the text says so. */
export const fullText = (value: unknown): string => {
  const { text, left } =
    typeof value === 'string'
      ? { text: value.slice(0, everything.longestText), left: Math.max(0, value.length - everything.longestText) }
      : inspected(value, everything);
  return left > 0 ? `${text}\n… and ${count(left)} more characters: write such a value to a file` : text;
};
