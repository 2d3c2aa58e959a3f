/**
 * Browser tests: a real JupyterLab of the repository's environment, driven in Chromium.
 * Prints one line a check and the total; screenshots go to test-results/ui. `--only plots,bad-files` runs some journeys.
 */
import { copyFileSync, cpSync } from 'node:fs';
import path from 'node:path';
import { Harness } from './harness.mjs';
import { browseRootFiles } from './journeys/root-browser.mjs';
import { openBadFiles, prepareBadFiles } from './journeys/bad-files.mjs';
import { drawSavedPlots } from './journeys/plots.mjs';
import { watchTraining } from './journeys/watch-training.mjs';
import { typeCode } from './journeys/typing.mjs';
import { useWidgets } from './journeys/widgets.mjs';
import { trainAndExport } from './journeys/train-and-export.mjs';
import { startLab } from './lab-server.mjs';
import { LabPage } from './lab-page.mjs';
import { writePlotsNotebook } from './notebooks/plots-notebook.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1].split(',') : undefined;
const wanted = (journey) => !only || only.includes(journey);

const dataset = path.join(root, 'kernel/hepml/data/higgs-uci-20k.root');
const tutorial = path.join(root, 'tutorials/01-from-root-to-tagger.ipynb');
const notebooks = ['watch-training.ipynb', 'widgets.ipynb', 'typing.ipynb'];

const start = performance.now();
const harness = new Harness(path.join(root, 'test-results/ui'));
const lab = await startLab(root);
try {
  const folder = lab.rootFolder;
  copyFileSync(dataset, path.join(folder, 'higgs-uci-20k.root'));
  copyFileSync(path.join(import.meta.dirname, 'fixtures/objects.root'), path.join(folder, 'objects.root'));
  cpSync(tutorial, path.join(folder, 'tutorials', path.basename(tutorial)));
  for (const name of notebooks)
    copyFileSync(path.join(import.meta.dirname, 'notebooks', name), path.join(folder, name));
  prepareBadFiles(folder, dataset);
  writePlotsNotebook(path.join(folder, 'plots.ipynb'));

  await harness.open(`${lab.url}&reset`, { width: 1400, height: 900 });
  const page = new LabPage(harness.page);
  await harness.check('JupyterLab starts with the extension', () => page.ready());
  if (wanted('root-browser')) await browseRootFiles(harness, page);
  if (wanted('bad-files')) await openBadFiles(harness, page, folder);
  if (wanted('plots')) await drawSavedPlots(harness, page, folder);
  if (wanted('typing')) await typeCode(harness, page);
  if (wanted('widgets')) await useWidgets(harness, page, folder);
  if (wanted('watch-training')) await watchTraining(harness, page);
  if (wanted('train-and-export'))
    await trainAndExport(harness, page, folder, path.posix.join('tutorials', path.basename(tutorial)));
  await harness.check('no error of ours on the page or its console', () => {
    if (harness.errors.length > 0) throw new Error(harness.errors.slice(0, 5).join('\n'));
  });
} catch (error) {
  harness.failed += 1;
  console.log(`  ✗ stopped: ${error.message}`);
  await harness.shot('stopped');
} finally {
  await harness.close();
  await lab.stop();
}
console.log(
  `${harness.passed} passed, ${harness.failed} failed in ${((performance.now() - start) / 1000).toFixed(1)} s`,
);
process.exitCode = harness.failed === 0 ? 0 : 1;
