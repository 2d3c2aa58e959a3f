import { describe, expect, it } from 'vitest';
import { defaultFolder, folderProblem, pathInFileBrowser } from './folder.ts';

describe('defaultFolder', () => {
  it('makes a folder name of any model name', () => {
    expect(defaultFolder('higgs-trees')).toBe('models/higgs-trees');
    expect(defaultFolder(' my model/β (2) ')).toBe('models/my-model-2');
    expect(defaultFolder('../..')).toBe('models/model');
  });

  it('always makes one that passes', () => {
    for (const name of ['higgs-trees', '..', '/etc', 'a b', '', '.hidden', 'C:\\x'])
      expect(folderProblem(defaultFolder(name))).toBeUndefined();
  });
});

describe('folderProblem', () => {
  it('takes folders below the notebook', () => {
    for (const folder of ['models/a', 'models/a/', 'out', 'a b/c']) expect(folderProblem(folder)).toBeUndefined();
  });

  it('refuses folders elsewhere, hidden ones and odd names, and says why', () => {
    expect(folderProblem('  ')).toContain('Give a folder');
    for (const folder of ['/tmp/x', '~/x', 'C:/x', '\\\\host\\x']) expect(folderProblem(folder)).toContain('leading /');
    expect(folderProblem('a/../../b')).toContain('..');
    expect(folderProblem('a//b')).toContain('no name');
    expect(folderProblem('models/.x')).toContain('dot');
    expect(folderProblem('a?b')).toContain('characters');
  });
});

describe('pathInFileBrowser', () => {
  it('starts at the folder of the notebook', () => {
    expect(pathInFileBrowser('a.ipynb', 'models/x/')).toBe('models/x');
    expect(pathInFileBrowser('tutorials/01/a.ipynb', './models/x.onnx')).toBe('tutorials/01/models/x.onnx');
  });
});
