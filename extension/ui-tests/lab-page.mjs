/** What tests do in JupyterLab's own interface. */
import { until } from './harness.mjs';

export class LabPage {
  constructor(page) {
    this.page = page;
  }

  async ready() {
    await this.page.waitForSelector('#jp-main-dock-panel', { timeout: 90_000 });
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
    await this.page.waitForSelector('.jp-DirListing-item');
  }

  /** Runs a command without waiting for its result, which may be a whole widget. */
  command(id, args = {}) {
    return this.page.evaluate(([id, args]) => void window.jupyterapp.commands.execute(id, args), [id, args]);
  }

  async doubleClick(fileName) {
    await this.page.locator('.jp-DirListing-item', { has: this.page.getByText(fileName, { exact: true }) }).dblclick();
  }

  open(path, factory) {
    return this.command('docmanager:open', factory ? { path, factory } : { path });
  }

  /** The document that is in front now. */
  get front() {
    return this.page.locator('.jp-Document:not(.lm-mod-hidden)');
  }

  /** Presses the button Export model of the notebook in front. */
  async pressExport() {
    const item = this.front.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="cygnet-export-model"]');
    await item.locator('jp-button, button').first().click();
  }

  /** Scrolls a cell of the notebook in front into view; gives its node. */
  async showCell(index) {
    await this.page.evaluate(
      (at) => void window.jupyterapp.shell.currentWidget.content.scrollToItem(at, 'center'),
      index,
    );
    const cell = this.front.locator(`.jp-Cell[data-windowed-list-index="${index}"]`);
    await cell.waitFor();
    return cell;
  }

  /** Closes every document, unsaved ones without asking. */
  async closeAll() {
    await this.page.evaluate(() => {
      const { shell, commands } = window.jupyterapp;
      for (const widget of shell.widgets('main')) if (widget.context) widget.context.model.dirty = false;
      void commands.execute('application:close-all');
    });
    await this.page.locator('.jp-Document').first().waitFor({ state: 'detached' });
  }

  async kernelStatus() {
    return this.page.evaluate(() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status);
  }

  async kernelIdle(timeoutMs = 60_000) {
    await until('kernel idle', async () => (await this.kernelStatus()) === 'idle', timeoutMs);
  }

  /** Sets the theme and waits until the page shows it. */
  async theme(name) {
    await this.command('apputils:change-theme', { theme: name });
    const isLight = String(!/dark/i.test(name));
    await this.page.waitForFunction((light) => document.body.dataset.jpThemeLight === light, isLight);
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  }
}
