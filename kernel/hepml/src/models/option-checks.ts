/** What a number may be. */
export interface NumberRule {
  readonly min?: number;
  readonly max?: number;
  /** The number must be larger than this. */
  readonly above?: number;
  /** The number must be smaller than this. */
  readonly below?: number;
  readonly integer?: boolean;
}

const shown = (value: unknown): string =>
  typeof value === 'string' || (typeof value === 'object' && value !== null) ? JSON.stringify(value) : String(value);

const ruleInWords = ({ min, max, above, below, integer }: NumberRule): string => {
  const bounds = [
    min === undefined ? '' : `at least ${min}`,
    above === undefined ? '' : `above ${above}`,
    max === undefined ? '' : `at most ${max}`,
    below === undefined ? '' : `below ${below}`,
  ].filter((bound) => bound !== '');
  return [integer ? 'a whole number' : 'a number', ...bounds].join(', ');
};

/**
 * @throws TypeError when the value is no number (or no whole one), RangeError when it lies outside the rule; both name
 *   the option, what was given and what is allowed.
 */
export const checkNumber = (owner: string, option: string, value: unknown, rule: NumberRule): number => {
  const complaint = `${owner}: option "${option}" is ${shown(value)}; allowed: ${ruleInWords(rule)}.`;
  if (typeof value !== 'number' || Number.isNaN(value)) throw new TypeError(complaint);
  if (rule.integer && !Number.isInteger(value)) throw new TypeError(complaint);
  const isInside =
    Number.isFinite(value) &&
    value >= (rule.min ?? -Infinity) &&
    value <= (rule.max ?? Infinity) &&
    value > (rule.above ?? -Infinity) &&
    value < (rule.below ?? Infinity);
  if (!isInside) throw new RangeError(complaint);
  return value;
};

/** @throws RangeError when the value is not one of the choices. */
export const checkChoice = <T extends string>(
  owner: string,
  option: string,
  value: unknown,
  choices: readonly T[],
): T => {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) {
    throw new RangeError(`${owner}: option "${option}" is ${shown(value)}; allowed: ${choices.join(', ')}.`);
  }
  return choice;
};

/** @throws TypeError when an option is not one that the owner has: a misspelt one must not go unnoticed. */
export const checkKnownOptions = (owner: string, options: object, known: readonly string[]): void => {
  const unknown = Object.entries(options)
    .filter(([option, value]) => value !== undefined && !known.includes(option))
    .map(([option]) => option);
  if (unknown.length > 0) {
    throw new TypeError(`${owner}: no option "${unknown.join('", "')}"; allowed: ${known.join(', ')}.`);
  }
};
