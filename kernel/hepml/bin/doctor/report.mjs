/**
 * One line of the report.
 * @typedef {{ name: string, ok: boolean, required: boolean, found: string, remedy?: string }} Finding
 */

/** @returns {Finding} something that is there */
export const present = (name, found, { required = true } = {}) => ({ name, ok: true, required, found });

/** @returns {Finding} something that is not there, or not usable, and what to do about it */
export const missing = (name, found, remedy, { required = true } = {}) => ({
  name,
  ok: false,
  required,
  found,
  remedy,
});

/** The report as a person reads it. */
export function asText(findings) {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, ok, required, found, remedy }) => {
    const mark = ok ? 'ok     ' : required ? 'MISSING' : 'without';
    return [`${mark}  ${name.padEnd(width)}  ${found}`, ...(remedy ? [`${' '.repeat(width + 11)}-> ${remedy}`] : [])];
  });
  const needed = findings.filter(({ ok, required }) => !ok && required).map(({ name }) => name);
  return [
    ...lines,
    '',
    needed.length === 0 ? 'Everything that is required is here.' : `Missing: ${needed.join(', ')}.`,
  ].join('\n');
}
