import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import type { DocumentWidget } from '@jupyterlab/docregistry';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { rootIcon } from '../icons.ts';
import { commandIds, paletteCategory, pluginIds, rootBrowserFactory, rootFileType } from '../tokens.ts';
import { RootBrowserFactory } from './factory.ts';
import { PathOnlyModelFactory } from './path-only-model.ts';
import type { RootBrowser } from './widget.tsx';

/** Opens `.root` files in a browser of their own. Needs no kernel. */
export const rootBrowserPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.rootBrowser,
  description: 'Browses ROOT files: trees, branches and histograms, by byte ranges.',
  autoStart: true,
  optional: [ITranslator, ICommandPalette, IFileBrowserFactory, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    fileBrowsers: IFileBrowserFactory | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const { commands, docRegistry, serviceManager } = app;
    const words = (translator ?? nullTranslator).load('cygnet');
    docRegistry.addFileType({
      name: rootFileType,
      displayName: words.__('ROOT file'),
      extensions: ['.root'],
      mimeTypes: ['application/x-root'],
      fileFormat: 'base64',
      contentType: 'file',
      icon: rootIcon,
    });
    const models = new PathOnlyModelFactory();
    docRegistry.addModelFactory(models);
    const factory = new RootBrowserFactory({
      name: rootBrowserFactory,
      label: words.__('ROOT browser'),
      modelName: models.name,
      fileTypes: [rootFileType],
      defaultFor: [rootFileType],
      readOnly: true,
      contents: serviceManager.contents,
      serverSettings: serviceManager.serverSettings,
    });
    docRegistry.addWidgetFactory(factory);

    const tracker = new WidgetTracker<DocumentWidget<RootBrowser>>({ namespace: 'cygnet-root-browser' });
    factory.widgetCreated.connect((_, widget) => {
      widget.title.icon = rootIcon;
      widget.context.pathChanged.connect(() => void tracker.save(widget));
      void tracker.add(widget);
    });
    if (restorer)
      void restorer.restore(tracker, {
        command: 'docmanager:open',
        args: ({ context }) => ({ path: context.path, factory: rootBrowserFactory }),
        name: ({ context }) => context.path,
      });

    const selectedRootFile = (): string | undefined => {
      const items = fileBrowsers?.tracker.currentWidget?.selectedItems();
      for (const item of items ?? []) if (item.path.toLowerCase().endsWith('.root')) return item.path;
      return undefined;
    };
    commands.addCommand(commandIds.openRootFile, {
      label: words.__('Browse ROOT File'),
      caption: words.__('Open the selected ROOT file in the ROOT browser'),
      icon: rootIcon,
      isEnabled: () => selectedRootFile() !== undefined,
      execute: async ({ path = selectedRootFile() }) => {
        if (typeof path === 'string') await commands.execute('docmanager:open', { path, factory: rootBrowserFactory });
      },
    });
    palette?.addItem({ command: commandIds.openRootFile, category: paletteCategory });
  },
};
