/** `npm test`: sets up what is missing and runs every check. The last line counts them. */
import { provideChromium } from './checks/chromium.mjs';
import { stages } from './checks/stages.mjs';
import { check, closingLine, sum } from './checks/tally.mjs';
import { readOptions } from './setup/options.mjs';
import { prepare } from './setup/prepare.mjs';
import { exitCodeOf } from './setup/processes.mjs';
import { report } from './setup/run-steps.mjs';

const ids = stages.map(({ id }) => id);
const { values } = readOptions({
  command: 'npm test --',
  summary: `Runs every check: ${ids.join(', ')}. All of them run even if one fails.`,
  options: {
    only: { type: 'string', value: 'STAGE', help: `one stage, or several with commas: ${ids.join(', ')}` },
    full: { type: 'boolean', default: false, help: 'with the long variants' },
  },
});
const asked = values.only?.split(',') ?? ids;
const unknown = asked.find((id) => !ids.includes(id));
if (unknown !== undefined) {
  console.error(`There is no stage "${unknown}". Stages: ${ids.join(', ')}.`);
  process.exit(2);
}

try {
  await prepare({ test: true });
  const browser = asked.includes('browser') ? await provideChromium() : {};
  for (const line of browser.missing ?? []) console.log(line);
  const results = [];
  for (const stage of stages.filter(({ id }) => asked.includes(id))) {
    console.log(`\n== ${stage.title} ==`);
    const began = performance.now();
    const result = sum(await stage.run({ full: values.full, browser }));
    console.log(`-- ${stage.title}: ${closingLine(result)} in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    results.push(result);
  }
  const all = sum(results);
  if (all.failures.length > 0) console.log(`\nFailed:\n${all.failures.map((name) => `  - ${name}`).join('\n')}`);
  console.log(`\n${closingLine(all)}`);
  process.exitCode = all.failed > 0 || all.passed === 0 ? 1 : 0;
} catch (error) {
  process.exitCode = report(error, exitCodeOf);
  console.log(`\n${closingLine(check('set-up', false))}`);
}
