import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, inClone, state } from '../setup/paths.mjs';
import { requireNode24 } from '../setup/npm.mjs';
import { run } from '../setup/processes.mjs';
import { lastLines } from '../setup/remedies.mjs';
import { check, tally } from './tally.mjs';

/** The examples: folders with a script of the same name in them, `examples/higgs/higgs.ts`. */
export const exampleNames = (folder = inClone('examples')) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(path.join(folder, name, `${name}.ts`)))
        .sort()
    : [];

/** How an example is started: Node 24 runs TypeScript as it is. */
export const exampleCommand = (name, out, rest = []) => ({
  command: requireNode24(),
  args: [inClone('examples', name, `${name}.ts`), '--out', out, ...rest],
  env: childEnvironment(),
});

/** Runs every example into a fresh folder: it must end well and leave results. */
export async function runExamples({ print = console.log } = {}) {
  const names = exampleNames();
  if (names.length === 0) return [tally(0, 1, 0, ['examples/ holds no example'])];
  const results = [];
  for (const name of names) {
    const began = performance.now();
    const out = path.join(state, 'executed', 'examples', name);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const { command, args, env } = exampleCommand(name, out);
    const { ok, output } = await run(command, args, {
      env,
      timeoutMs: 900_000,
      log: path.join(state, 'logs', `example-${name}.log`),
    });
    const files = existsSync(out) ? readdirSync(out) : [];
    const done = ok && files.length > 0;
    print(
      `  ${done ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - began) / 1000).toFixed(0)} s): ${files.join(', ') || 'no files'}`,
    );
    if (!done) for (const line of lastLines(output, 12)) print(`         ${line}`);
    results.push(check(`example ${name}`, done));
  }
  return results;
}
