/** Jupyter widgets: moved by keyboard and mouse, kept through a reload of the page, and in the saved file without a kernel. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, until } from '../harness.mjs';

const stateMime = 'application/vnd.jupyter.widget-state+json';

export const useWidgets = async (harness, lab, folder) => {
  const { page } = harness;
  const cellOf = (index) => lab.front.locator(`.jp-Cell[data-windowed-list-index="${index}"]`);
  const cut = () => cellOf(1).locator('.widget-slider').first();

  await harness.check('widgets of a notebook appear when it runs', async () => {
    await lab.open('widgets.ipynb');
    await lab.front.locator('.jp-CodeCell').first().waitFor();
    await lab.kernelIdle(90_000);
    await lab.command('notebook:run-all-cells');
    await cut().waitFor({ timeout: 60_000 });
  });

  await harness.check('a progress bar runs while its cell does, and leaves a line of text', async () => {
    await lab.showCell(5);
    await cellOf(5).locator('.widget-hprogress .progress-bar').waitFor();
    await cellOf(5)
      .getByText(/\d+ of 40, .* left/)
      .first()
      .waitFor();
    await harness.shot('widgets-progress');
    await cellOf(5)
      .getByText(/loop █{20} 40 of 40 in \d/)
      .waitFor();
    await lab.kernelIdle();
    expect((await cellOf(5).locator('.progress-bar').count()) === 0, 'the bar is gone');
  });

  await harness.check('a slider is moved with the keyboard: callback, link and readout follow', async () => {
    await lab.showCell(1);
    await cut().locator('.noUi-handle').focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
    await cellOf(1).getByText('the cut is 0.8').waitFor();
    expect((await cut().locator('.widget-readout').textContent()).trim() === '0.8', 'the readout');
    await until('the linked bar', () =>
      cellOf(1)
        .locator('.progress-bar')
        .evaluate((bar) => bar.style.width === '80%'),
    );
  });

  await harness.check('interact runs its function for a slider and for a list', async () => {
    await lab.showCell(2);
    await cellOf(2).getByText("'sum of 5'").waitFor();
    await cellOf(2).locator('.noUi-handle').focus();
    await page.keyboard.press('ArrowRight');
    await cellOf(2).getByText("'sum of 6'").waitFor();
    await cellOf(2).locator('select').selectOption('mean');
    await cellOf(2).getByText("'mean of 6'").waitFor();
    expect(
      (await cellOf(2)
        .getByText(/'(sum|mean) of/)
        .count()) === 1,
      'only the last result is there',
    );
  });

  await harness.check('a button prints into its output area', async () => {
    await lab.showCell(3);
    const button = cellOf(3).getByRole('button', { name: 'Count' });
    for (let press = 0; press < 3; press += 1) await button.click();
    await cellOf(3).getByText('pressed 3').waitFor();
    await lab.showCell(4);
    await harness.shot('widgets-light');
  });

  await harness.check('widgets follow the dark theme', async () => {
    await lab.theme('JupyterLab Dark');
    await lab.showCell(4);
    await page.waitForTimeout(300);
    await harness.shot('widgets-dark');
    await lab.theme('JupyterLab Light');
  });

  await harness.check('the saved file holds their state', async () => {
    await lab.command('docmanager:save');
    await until('the state in the file', () => {
      const text = readFileSync(path.join(folder, 'widgets.ipynb'), 'utf8');
      const models = Object.values((text && JSON.parse(text).metadata.widgets?.[stateMime]?.state) || {});
      return models.some(({ model_name: name, state }) => name === 'FloatSliderModel' && state.value === 0.8);
    });
  });

  await harness.check('after a reload of the page they are alive', async () => {
    await page.waitForTimeout(1000);
    await page.reload();
    await lab.ready();
    await cut().waitFor({ timeout: 30_000 });
    await lab.kernelIdle();
    await lab.showCell(1);
    await until('the value', async () => (await cut().locator('.widget-readout').textContent()).trim() === '0.8');
    await cut().locator('.noUi-handle').focus();
    await page.keyboard.press('ArrowLeft');
    await lab.showCell(2);
    await cellOf(2).locator('.noUi-handle').focus();
    await page.keyboard.press('ArrowRight');
    await cellOf(2).getByText("'mean of 7'").waitFor();
    await lab.showCell(3);
    await cellOf(3).getByText('pressed 3').waitFor();
  });

  await harness.check('opened without its kernel the notebook shows them as they were saved', async () => {
    await lab.command('docmanager:save');
    await until('the new value in the file', () =>
      /"value": 0\.7\b/.test(readFileSync(path.join(folder, 'widgets.ipynb'), 'utf8')),
    );
    await page.evaluate(() => void window.jupyterapp.shell.currentWidget.sessionContext.shutdown());
    await lab.closeAll();
    await lab.open('widgets.ipynb');
    await cut().waitFor({ timeout: 30_000 });
    await until('the value', async () => (await cut().locator('.widget-readout').textContent()).trim() === '0.7');
  });
  await lab.closeAll();
};
