/**
 * Counts of checks, and the names of those that failed.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Tally
 */

/** @returns {Tally} */
export const tally = (passed = 0, failed = 0, skipped = 0, failures = []) => ({ passed, failed, skipped, failures });

/**
 * One check that either holds or not.
 * @returns {Tally}
 */
export const check = (name, ok) => (ok ? tally(1) : tally(0, 1, 0, [name]));

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export const sum = (tallies) =>
  tallies.reduce(
    (all, one) =>
      tally(all.passed + one.passed, all.failed + one.failed, all.skipped + one.skipped, [
        ...all.failures,
        ...one.failures,
      ]),
    tally(),
  );

/** The closing line that people and programs read. */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * Reads the last `N passed, N failed` of a program's output; a program that prints none, or ends badly, has failed.
 * @returns {Tally}
 */
export function tallyOf(name, { ok, output }) {
  const match = [...output.matchAll(/(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/g)].pop();
  if (!match) return tally(0, 1, 0, [`${name}: printed no result`]);
  const [passed, failed, skipped] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (failed > 0) return tally(passed, failed, skipped, [`${name}: ${failed} failed`]);
  return ok ? tally(passed, 0, skipped) : tally(passed, 1, skipped, [`${name}: ended with an error`]);
}

/**
 * Vitest's JSON report as counts. A test file that could not be loaded counts as one failed test.
 * @returns {Tally}
 */
export function tallyOfVitest(report, { ok, nameOf = (file) => file }) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failures = [
    ...report.testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => `${nameOf(file.name)}: ${test.fullName.trim()}`),
    ),
    ...unloaded.map((file) => `${nameOf(file.name)}: could not be run`),
  ];
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  const counted = tally(report.numPassedTests, failures.length, skipped, failures);
  return ok || counted.failed > 0
    ? counted
    : sum([counted, tally(0, 1, 0, ['vitest ended with an error outside of the tests'])]);
}
