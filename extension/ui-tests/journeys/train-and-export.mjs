/** The first tutorial: run whole, plots drawn, a model exported through the toolbar button. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, until } from '../harness.mjs';

/** Nothing while the server is writing the file. */
const outputsOf = (file) =>
  JSON.parse(readFileSync(file, 'utf8') || '{"cells":[]}').cells.flatMap((cell) => cell.outputs ?? []);

export const trainAndExport = async (harness, lab, folder, notebook) => {
  const { page } = harness;
  const file = path.join(folder, notebook);

  const plotCells = [];

  await harness.check('the tutorial opens with the kernel Cygnet (TypeScript)', async () => {
    await lab.open(notebook);
    await lab.front.locator('.jp-CodeCell').first().waitFor();
    await lab.kernelIdle(90_000);
    expect(
      (await lab.front.locator('.jp-KernelName, .jp-Toolbar-kernelName').first().textContent()).includes('Cygnet'),
      'kernel name in the toolbar',
    );
  });

  const ran = await harness.check('it runs whole without an error', async () => {
    await lab.command('notebook:run-all-cells');
    await page.waitForTimeout(500);
    const state = () =>
      page.evaluate(() => {
        const { content } = window.jupyterapp.shell.currentWidget;
        const cells = content.widgets.filter(({ model }) => model.type === 'code');
        const outputs = cells.flatMap(({ model }) => model.outputs.toJSON());
        return {
          waiting: cells.filter(({ model }) => model.executionState !== 'idle' || model.executionCount === null).length,
          errors: outputs
            .filter(({ output_type: type }) => type === 'error')
            .map(({ ename, evalue }) => `${ename}: ${evalue}`),
          streams: outputs.filter(({ name }) => name === 'stderr').map(({ text }) => String(text)),
        };
      });
    const last = await until(
      'all cells run',
      async () => {
        const now = await state();
        return (now.errors.length > 0 || now.waiting === 0) && now;
      },
      240_000,
    );
    expect(last.errors.length === 0, last.errors.join('; '));
  });

  await harness.check('training monitor, ROC and score plots are drawn with axis titles', async () => {
    const cells = await page.evaluate(() =>
      window.jupyterapp.shell.currentWidget.content.widgets.flatMap(({ model, isHidden }, index) => {
        const mimes =
          model.type === 'code' ? model.outputs.toJSON().flatMap(({ data }) => Object.keys(data ?? {})) : [];
        const kinds = mimes.flatMap((mime) => /^application\/vnd\.cygnet\.(\w+)\./.exec(mime)?.[1] ?? []);
        // Cells below a collapsed heading are hidden.
        return kinds.length > 0 && !isHidden ? [{ index, kinds }] : [];
      }),
    );
    const kinds = new Set(cells.flatMap((cell) => cell.kinds));
    for (const kind of ['roc', 'score', 'training']) expect(kinds.has(kind), `there is no ${kind} plot: ${[...kinds]}`);
    for (const { index, kinds: shown } of cells) {
      const cell = await lab.showCell(index);
      const plot = cell.locator('.cyg-Plot').first();
      await plot.locator('.js-plotly-plot .main-svg').first().waitFor();
      await plot.evaluate((node) => node.scrollIntoView({ block: 'center' }));
      const titles = (await plot.locator('.xtitle, .ytitle').allTextContents()).filter((text) => text.trim() !== '');
      expect(titles.length >= 2, `the plot of cell ${index} has axis titles ${JSON.stringify(titles)}`);
      await page.waitForTimeout(600);
      await harness.shot(`tutorial-${shown[0]}-${index}`);
    }
    plotCells.push(...cells.map(({ index }) => index));
    const count = cells.length;
    return `${count} plots`;
  });

  if (ran) await exportModel(harness, lab, folder, notebook);

  await harness.check('the saved notebook holds images of its plots', async () => {
    await page.waitForTimeout(1000);
    await lab.command('docmanager:save');
    await until(
      'images in the file',
      () => outputsOf(file).filter((output) => typeof output.data?.['image/png'] === 'string').length >= 3,
      15_000,
    );
  });

  await harness.check('the notebook follows the dark theme', async () => {
    await lab.theme('JupyterLab Dark');
    const plot = (await lab.showCell(plotCells.at(-1))).locator('.cyg-Plot').first();
    await until('dark paper', () =>
      plot
        .locator('.main-svg')
        .first()
        .evaluate((svg) => Number(/rgba?\((\d+)/.exec(getComputedStyle(svg).backgroundColor)?.[1]) < 60),
    );
    await harness.shot('tutorial-dark');
    await lab.theme('JupyterLab Light');
  });
  if (ran) await restartUnderDialog(harness, lab);
  await lab.closeAll();
};

/** The models of a session end with it. */
const restartUnderDialog = async (harness, lab) => {
  const { page } = harness;
  const dialog = page.locator('.cyg-ModelExport-dialog');
  await harness.check('a kernel that restarts ends the export dialog with a clear message', async () => {
    await lab.pressExport();
    await dialog.locator('select').first().waitFor({ timeout: 20_000 });
    await page.evaluate(() => void window.jupyterapp.shell.currentWidget.sessionContext.restartKernel());
    await dialog.getByRole('alert').filter({ hasText: 'was restarted' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await lab.kernelIdle();
  });
};

const exportModel = async (harness, lab, folder, notebook) => {
  const { page } = harness;
  const dialog = page.locator('.cyg-ModelExport-dialog');
  await harness.check('Export model lists the trained models', async () => {
    await lab.pressExport();
    await dialog.locator('select').first().waitFor({ timeout: 20_000 });
    const models = await dialog.locator('select').first().locator('option').allTextContents();
    expect(models.length >= 1, 'at least one model');
    expect(
      models.some((text) => /AUC 0\.\d+/.test(text)),
      `models come with their AUC: ${models.join(' | ')}`,
    );
    await harness.shot('export-choices');
    return models.join(' | ');
  });
  await harness.check('a folder elsewhere is refused in the dialog', async () => {
    const input = dialog.locator('input');
    const proposed = await input.inputValue();
    await input.fill('../outside');
    await dialog.getByRole('alert').filter({ hasText: '..' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Export', exact: true }).isDisabled(), 'the button is off');
    await input.fill(proposed);
  });
  await harness.check('a model is exported, verified, and shown in the file browser', async () => {
    const target = await dialog.locator('input').inputValue();
    await dialog.locator('input').press('Enter');
    await dialog.locator('.cyg-ModelExport-result').waitFor({ timeout: 90_000 });
    expect(
      (await dialog.locator('.cyg-ModelExport-result').getAttribute('data-passed')) === 'true',
      'the verification passed',
    );
    expect(await dialog.evaluate((node) => node.contains(document.activeElement)), 'the focus stays in the dialog');
    await harness.shot('export-result');
    const files = await dialog.locator('.cyg-ModelExport-result a').allTextContents();
    expect(
      files.some((name) => name.endsWith('.onnx')),
      `files: ${files}`,
    );
    for (const name of files)
      expect(existsSync(path.join(folder, path.dirname(notebook), name)), `${name} is on the disk`);
    const difference = await dialog.locator('tr', { hasText: 'difference' }).locator('td').textContent();
    await dialog.locator('.cyg-ModelExport-result a').filter({ hasText: '.onnx' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.jp-DirListing-item').filter({ hasText: '.onnx' }).waitFor();
    await harness.shot('export-files');
    return `${target}, largest difference ${difference}`;
  });
};
