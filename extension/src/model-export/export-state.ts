import type { ExportedModel, ModelSummary } from '@cygnet/contract';
import { type ISignal, Signal } from '@lumino/signaling';
import type { ModelExportClient } from './client.ts';
import { defaultFolder, folderProblem } from './folder.ts';

/** Where the dialog stands. */
export type ExportStage =
  | { readonly kind: 'asking' }
  | { readonly kind: 'choosing' }
  | { readonly kind: 'exporting'; readonly message: string }
  | { readonly kind: 'exported'; readonly exported: ExportedModel }
  | { readonly kind: 'failed'; readonly message: string };

/** How the kernel is, as far as the dialog cares. */
export type KernelCondition = 'ready' | 'busy' | 'restarted' | 'dead';

/** Conditions after which the session's models are gone. */
const lossMessage: { readonly [condition in KernelCondition]?: string } = {
  restarted: 'The kernel was restarted, and its models are gone. Run the cells that train them and export again.',
  dead: 'The kernel has died. Restart it, run the notebook and export again.',
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** State of one export dialog: models, choices and the export itself. Knows nothing of the page. */
export class ExportState {
  readonly #client: ModelExportClient;
  readonly #onExported: (exported: ExportedModel) => void;
  readonly #changed = new Signal<this, void>(this);
  readonly #stop = new AbortController();
  #stage: ExportStage = { kind: 'asking' };
  #models: readonly ModelSummary[] = [];
  #modelId = '';
  #target = '';
  #folder = '';
  #kernel: KernelCondition = 'ready';
  #loss: string | undefined;

  constructor(client: ModelExportClient, onExported: (exported: ExportedModel) => void) {
    this.#client = client;
    this.#onExported = onExported;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }
  get stage(): ExportStage {
    return this.#stage;
  }
  get models(): readonly ModelSummary[] {
    return this.#models;
  }
  get model(): ModelSummary | undefined {
    return this.#models.find(({ id }) => id === this.#modelId);
  }
  get target(): string {
    return this.#target;
  }
  get folder(): string {
    return this.#folder;
  }
  get folderProblem(): string | undefined {
    return folderProblem(this.#folder);
  }
  get kernel(): KernelCondition {
    return this.#kernel;
  }

  /** Asks the kernel for its models. */
  async load(): Promise<void> {
    try {
      this.#models = await this.#client.listModels(this.#stop.signal);
      if (this.#models[0]) this.chooseModel(this.#models[0].id);
      this.#setStage({ kind: 'choosing' });
    } catch (error) {
      this.#setStage({ kind: 'failed', message: messageOf(error) });
    }
  }

  chooseModel(id: string): void {
    this.#modelId = id;
    const model = this.model;
    if (model) {
      this.#folder = defaultFolder(model.name);
      if (!model.targets.includes(this.#target)) this.#target = model.targets[0] ?? '';
    }
    this.#changed.emit();
  }

  chooseTarget(target: string): void {
    this.#target = target;
    this.#changed.emit();
  }

  chooseFolder(folder: string): void {
    this.#folder = folder;
    this.#changed.emit();
  }

  /** Back from a result or a failure to the choices. */
  back(): void {
    this.#setStage(this.#loss === undefined ? { kind: 'choosing' } : { kind: 'failed', message: this.#loss });
  }

  /** A restart or a death of the kernel ends everything but the view of a finished export. */
  setKernel(condition: KernelCondition): void {
    this.#kernel = condition;
    const loss = lossMessage[condition];
    if (loss !== undefined) {
      this.#loss = loss;
      this.#models = [];
      this.#client.fail(loss);
      if (this.#stage.kind !== 'exported') this.#stage = { kind: 'failed', message: loss };
    }
    this.#changed.emit();
  }

  async exportNow(): Promise<void> {
    const { model } = this;
    if (!model || this.folderProblem !== undefined || this.#target === '' || this.#stage.kind === 'exporting') return;
    this.#setStage({ kind: 'exporting', message: 'Asked the kernel' });
    try {
      const exported = await this.#client.exportModel(
        { modelId: model.id, target: this.#target, folder: this.#folder.trim().replace(/\/+$/, '') },
        { signal: this.#stop.signal, onProgress: (message) => this.#setStage({ kind: 'exporting', message }) },
      );
      this.#setStage({ kind: 'exported', exported });
      this.#onExported(exported);
    } catch (error) {
      this.#setStage({ kind: 'failed', message: messageOf(error) });
    }
  }

  dispose(): void {
    this.#stop.abort();
    this.#client.dispose();
    Signal.clearData(this);
  }

  #setStage(stage: ExportStage): void {
    this.#stage = stage;
    this.#changed.emit();
  }
}
