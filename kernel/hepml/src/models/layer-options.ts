import { checkNumber } from './option-checks.ts';

/** @throws TypeError or RangeError unless a list of units, one number a layer. */
export const checkUnits = (owner: string, option: string, units: unknown, fewest = 0): readonly number[] => {
  if (!Array.isArray(units) || units.length < fewest) {
    throw new TypeError(
      `${owner}: option "${option}" must list the units of each layer${fewest > 0 ? `, ${fewest} at least` : ''}, for example [64, 64].`,
    );
  }
  units.forEach((count: unknown, layer) =>
    checkNumber(owner, `${option}[${layer}]`, count, { min: 1, max: 65_536, integer: true }),
  );
  return [...(units as readonly number[])];
};

/** @throws TypeError unless true or false. */
export const checkBoolean = (owner: string, option: string, value: unknown): boolean => {
  if (typeof value !== 'boolean') throw new TypeError(`${owner}: option "${option}" must be true or false.`);
  return value;
};
