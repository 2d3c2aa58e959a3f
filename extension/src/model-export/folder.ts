/** The folder that the dialog proposes for a model. */
export const defaultFolder = (modelName: string): string => {
  const safe = modelName
    .trim()
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return `models/${safe === '' ? 'model' : safe}`;
};

/** What is wrong with a folder typed by the user, in words; undefined when nothing is. */
export const folderProblem = (folder: string): string | undefined => {
  const trimmed = folder.trim();
  if (trimmed === '') return 'Give a folder, for example models/my-model.';
  if (/^([/\\~]|[A-Za-z]:)/.test(trimmed)) return 'Give a folder below the notebook’s own, without a leading /.';
  if (trimmed.includes('\\')) return 'Separate folders by /.';
  const parts = trimmed.replace(/\/+$/, '').split('/');
  if (parts.includes('..')) return 'The folder must lie below the notebook’s own: no “..”.';
  if (parts.some((part) => part === '' || part === '.')) return 'A folder in the path has no name.';
  if (parts.some((part) => part.startsWith('.')))
    return 'Folders that begin with a dot are hidden in the file browser.';
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\u0000-\u001f<>:"|?*]/.test(trimmed)) return 'These characters cannot be in a folder name: < > : " | ? *';
  return undefined;
};

/** Where a file of the kernel's working folder lies for the file browser. */
export const pathInFileBrowser = (notebookPath: string, path: string): string => {
  const slash = notebookPath.lastIndexOf('/');
  const relative = path.replace(/^\.\//, '').replace(/\/+$/, '');
  return slash < 0 ? relative : `${notebookPath.slice(0, slash)}/${relative}`;
};
