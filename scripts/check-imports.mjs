/**
 * Import rules over all rooms: `node scripts/check-imports.mjs [--json] [root]`.
 * Exits 1 on a violation, and when no module was looked at: rules over nothing prove nothing.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

const json = process.argv.includes('--json');
const root = resolve(process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? '.');
const depcruise = fileURLToPath(new URL('../../bin/dependency-cruiser.mjs', import.meta.resolve('dependency-cruiser')));
const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'kernel', 'extension/src'];
const { stdout, stderr, error } = spawnSync(process.execPath, [depcruise, ...options], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
if (error || !stdout.startsWith('{')) {
  console.error(`The import check could not run: ${error?.message ?? stderr}`);
  process.exit(2);
}

const report = JSON.parse(stdout);
const modules = report.modules.filter(({ source }) => /^(kernel|extension)\//.test(source)).length;
const violations = report.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
if (json) console.log(JSON.stringify({ modules, violations }));
else for (const { rule, from, to } of violations) console.error(`${rule}: ${from} -> ${to}`);
if (modules === 0) console.error('0 modules were looked at: the import rules checked nothing.');
if (!json) console.log(`${modules} modules, ${violations.length} import violations`);
process.exit(modules === 0 || violations.length > 0 ? 1 : 0);
