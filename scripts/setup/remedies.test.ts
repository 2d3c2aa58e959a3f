import { describe, expect, test } from 'vitest';
import { diagnose, lastLines } from './remedies.mjs';

describe('the reason of a failure', () => {
  test.each([
    ['npm', 'npm error code ECONNREFUSED', 'could not be reached'],
    ['npm', 'npm error nospc ENOSPC: no space left on device, write', 'disk is full'],
    ['npm', 'npm error code E404', 'does not have a package'],
    ['npm', 'npm error code EINTEGRITY', 'not the one that was locked'],
    ['npm', 'npm error code SELF_SIGNED_CERT_IN_CHAIN self-signed certificate in certificate chain', 'certificate'],
    ['npm', 'npm error code E401', 'refused access'],
    ['npm', "npm error code EACCES\nnpm error syscall mkdir\nnpm error path '/root/.npm'", 'could not be written'],
    [
      'pip',
      'ConnectTimeoutError(… timed out)\nERROR: No matching distribution found for numpy',
      'could not be reached',
    ],
    ['pip', 'ERROR: No matching distribution found for tensorflow==2.21.0', 'does not have a package'],
    ['pip', 'something never seen', 'pip ended with an error'],
  ] as const)('%s: %s', (tool, output, what) => {
    const found = diagnose(output, tool);
    expect(found.what).toContain(what);
    expect(found.remedy[0]).not.toBe('');
  });
});

test('the last lines leave out blanks and advertising', () => {
  expect(lastLines('a\n\n[notice] A new release of pip\nb\nnpm notice new\n', 2)).toEqual(['a', 'b']);
});
