/** Plots of a notebook with outputs of every kind, without any kernel of ours. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, until } from '../harness.mjs';

export const drawSavedPlots = async (harness, lab, folder) => {
  const { page } = harness;
  const plot = (index) => lab.front.locator('.jp-OutputArea-output.cyg-Plot').nth(index);

  await harness.check('saved outputs are drawn with any kernel', async () => {
    await lab.open('plots.ipynb');
    await until('five plots', async () => (await lab.front.locator('.cyg-Plot .js-plotly-plot').count()) === 5);
    expect(
      /efficiency|rejection/i.test(
        await plot(0)
          .locator('.xtitle, .ytitle')
          .allTextContents()
          .then((all) => all.join()),
      ),
      'axis titles of the ROC plot',
    );
    expect(
      (await plot(0).locator('[role=img]').getAttribute('aria-label')).includes('AUC'),
      'the numbers are there for screen readers',
    );
    await harness.shot('plots-light');
    await plot(2).scrollIntoViewIfNeeded();
    const text = (selector) => plot(2).locator(selector).allTextContents();
    expect((await text('.xtitle, .ytitle, .y2title')).join().includes('Expected events'), 'axes of the cut scan');
    await harness.shot('significance-light');
  });
  await harness.check('an invalid payload is explained', async () => {
    await lab.front.locator('.cyg-Plot-message').filter({ hasText: 'cannot be drawn' }).waitFor();
  });
  await harness.check('plots follow the dark theme in place', async () => {
    await lab.theme('JupyterLab Dark');
    await until('dark paper', () =>
      plot(0)
        .locator('.main-svg')
        .first()
        .evaluate((svg) => /rgb\((\d+)/.exec(getComputedStyle(svg).backgroundColor)?.[1] < 60),
    );
    await harness.shot('plots-dark');
    await lab.theme('JupyterLab Light');
  });
  await harness.check('plots resize with the page', async () => {
    const wide = page.viewportSize();
    await page.setViewportSize({ width: 900, height: 700 });
    await until('the plot fits', () =>
      plot(0).evaluate((node) => {
        const svg = node.querySelector('.main-svg').getBoundingClientRect();
        const { width } = node.getBoundingClientRect();
        return width < 600 && svg.width <= width + 1 && svg.width > 200;
      }),
    );
    await harness.shot('plots-narrow');
    await page.setViewportSize(wide);
  });
  await harness.check('Export model explains itself with a kernel that is not ours', async () => {
    await lab.kernelIdle();
    await lab.pressExport();
    const dialog = page.locator('.cyg-ModelExport-dialog');
    await dialog.getByText('This kernel has no Cygnet models').waitFor({ timeout: 20_000 });
    await harness.shot('export-other-kernel');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
  await harness.check('a saved notebook holds an image of each of our plots', async () => {
    await page.waitForTimeout(1500);
    await lab.command('docmanager:save');
    await until(
      'images in the file',
      () => {
        const { cells } = JSON.parse(readFileSync(path.join(folder, 'plots.ipynb'), 'utf8'));
        const outputs = cells.flatMap((cell) => cell.outputs ?? []);
        return (
          outputs.filter(
            (output) => typeof output.data?.['image/png'] === 'string' && output.data['image/png'].startsWith('iVBOR'),
          ).length >= 4
        );
      },
      15_000,
    );
  });
  await lab.closeAll();
};
