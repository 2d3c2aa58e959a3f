import { PathExt } from '@jupyterlab/coreutils';
import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import { type Contents, ServerConnection } from '@jupyterlab/services';
import { BrowserState, type OpenedFile } from './browser-state.ts';
import { JupyterByteSource } from './jupyter-byte-source.ts';
import { RootBrowser } from './widget.tsx';

export interface RootBrowserFactoryOptions extends DocumentRegistry.IWidgetFactoryOptions {
  readonly contents: Contents.IManager;
  readonly serverSettings: ServerConnection.ISettings;
}

/** Makes a ROOT browser for a document. The reader is loaded with the first one. */
export class RootBrowserFactory extends ABCWidgetFactory<DocumentWidget<RootBrowser>, DocumentRegistry.IModel> {
  readonly #contents: Contents.IManager;
  readonly #serverSettings: ServerConnection.ISettings;

  constructor(options: RootBrowserFactoryOptions) {
    super(options);
    this.#contents = options.contents;
    this.#serverSettings = options.serverSettings;
  }

  protected override createNewWidget(
    context: DocumentRegistry.IContext<DocumentRegistry.IModel>,
  ): DocumentWidget<RootBrowser> {
    const state = new BrowserState({ open: (signal) => this.#open(context.path, signal) });
    const content = new RootBrowser(state, () => PathExt.basename(context.localPath));
    void state.open();
    const onMoved = () => void state.open();
    context.pathChanged.connect(onMoved);
    content.disposed.connect(() => context.pathChanged.disconnect(onMoved));
    return new DocumentWidget({ content, context });
  }

  async #open(path: string, signal: AbortSignal): Promise<OpenedFile> {
    const [{ openRoot }, { browserCodecs }, url] = await Promise.all([
      import('@cygnet/rootio'),
      import('./codecs.ts'),
      this.#contents.getDownloadUrl(path),
    ]);
    const source = new JupyterByteSource({
      name: PathExt.basename(path),
      url,
      send: (address, init) => ServerConnection.makeRequest(address, init, this.#serverSettings),
    });
    const file = await openRoot(source, { codecs: browserCodecs, signal });
    return { file, traffic: () => source.traffic };
  }
}
