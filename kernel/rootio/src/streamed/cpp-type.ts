/** A C++ type name taken apart: `map<string,vector<double> >*`. */
export interface CppType {
  /** Without `std::`, `const` and what is between the angle brackets. */
  readonly name: string;
  readonly arguments: readonly CppType[];
  /** As it was written between its own limits, without `std::` before standard names. */
  readonly text: string;
  readonly isPointer: boolean;
}

/** Deeper than any type name that people write. */
const deepest = 32;
const longest = 10_000;

/** Standard names come with and without `std::`; both mean the same. */
const withoutStd = (name: string): string => name.replace(/^(?:std::)(?:__1::|__cxx11::)?/, '');

/** Splits at commas that are not inside angle brackets; undefined when the brackets do not match. */
const splitArguments = (text: string): readonly string[] | undefined => {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === '<') depth++;
    else if (letter === '>' && --depth < 0) return undefined;
    else if (letter === ',' && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return depth === 0 ? parts : undefined;
};

const parse = (text: string, depth: number): CppType | undefined => {
  if (depth > deepest) return undefined;
  let rest = text.trim().replace(/^(?:const|struct|class)\s+/, '');
  let isPointer = false;
  while (rest.endsWith('*')) {
    if (isPointer) return undefined;
    isPointer = true;
    rest = rest.slice(0, -1).trim();
  }
  rest = withoutStd(rest);
  const open = rest.indexOf('<');
  if (open < 0)
    return rest === '' || /[>,]/.test(rest) ? undefined : { name: rest, arguments: [], text: rest, isPointer };
  const parts = rest.endsWith('>') ? splitArguments(rest.slice(open + 1, -1)) : undefined;
  if (parts === undefined) return undefined;
  const inner = parts.map((part) => parse(part, depth + 1));
  if (!inner.every((one) => one !== undefined)) return undefined;
  return { name: rest.slice(0, open).trim(), arguments: inner, text: rest, isPointer };
};

/** Takes a C++ type name apart; undefined when it is none. */
export const parseCppType = (text: string): CppType | undefined => (text.length > longest ? undefined : parse(text, 0));
