import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { exportIcon } from '../icons.ts';
import { commandIds, paletteCategory, pluginIds } from '../tokens.ts';
import { showExportDialog } from './dialog.ts';
import { pathInFileBrowser } from './folder.ts';

/** The button “Export model” of every notebook, and its command. */
export const modelExportPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.modelExport,
  description: 'Exports models that were trained in a notebook.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    fileBrowser: IDefaultFileBrowser | null,
  ) => {
    const { commands } = app;
    const words = (translator ?? nullTranslator).load('cygnet');

    const showInFileBrowser = async (path: string) => {
      if (!fileBrowser) return;
      const { model } = fileBrowser;
      await model.cd(`/${PathExt.dirname(path)}`);
      await model.refresh();
      await fileBrowser.selectItemByName(PathExt.basename(path));
    };
    const report = (error: unknown) =>
      void showErrorMessage(words.__('Export model'), error instanceof Error ? error : String(error));

    commands.addCommand(commandIds.exportModel, {
      label: words.__('Export Model…'),
      caption: words.__('Export a model that was trained in this notebook'),
      icon: exportIcon,
      isEnabled: () => notebooks.currentWidget !== null,
      execute: async () => {
        const notebook = notebooks.currentWidget;
        if (!notebook) return;
        const kernel = notebook.sessionContext.session?.kernel;
        if (!kernel) {
          await showErrorMessage(
            words.__('Export model'),
            words.__(
              'This notebook has no running kernel. Start “Cygnet (TypeScript)”, train a model, and export it then.',
            ),
          );
          return;
        }
        const { path } = notebook.context;
        try {
          await showExportDialog({
            kernel,
            words,
            onExported: ({ files, folder }) =>
              void showInFileBrowser(pathInFileBrowser(path, files[0] ?? `${folder}/`)).catch(report),
            onOpen: (file) => void showInFileBrowser(pathInFileBrowser(path, file)).catch(report),
          });
        } catch (error) {
          report(error);
        }
      },
    });
    palette?.addItem({ command: commandIds.exportModel, category: paletteCategory });
  },
};
