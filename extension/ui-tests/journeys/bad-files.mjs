/** Files that cannot be read are explained in the document, never by a blank page. */
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '../harness.mjs';

export const prepareBadFiles = (folder, goodFile) => {
  writeFileSync(path.join(folder, 'not-root.root'), 'This is a text file.\n'.repeat(50));
  writeFileSync(path.join(folder, 'empty.root'), '');
  copyFileSync(goodFile, path.join(folder, 'truncated.root'));
  truncateSync(path.join(folder, 'truncated.root'), 700_000);
  const page = '<!DOCTYPE html><script>alert(1)</script>';
  writeFileSync(path.join(folder, 'page.root'), page);
  const damaged = readFileSync(goodFile);
  damaged.fill(0xa5, 100_000, 500_000);
  writeFileSync(path.join(folder, 'damaged.root'), damaged);
  copyFileSync(goodFile, path.join(folder, 'vanishing.root'));
};

export const openBadFiles = async (harness, lab, folder) => {
  const alert = lab.front.locator('.cyg-RootBrowser [role=alert]');
  const row = (name) => lab.front.locator(`.cyg-RootBrowser [role=treeitem][data-name="${name}"]`);
  const openFile = async (name) => {
    await lab.open(name);
    await lab.front.locator('.cyg-RootBrowser').filter({ hasText: name }).waitFor();
  };
  const cases = [
    ['not-root.root', /not a ROOT file/],
    ['page.root', /not a ROOT file/],
    ['empty.root', /empty/],
    ['truncated.root', /truncated|damaged|beyond|only/i],
  ];
  for (const [name, pattern] of cases) {
    await harness.check(`${name} is explained`, async () => {
      await openFile(name);
      await alert.waitFor({ timeout: 20_000 });
      const text = await alert.textContent();
      expect(pattern.test(text), `it says "${text}"`);
      await harness.shot(`bad-${name}`);
      return text;
    });
  }
  await harness.check('a branch with damaged baskets is explained, and others still open', async () => {
    await openFile('damaged.root');
    await row('sig_tree').click();
    await row('jet1_pt').click();
    await alert.waitFor({ timeout: 20_000 });
    const text = await alert.textContent();
    await row('m_wwbb').click();
    await lab.front.locator('.cyg-RootBrowser-drawing[data-drawn="m_wwbb"] svg').first().waitFor();
    expect(text.length > 30, `it says "${text}"`);
    return text;
  });
  await harness.check('a file that is deleted while open is explained', async () => {
    await openFile('vanishing.root');
    await row('sig_tree').click();
    await row('m_bb').waitFor();
    rmSync(path.join(folder, 'vanishing.root'));
    await row('m_bb').click();
    await alert.waitFor({ timeout: 20_000 });
    const text = await alert.textContent();
    expect(/404|not there/.test(text), `it says "${text}"`);
    return text;
  });
  await lab.closeAll();
};
