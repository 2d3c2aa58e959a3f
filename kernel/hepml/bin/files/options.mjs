import { parseArgs } from 'node:util';

/** A number of rows that a person wrote; `undefined` stays. @throws RangeError */
export function count(text, option) {
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 0 || text.trim() === '')
    throw new RangeError(`--${option} is a whole number, not "${text}".`);
  return value;
}

/** `1000` or `100:200`, as the library takes it. @throws RangeError */
export function entries(text) {
  if (text === undefined) return undefined;
  const [start, stop, ...more] = text.split(':');
  if (more.length > 0) throw new RangeError(`--entries is a number of rows or START:STOP, not "${text}".`);
  if (stop === undefined) return count(start, 'entries');
  return [start === '' ? 0 : count(start, 'entries'), stop === '' ? Infinity : count(stop, 'entries')];
}

/** Names between commas. */
export const names = (text) =>
  text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What was given, without what was not. */
export const given = (options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** Options and files of a command line, or what is wrong with it. */
export function read(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return { problem: error.message };
  }
}

/** Options by which a file is opened, for both commands. */
export const openingOptions = {
  format: { type: 'string' },
  delimiter: { type: 'string' },
  types: { type: 'string' },
  matrix: { type: 'string' },
};

/** `pt=float32,hits=list of int16`. @throws RangeError */
export function types(text) {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    names(text).map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) throw new RangeError(`--types is COLUMN=TYPE,…, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The options of `files.open`. */
export const opening = (values) =>
  given({ format: values.format, delimiter: values.delimiter, matrix: values.matrix, types: types(values.types) });
