import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { jupyterEnvironment } from '../setup/jupyter.mjs';
import { inClone, shown, state, venvPython } from '../setup/paths.mjs';
import { run } from '../setup/processes.mjs';
import { lastLines } from '../setup/remedies.mjs';
import { check, tally } from './tally.mjs';

const executed = path.join(state, 'executed');

export const notebooksIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.ipynb'))
        .sort()
    : [];

/**
 * Executes every tutorial from a clean kernel and looks at what came out.
 * @param {{ folder?: string, print?: (text: string) => void }} [options]
 */
export async function executeNotebooks({ folder = inClone('tutorials'), print = console.log } = {}) {
  const names = notebooksIn(folder);
  if (names.length === 0) return [tally(0, 1, 0, [`${shown(folder)} holds no notebook`])];
  mkdirSync(executed, { recursive: true });
  const results = [];
  for (const name of names) {
    const began = performance.now();
    const problems = await executeNotebook(path.join(folder, name));
    print(
      `  ${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`,
    );
    for (const line of problems) print(`         ${line}`);
    results.push(check(`notebook ${name}: ${problems[0]}`, problems.length === 0));
  }
  return results;
}

/** @returns {Promise<string[]>} what is wrong; empty when all is well */
async function executeNotebook(file) {
  const result = path.join(executed, path.basename(file));
  rmSync(result, { force: true });
  const args = [
    '-m',
    'nbconvert',
    '--to',
    'notebook',
    '--execute',
    '--ExecutePreprocessor.kernel_name=cygnet',
    '--ExecutePreprocessor.timeout=600',
    `--output-dir=${executed}`,
    file,
  ];
  const { ok, output } = await run(venvPython, args, {
    env: jupyterEnvironment(),
    timeoutMs: 900_000,
    log: path.join(state, 'logs', `${path.basename(file)}.log`),
  });
  if (!existsSync(result)) return lastLines(output, 12);
  const problems = problemsIn(JSON.parse(readFileSync(result, 'utf8')));
  return ok || problems.length > 0 ? problems : lastLines(output, 12);
}

/**
 * What is wrong with an executed notebook: a cell that ended in an error or did not run, and outputs that its author
 * promised in the cell's metadata (`"cygnet": { "expects": ["application/vnd.cygnet.roc.v1+json"] }`) but that did not come.
 */
export function problemsIn(notebook) {
  const cells = notebook.cells.filter(
    ({ cell_type: type, source }) => type === 'code' && [source].flat().join('').trim() !== '',
  );
  const kernel = notebook.metadata.kernelspec?.name;
  const problems = kernel === 'cygnet' ? [] : [`its kernel is "${kernel}", not "cygnet"`];
  if (cells.length === 0) problems.push('it has no code');
  if (!cells.some(({ outputs }) => outputs.length > 0)) problems.push('no cell has an output');
  for (const [index, cell] of cells.entries()) {
    const place = `code cell ${index + 1}`;
    for (const { ename, evalue } of cell.outputs.filter(({ output_type: type }) => type === 'error'))
      problems.push(`${place}: ${ename}: ${evalue}`);
    if (cell.execution_count === null) problems.push(`${place} did not run`);
    const types = cell.outputs.flatMap(({ data }) => Object.keys(data ?? {}));
    for (const type of cell.metadata.cygnet?.expects ?? [])
      if (!types.includes(type)) problems.push(`${place} shows no ${type}`);
  }
  return problems;
}
