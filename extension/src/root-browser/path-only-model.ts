import { DocumentModel, type DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';

/** Makes documents whose content is never fetched: without a format, JupyterLab asks the server for name and size only. */
export class PathOnlyModelFactory implements DocumentRegistry.IModelFactory<DocumentRegistry.IModel> {
  readonly name = 'cygnet-path-only';
  readonly contentType: Contents.ContentType = 'file';
  readonly fileFormat: Contents.FileFormat = null;
  readonly collaborative = false;
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  createNew(options?: DocumentRegistry.IModelOptions): DocumentRegistry.IModel {
    return new DocumentModel({ languagePreference: options?.languagePreference, collaborationEnabled: false });
  }

  preferredLanguage(): string {
    return '';
  }
}
