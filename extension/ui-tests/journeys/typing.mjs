/** What a person sees of the kernel while typing: completion with types, documentation, and the interrupt button. */
import { expect, until } from '../harness.mjs';

export const typeCode = async (harness, lab) => {
  const { page } = harness;
  const editor = () => lab.front.locator('.jp-Cell.jp-mod-active .cm-content');
  const newCell = async (code) => {
    await page.evaluate(() => {
      const { content } = window.jupyterapp.shell.currentWidget;
      content.activeCellIndex = content.widgets.length - 1;
    });
    await lab.command('notebook:insert-cell-below');
    await until('an empty cell', async () => (await editor().textContent()).trim() === '');
    await editor().click();
    await page.keyboard.insertText(code);
  };
  const run = async (code) => {
    await newCell(code);
    await lab.command('notebook:run-cell');
  };
  /** Text of all outputs of the cell that ran last. */
  const lastOutput = () => lab.front.locator('.jp-Cell .jp-OutputArea').last();

  await harness.check('a notebook is typed into', async () => {
    await lab.open('typing.ipynb');
    await lab.front.locator('.jp-CodeCell').first().waitFor();
    await lab.kernelIdle(90_000);
    await run('/** Transverse momentum in GeV. */\nconst ptGeV = Math.hypot(3, 4);\nptGeV');
    await lastOutput().getByText('5', { exact: true }).waitFor();
  });

  await harness.check('Tab completes names with their types', async () => {
    const completer = page.locator('.jp-Completer:visible');
    await newCell('ptG');
    await page.keyboard.press('Tab');
    await completer.getByText('ptGeV').waitFor();
    await page.keyboard.press('Enter');
    await until('the name', async () => (await editor().textContent()).trim() === 'ptGeV');
    await completer.waitFor({ state: 'hidden' });
    await page.keyboard.insertText('.to');
    await page.keyboard.press('Tab');
    await completer.getByText('toFixed').first().waitFor();
    const items = await completer.locator('.jp-Completer-item .jp-Completer-match').allTextContents();
    expect(
      items.every((item) => /^to/.test(item.trim())),
      `only what fits: ${items}`,
    );
    await harness.shot('typing-completion');
    const kinds = await completer.locator('.jp-Completer-type, .jp-Completer-typeExtended').allTextContents();
    await page.keyboard.press('Escape');
    expect(
      kinds.some((kind) => /method|function/i.test(kind)),
      `kinds of the completions: ${kinds}`,
    );
    return items.slice(0, 4).join(', ');
  });

  await harness.check('Shift Tab shows type and words of a name', async () => {
    await newCell('ptGeV');
    await page.keyboard.press('Shift+Tab');
    const tooltip = page.locator('.jp-Tooltip');
    await tooltip.getByText('const ptGeV: number').first().waitFor();
    await tooltip.getByText('Transverse momentum in GeV').waitFor();
    await harness.shot('typing-tooltip');
    await page.keyboard.press('Escape');
  });

  await harness.check('the contextual help follows the cursor', async () => {
    await lab.command('inspector:open', { refresh: true });
    await newCell('Math.hypot');
    await page.locator('.jp-Inspector').getByText('hypot(...values: number[]): number').first().waitFor();
    await harness.shot('typing-help');
    await page.evaluate(() => {
      for (const widget of window.jupyterapp.shell.widgets('main'))
        if (widget.hasClass('jp-MainAreaWidget') && widget.content?.hasClass?.('jp-Inspector')) widget.close();
    });
    await page.locator('.jp-Inspector').waitFor({ state: 'detached' });
  });

  await harness.check('a type error is shown before the cell runs, at its place', async () => {
    await run("const wrong: number = 'text';");
    await lastOutput().getByText("Type 'string' is not assignable to type 'number'").first().waitFor();
  });

  await harness.check('the interrupt button stops an endless loop, and the session keeps its state', async () => {
    await run("console.log('spinning');\nwhile (true);");
    await lastOutput().getByText('spinning').waitFor();
    const start = performance.now();
    await lab.front
      .locator('.jp-NotebookPanel-toolbar [data-jp-item-name="interrupt"]')
      .locator('jp-button, button')
      .first()
      .click();
    await lastOutput().getByText('KeyboardInterrupt').first().waitFor();
    await lab.kernelIdle();
    const took = (performance.now() - start) / 1000;
    expect(took < 3, `it took ${took} s`);
    await run('ptGeV * 2');
    await lastOutput().getByText('10', { exact: true }).waitFor();
    return `${took.toFixed(1)} s`;
  });
  await lab.closeAll();
};
