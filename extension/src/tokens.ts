/** Names that the parts of the extension, JupyterLab's settings and saved layouts know each other by. */
export const pluginIds = {
  rootBrowser: '@cygnet/extension:root-browser',
  modelExport: '@cygnet/extension:model-export',
  plots: '@cygnet/extension:plots',
} as const;

export const commandIds = {
  openRootFile: 'root-browser:open',
  exportModel: 'model-export:open',
} as const;

/** Name of the document factory: saved in workspaces, so it never changes. */
export const rootBrowserFactory = 'ROOT browser';

/** Name of the file type of `.root` files. */
export const rootFileType = 'cygnet-root';

/** Category of our commands in the palette. */
export const paletteCategory = 'Cygnet';
