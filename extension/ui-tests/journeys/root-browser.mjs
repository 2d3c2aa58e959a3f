/** ROOT files: opened by double click, browsed by mouse and keyboard, drawn from byte ranges. */
import { expect, until } from '../harness.mjs';

const filesRequests = (harness, name) =>
  harness.requests.filter(({ url }) => url.includes('/files/') && url.includes(name));

export const browseRootFiles = async (harness, lab) => {
  const { page } = harness;
  const browser = lab.front.locator('.cyg-RootBrowser');
  const row = (name) => browser.locator(`[role=treeitem][data-name="${name}"]`);
  const drawn = (name) => browser.locator(`.cyg-RootBrowser-drawing[data-drawn="${name}"] svg`).first();

  await harness.check('a double click on a .root file shows its trees', async () => {
    await lab.doubleClick('higgs-uci-20k.root');
    await row('sig_tree').waitFor();
    await row('bkg_tree').waitFor();
  });

  await harness.check('a tree opens to branches with type and entries', async () => {
    await row('sig_tree').click();
    await row('m_bb').waitFor();
    const text = await row('m_bb').getAttribute('aria-label');
    expect(/m_bb, branch, .*float|double/.test(text) && /10\D?000 entries/.test(text), `the row says "${text}"`);
    expect((await row('m_bb').getAttribute('aria-level')) === '2', 'level of a branch is 2');
  });

  await harness.check('a click on a branch draws its histogram with axis titles and statistics', async () => {
    await row('m_bb').click();
    await drawn('m_bb').waitFor();
    const text = await until('text in the drawing', async () => {
      const all = (await browser.locator('.cyg-RootBrowser-drawing svg text').allTextContents()).join(' ');
      return /Std Dev/.test(all) && all;
    });
    for (const piece of ['m_bb (sig_tree)', 'Entries /', 'Mean', 'Entries 10000'])
      expect(text.includes(piece), `"${piece}" is not in the drawing: ${text}`);
    await harness.shot('root-branch');
    return browser.locator('.cyg-RootBrowser-caption').textContent();
  });

  await harness.check('the file came in byte ranges only, and a small part of it', async () => {
    const requests = filesRequests(harness, 'higgs-uci-20k.root').filter(({ method }) => method !== 'HEAD');
    expect(requests.length > 0, 'no requests to /files/ seen');
    const others = requests.filter(({ status }) => status !== 206);
    expect(others.length === 0, `statuses other than 206: ${JSON.stringify(others)}`);
    expect(
      requests.every(({ range }) => /^bytes=\d+-\d+$/.test(range)),
      'only single ranges',
    );
    const bytes = requests.reduce((sum, { length }) => sum + length, 0);
    expect(bytes < 0.2 * 1_576_721, `${bytes} bytes of 1576721 were read`);
    const contents = harness.requests.filter(({ url }) => /\/api\/contents\/higgs-uci-20k\.root\?/.test(url));
    expect(
      contents.every(({ url }) => url.includes('content=0')),
      `the content was asked for: ${contents.map(({ url }) => url)}`,
    );
    return `${bytes} of 1576721 bytes in ${requests.length} requests`;
  });

  await harness.check('the keyboard walks the tree and draws', async () => {
    await row('m_bb').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const name = await page.evaluate(() => document.activeElement?.getAttribute('data-name'));
    expect(name && name !== 'm_bb', `focus is on ${name}`);
    await drawn(name).waitFor();
    await page.keyboard.press('ArrowLeft');
    expect(
      (await page.evaluate(() => document.activeElement?.getAttribute('data-name'))) === 'sig_tree',
      'ArrowLeft goes to the tree',
    );
    await page.keyboard.press('ArrowLeft');
    await until('the tree closes', async () => (await row('m_bb').count()) === 0);
    return name;
  });

  await harness.check('histograms, directories, lists and odd values are drawn or explained', async () => {
    await lab.doubleClick('objects.root');
    await row('mass').click();
    await drawn('mass').waitFor();
    await harness.shot('root-th1');
    await row('maps').click();
    await row('eta_phi').click();
    await drawn('eta_phi').waitFor();
    await page.waitForTimeout(300);
    await harness.shot('root-th2');
    await row('note').click();
    await browser.getByRole('alert').filter({ hasText: 'TObjString' }).waitFor();
    await row('muons').click();
    await row('muon_pt').click();
    await drawn('muon_pt').waitFor();
    expect(
      /500 entries, \d+ values/.test(await browser.locator('.cyg-RootBrowser-caption').textContent()),
      'entries and values in the caption',
    );
    await harness.shot('root-lists');
    await row('weight').click();
    await drawn('weight').waitFor();
    expect(
      /10 not finite/.test(await browser.locator('.cyg-RootBrowser-caption').textContent()),
      'NaN are counted in the caption',
    );
    await row('run').click();
    await drawn('run').waitFor();
    expect((await page.locator('.cyg-RootBrowser b').count()) === 0, 'titles from files are text');
  });

  await harness.check('the drawing follows the dark theme', async () => {
    await row('mass').click();
    await drawn('mass').waitFor();
    await lab.theme('JupyterLab Dark');
    await until('an inverted drawing', () =>
      browser
        .locator('.cyg-RootBrowser-drawing svg')
        .first()
        .evaluate((svg) => getComputedStyle(svg).filter.includes('invert')),
    );
    await drawn('mass').waitFor();
    await harness.shot('root-dark');
    await lab.theme('JupyterLab Light');
    await until('a plain drawing', () =>
      browser
        .locator('.cyg-RootBrowser-drawing svg')
        .first()
        .evaluate((svg) => !getComputedStyle(svg).filter.includes('invert')),
    );
  });

  await harness.check('a narrow window stays usable', async () => {
    const wide = page.viewportSize();
    await page.setViewportSize({ width: 900, height: 700 });
    await until('the drawing fits', () =>
      browser.evaluate((node) => {
        const svg = node.querySelector('.cyg-RootBrowser-drawing svg');
        const box = svg?.getBoundingClientRect();
        const outer = node.getBoundingClientRect();
        return box && box.width > 200 && box.right <= outer.right + 1;
      }),
    );
    await page.waitForTimeout(300);
    await harness.shot('root-narrow');
    await page.setViewportSize(wide);
  });

  await harness.check('the open files come back after a reload of the page', async () => {
    await page.waitForTimeout(1500);
    await page.reload();
    await lab.ready();
    await row('mass').waitFor({ timeout: 30_000 });
  });
  await lab.closeAll();
};
