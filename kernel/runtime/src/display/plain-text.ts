import { inspect } from 'node:util';

const longestText = 20_000;

/** A value in words, as Node's console shows it, with long things cut. */
export const plainText = (value: unknown): string => {
  let text: string;
  try {
    text = inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
  } catch (error) {
    text = `[value that cannot be shown: ${error instanceof Error ? error.message : String(error)}]`;
  }
  return text.length <= longestText ? text : `${text.slice(0, longestText)}\n… (${text.length} characters)`;
};
