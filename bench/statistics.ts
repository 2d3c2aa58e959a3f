/** The middle value; the mean of the two middle ones when the count is even. */
export const median = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError('The median of no values is undefined.');
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] as number) + upper) / 2;
};

/** Half the distance between the quartiles over the median: how much the rounds differ. */
export const relativeSpread = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (fraction: number): number => {
    const position = fraction * (sorted.length - 1);
    const below = sorted[Math.floor(position)] as number;
    return below + (position % 1) * ((sorted[Math.ceil(position)] as number) - below);
  };
  return (at(0.75) - at(0.25)) / 2 / median(values);
};

/** Whether two lists of numbers are equal element by element within an absolute tolerance. NaN equals nothing. */
export const closeTo =
  (tolerance: number) =>
  (ours: readonly number[], theirs: readonly number[]): boolean =>
    ours.length === theirs.length && ours.every((value, i) => Math.abs(value - (theirs[i] as number)) <= tolerance);
