import { describe, expect, test } from 'vitest';
import { check, closingLine, sum, tallyOf, tallyOfVitest } from './tally.mjs';

const testCase = (status: string, fullName = 'does it') => ({ status, fullName });

describe('counting checks', () => {
  test('adds up and closes with one line', () => {
    const all = sum([check('types', true), check('lint', false), { passed: 10, failed: 0, skipped: 2, failures: [] }]);
    expect(closingLine(all)).toBe('11 passed, 1 failed, 2 skipped');
    expect(all.failures).toEqual(['lint']);
  });

  test('takes a program at its word, and at its exit code', () => {
    expect(tallyOf('journey', { ok: true, output: 'x\n7 passed, 0 failed\n' })).toMatchObject({ passed: 7, failed: 0 });
    expect(tallyOf('journey', { ok: false, output: '6 passed, 1 failed' })).toMatchObject({ passed: 6, failed: 1 });
    expect(tallyOf('journey', { ok: false, output: '7 passed, 0 failed' }).failures).toEqual([
      'journey: ended with an error',
    ]);
    expect(tallyOf('journey', { ok: true, output: '' }).failures).toEqual(['journey: printed no result']);
  });

  test('counts a test file that could not be loaded, and an error outside of the tests, as failures', () => {
    const report = {
      numPassedTests: 1,
      numPendingTests: 0,
      testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [testCase('passed')] }],
    };
    expect(tallyOfVitest(report, { ok: true })).toMatchObject({ passed: 1, failed: 0 });
    expect(tallyOfVitest(report, { ok: false })).toMatchObject({ passed: 1, failed: 1 });
    const unloaded = {
      ...report,
      testResults: [...report.testResults, { name: 'b.test.ts', status: 'failed', assertionResults: [] }],
    };
    expect(tallyOfVitest(unloaded, { ok: false }).failures).toEqual(['b.test.ts: could not be run']);
  });
});
