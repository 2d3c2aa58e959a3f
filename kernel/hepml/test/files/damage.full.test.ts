import { test } from 'vitest';
import { checkDamage, damageCases } from './damage-cases.ts';

test.each(damageCases)(
  '%s: damaged in 400 ways',
  async (file, columns) => {
    const { ends, slowest, memory } = await checkDamage(file, columns, 400, 11);
    process.stderr.write(
      `${file}: ${JSON.stringify(ends)}, slowest ${Math.round(slowest)} ms, ${Math.round(memory)} MB\n`,
    );
  },
  1_800_000,
);
