const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  $: '&#36;',
  '%': '&#37;',
};

/**
 * Text that plotly shows as it is: its pseudo-HTML, its `%{…}` templates and its `$…$` TeX stay inactive, and control
 * characters become spaces. Names from users are data.
 */
export const plainText = (text: string): string =>
  Array.from(text, (character) => (character < ' ' ? ' ' : (entities[character] ?? character))).join('');

/** The same, shortened in the middle to fit a legend. */
export const shortText = (text: string, length: number): string => {
  const characters = Array.from(text);
  if (characters.length <= length) return plainText(text);
  const head = Math.ceil((length - 1) / 2);
  return plainText([...characters.slice(0, head), '…', ...characters.slice(head + 1 - length)].join(''));
};

/** `0.787 ± 0.006`: at least three decimals, more when the error is smaller than that. */
export const valueWithError = (value: number, error: number | null): string => {
  if (error === null || !Number.isFinite(error)) return value.toFixed(3);
  const decimals = error > 0 ? Math.min(6, Math.max(3, Math.ceil(-Math.log10(error)))) : 3;
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`;
};

/** A p-value as a reader wants it: two digits, and no more zeros than make sense. */
export const pValueText = (value: number | null): string => {
  if (value === null) return 'n/a';
  return value < 0.001 ? '< 0.001' : value.toFixed(value < 0.01 ? 3 : 2);
};

/** Three significant digits without an exponent where that is readable. */
export const shortNumber = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(3)));

/** `6,000`. */
export const countText = (events: number): string => Math.round(events).toLocaleString('en-US');
