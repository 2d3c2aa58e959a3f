const number = /^[+-]?(\d+\.?\d*([eEdD][+-]?\d+)?|\.\d+([eEdD][+-]?\d+)?|inf(inity)?|nan)$/i;

/** A number as C and Fortran programs print it; undefined for what is none. */
export const parseNumber = (word: string): number | undefined => {
  if (word.length > 64 || !number.test(word)) return undefined;
  const plain = word.toLowerCase().replace('d', 'e');
  if (plain.includes('n')) {
    // inf and nan; the "e" of an exponent is not among their letters
    if (plain.endsWith('nan')) return NaN;
    return plain.startsWith('-') ? -Infinity : Infinity;
  }
  return Number(plain);
};
