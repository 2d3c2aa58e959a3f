import { expect, test } from 'vitest';
import { checkDamage, damageCases } from './damage-cases.ts';

test.each(damageCases)(
  '%s: cut, with flipped bits, lying lengths or shuffled parts, it is read or gives a typed error, and the process lives',
  async (file, columns) => {
    const outcome = await checkDamage(file, columns, file.endsWith('.h5') ? 12 : 40, 5);
    expect(outcome.memory).toBeLessThan(1500);
  },
  120_000,
);
