/** Number of single-character edits (insert, delete, replace, swap of neighbours) between two words, at most `limit + 1`. */
const editDistance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/**
 * The names that look most like a wanted one, best first: for error messages.
 *
 * @example
 * closeNames('ptt', ['pt', 'eta', 'phi']); // ['pt']
 */
export const closeNames = (wanted: string, names: Iterable<string>, count = 3): readonly string[] => {
  const target = wanted.toLowerCase();
  const limit = Math.max(1, Math.floor(target.length / 3));
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const name of names) {
    const word = name.toLowerCase();
    let score = editDistance(target, word, limit);
    if (score > limit && target.length >= 3 && (word.includes(target) || target.includes(word))) score = limit;
    if (score <= limit && name !== '') scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, count).map(({ name }) => name);
};

/**
 * `Close: "pt".` or, when nothing is close, the first names there are: the second half of a "not found" message.
 *
 * @example
 * didYouMean('ptt', ['pt', 'eta']); // 'Close: "pt".'
 */
export const didYouMean = (wanted: string, names: Iterable<string>): string => {
  const all = [...names];
  const close = closeNames(wanted, all);
  const quoted = (some: readonly string[]): string => some.map((name) => `"${name}"`).join(', ');
  if (close.length > 0) return `Close: ${quoted(close)}.`;
  if (all.length === 0) return 'There is none.';
  return `There is: ${quoted(all.slice(0, 8))}${all.length > 8 ? `, … (${all.length} in all)` : ''}.`;
};
