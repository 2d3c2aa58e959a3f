/** A number with so many significant digits, to keep notebooks small. */
export const roundTo = (value: number, digits: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;

/** JSON has neither NaN nor infinity: they travel as null. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
