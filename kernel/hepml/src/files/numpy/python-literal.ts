import { CygnetError } from '@cygnet/columns';

/** What a literal of Python becomes: tuples and lists are arrays, dictionaries maps. */
export type PythonLiteral =
  string | number | boolean | null | readonly PythonLiteral[] | ReadonlyMap<string, PythonLiteral>;

/**
 * Reads the Python literals that NumPy writes into its headers: dictionaries, lists, tuples, strings, whole numbers,
 * True, False and None. Never evaluated as code.
 *
 * @throws CygnetError `corrupt-data` for anything else.
 */
export const parsePythonLiteral = (text: string): PythonLiteral => {
  let at = 0;
  const wrong = (): CygnetError =>
    new CygnetError('corrupt-data', `A NumPy header is no Python literal at character ${at}: ${text.slice(0, 80)}`);
  const space = (): void => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  const skip = (word: string): boolean => {
    space();
    if (!text.startsWith(word, at)) return false;
    at += word.length;
    return true;
  };
  const quoted = (): string => {
    const quote = text[at++];
    let value = '';
    for (; text[at] !== quote; at++) {
      if (at >= text.length) throw wrong();
      if (text[at] === '\\') {
        at++;
        if (!['\\', "'", '"'].includes(text[at] ?? '')) throw wrong();
      }
      value += text[at];
    }
    at++;
    return value;
  };
  const items = (end: string, depth: number): PythonLiteral[] => {
    const all: PythonLiteral[] = [];
    while (!skip(end)) {
      all.push(one(depth + 1));
      if (!skip(',')) {
        if (!skip(end)) throw wrong();
        break;
      }
    }
    return all;
  };
  const one = (depth: number): PythonLiteral => {
    if (depth > 32) throw wrong();
    space();
    const first = text[at];
    if (first === "'" || first === '"') return quoted();
    if (skip('(')) return items(')', depth);
    if (skip('[')) return items(']', depth);
    if (skip('{')) {
      const map = new Map<string, PythonLiteral>();
      while (!skip('}')) {
        const key = one(depth + 1);
        if (typeof key !== 'string' || !skip(':')) throw wrong();
        map.set(key, one(depth + 1));
        if (!skip(',')) {
          if (!skip('}')) throw wrong();
          break;
        }
      }
      return map;
    }
    const word = /^(True|False|None|-?\d+L?)/.exec(text.slice(at, at + 24))?.[0];
    if (word === undefined) throw wrong();
    at += word.length;
    if (word === 'True' || word === 'False') return word === 'True';
    return word === 'None' ? null : Number.parseInt(word, 10);
  };
  const value = one(0);
  space();
  if (at !== text.length) throw wrong();
  return value;
};
