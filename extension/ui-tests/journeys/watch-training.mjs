/** A small notebook: the export dialog before there is a model, and the training monitor while it trains. */
import { expect, until } from '../harness.mjs';

export const watchTraining = async (harness, lab) => {
  const { page } = harness;
  const dialog = page.locator('.cyg-ModelExport-dialog');

  await harness.check('Export model says how to train one when there is none', async () => {
    await lab.open('watch-training.ipynb');
    await lab.front.locator('.jp-CodeCell').first().waitFor();
    await lab.kernelIdle(90_000);
    await lab.pressExport();
    await dialog.locator('.cyg-ModelExport-empty').waitFor({ timeout: 20_000 });
    await harness.shot('export-empty');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  await harness.check('the training monitor grows in place while it trains', async () => {
    await page.evaluate(() => {
      window.seenTitles = new Set();
      window.seenPlots = new Set();
      const look = () => {
        const plot = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .cyg-Plot .js-plotly-plot');
        const title = plot?.querySelector('.gtitle')?.textContent;
        if (title) {
          window.seenTitles.add(title);
          window.seenPlots.add(plot);
        }
        window.watching = requestAnimationFrame(look);
      };
      look();
    });
    await lab.command('notebook:run-all-cells');
    await until('a first picture of the training', () => page.evaluate(() => window.seenTitles.size > 0), 60_000);
    await until(
      'the second half of the training',
      () => page.evaluate(() => [...window.seenTitles].some((title) => /epoch ([6-9]|1\d) of/.test(title))),
      60_000,
    );
    await harness.shot('training-running');
    await until(
      'the end of the training',
      () => page.evaluate(() => [...window.seenTitles].some((title) => title.includes('finished'))),
      60_000,
    );
    const { titles, plots } = await page.evaluate(() => {
      cancelAnimationFrame(window.watching);
      return { titles: [...window.seenTitles], plots: window.seenPlots.size };
    });
    expect(titles.length >= 4, `few pictures: ${titles}`);
    expect(plots === 1, `${plots} plots were made for one training`);
    return `${titles.length} pictures`;
  });

  await harness.check('Export model waits while the kernel is busy, and answers then', async () => {
    await lab.kernelIdle();
    await page.evaluate(() => {
      const { content } = window.jupyterapp.shell.currentWidget;
      content.activeCellIndex = 0;
      content.activeCell.model.sharedModel.setSource('const until = Date.now() + 4000;\nwhile (Date.now() < until);');
      void window.jupyterapp.commands.execute('notebook:run-cell');
    });
    await until('a busy kernel', async () => (await lab.kernelStatus()) === 'busy');
    await lab.pressExport();
    const first = await until('an answer or a notice', async () => {
      const text = await dialog.textContent().catch(() => '');
      return /busy; waiting|watched: dense network/.test(text) && text;
    });
    await dialog.locator('select').first().waitFor({ timeout: 20_000 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    return /busy/.test(first) ? 'waited' : 'answered at once';
  });
  await lab.closeAll();
};
