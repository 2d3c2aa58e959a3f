/** Pieces of C++ source: literals that keep every bit, and tables. */

/** A float32 with nine digits, which give every bit back. */
export const floatLiteral = (value: number): string => {
  const digits = Math.fround(value).toPrecision(9);
  return `${/[.e]/.test(digits) ? digits : `${digits}.0`}f`;
};

/** A string literal of the text's UTF-8 bytes; unusual bytes and `?` (trigraphs) are written as octal escapes. */
export const stringLiteral = (text: string): string => {
  const bytes = [...Buffer.from(text, 'utf8')].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9 _.,:;+\-*/()[\]{}<>=|&^%#@!'~]/.test(character)
      ? character
      : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
};

/** Any text inside of a line comment. */
export const commentText = (text: string): string => text.replace(/[^\x20-\x5b\x5d-\x7e]|\?\?/g, '_');

/** An identifier for a model's namespace. The prefix keeps it apart from keywords, macros and digits. */
export const namespaceOf = (name: string): string =>
  `model_${name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'unnamed'}`;

/** Items of an initialiser, some a line. */
export const initialiser = (items: readonly string[], perLine = 8): string => {
  const lines = Array.from({ length: Math.ceil(items.length / perLine) }, (_, line) =>
    items.slice(line * perLine, (line + 1) * perLine).join(', '),
  );
  return `{\n    ${lines.join(',\n    ')}}`;
};

/** A table of floats that the compiler puts into the program's constant data. */
export const floatTable = (name: string, values: Float32Array): string =>
  `inline constexpr float ${name}[${values.length}] = ${initialiser(Array.from(values, floatLiteral))};`;
