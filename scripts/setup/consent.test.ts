import { describe, expect, test, vi } from 'vitest';
import { consentToRoot, isContainer } from './consent.mjs';

const nothing = { exists: () => false, readText: () => '' };
const ask = (answer: string | undefined) => vi.fn(() => Promise.resolve(answer));

describe('consent to run as root', () => {
  test('is asked for on a real machine, and a yes is enough', async () => {
    const question = ask('y');
    await consentToRoot({ allowRoot: false, uid: 0, contained: false, env: {}, ask: question });
    expect(question).toHaveBeenCalledOnce();
  });

  test.each([['n'], [''], [undefined]])('is not given by %s', async (answer) => {
    await expect(
      consentToRoot({ allowRoot: false, uid: 0, contained: false, env: {}, ask: ask(answer) }),
    ).rejects.toThrow(/root/);
  });

  test.each([
    ['an ordinary user', { uid: 1000 }],
    ['a container', { contained: true }],
    ['CI', { env: { CI: 'true' } }],
    ['--allow-root', { allowRoot: true }],
  ])('is not asked for: %s', async (_name, change) => {
    const question = ask('n');
    await consentToRoot({ allowRoot: false, uid: 0, contained: false, env: {}, ask: question, ...change });
    expect(question).not.toHaveBeenCalled();
  });
});

describe('a container', () => {
  test('shows in its files, its variables or its control groups', () => {
    expect(isContainer({}, nothing)).toBe(false);
    expect(isContainer({}, { ...nothing, exists: (file: unknown) => String(file).endsWith('.containerenv') })).toBe(
      true,
    );
    expect(isContainer({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, nothing)).toBe(true);
    expect(isContainer({}, { ...nothing, readText: () => '0::/docker/4f2a' })).toBe(true);
  });
});
