import {
  type ExportedModel,
  isModelExportReply,
  type ModelExportReply,
  type ModelExportRequest,
  modelExportTarget,
  type ModelSummary,
  protocolVersion,
} from '@cygnet/contract';

/** What this client needs of a kernel's comm. */
export interface ExportComm {
  open(): unknown;
  send(data: ModelExportRequest): unknown;
  close(): unknown;
  onMessage: (data: unknown) => void;
  onClose: () => void;
}

/** Makes a comm to the kernel under the target; throws when the kernel can have none. */
export type ConnectComm = (target: string) => ExportComm;

export interface ExportChoice {
  readonly modelId: string;
  readonly target: string;
  readonly folder: string;
}

/** Why an export did not come about, in words for people. */
export class ModelExportError extends Error {
  override readonly name = 'ModelExportError';
}

/** What is said when the kernel offers no models. */
export const noModelsHere =
  'This kernel has no Cygnet models. Use the kernel “Cygnet (TypeScript)”: choose it in Kernel › Change Kernel.';

interface Pending {
  readonly onReply: (reply: ModelExportReply) => void;
  readonly onClosed: (error: ModelExportError) => void;
}

/** Asks a kernel for its models and their export. One client a dialog. */
export class ModelExportClient {
  readonly #comm: ExportComm;
  readonly #pending = new Map<string, Pending>();
  #count = 0;
  #closed: ModelExportError | undefined;

  constructor(connect: ConnectComm) {
    this.#comm = connect(modelExportTarget);
    this.#comm.onMessage = (data) => this.#onMessage(data);
    this.#comm.onClose = () => this.#fail(new ModelExportError(noModelsHere));
    this.#comm.open();
  }

  /** The session's models, newest first. */
  async listModels(signal?: AbortSignal): Promise<readonly ModelSummary[]> {
    return this.#ask({ kind: 'list-models' }, signal, (reply, resolve) => {
      if (reply.kind !== 'models') return;
      if (reply.protocolVersion !== protocolVersion)
        throw new ModelExportError(
          `The kernel speaks version ${reply.protocolVersion} of the export protocol and this page version ${protocolVersion}. Update both, then restart the kernel and reload the page.`,
        );
      resolve([...reply.models].sort((a, b) => (a.trainedAt < b.trainedAt ? 1 : -1)));
    });
  }

  /** Exports a model; resolves when its files are written and verified. */
  async exportModel(
    choice: ExportChoice,
    { onProgress, signal }: { readonly onProgress?: (message: string) => void; readonly signal?: AbortSignal } = {},
  ): Promise<ExportedModel> {
    return this.#ask({ kind: 'export', ...choice }, signal, (reply, resolve) => {
      if (reply.kind === 'progress') onProgress?.(reply.message);
      if (reply.kind === 'exported') resolve(reply.exported);
    });
  }

  dispose(): void {
    if (this.#closed) return;
    this.#fail(new ModelExportError('The dialog was closed.'));
    this.#comm.close();
  }

  /** For kernels that died. */
  fail(message: string): void {
    this.#fail(new ModelExportError(message));
  }

  #ask<T>(
    request: ModelExportRequest extends infer R ? (R extends ModelExportRequest ? Omit<R, 'requestId'> : never) : never,
    signal: AbortSignal | undefined,
    onReply: (reply: ModelExportReply, resolve: (value: T) => void) => void,
  ): Promise<T> {
    if (this.#closed) return Promise.reject(this.#closed);
    this.#count += 1;
    const requestId = `request-${this.#count}`;
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => settle(() => reject(new ModelExportError('Cancelled.')));
      const settle = (end: () => void) => {
        this.#pending.delete(requestId);
        signal?.removeEventListener('abort', onAbort);
        end();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(requestId, {
        onClosed: (error) => settle(() => reject(error)),
        onReply: (reply) => {
          try {
            if (reply.kind === 'failed') throw new ModelExportError(reply.message);
            onReply(reply, (value) => settle(() => resolve(value)));
          } catch (error) {
            settle(() => reject(error instanceof Error ? error : new ModelExportError(String(error))));
          }
        },
      });
      try {
        this.#comm.send({ ...request, requestId });
      } catch (error) {
        settle(() => reject(error instanceof Error ? error : new ModelExportError(String(error))));
      }
    });
  }

  #onMessage(data: unknown): void {
    if (isModelExportReply(data)) this.#pending.get(data.requestId)?.onReply(data);
    else
      this.#fail(
        new ModelExportError(
          'The kernel answered in a way that this page does not understand. Update both, then restart the kernel and reload the page.',
        ),
      );
  }

  #fail(error: ModelExportError): void {
    this.#closed ??= error;
    for (const { onClosed } of [...this.#pending.values()]) onClosed(error);
  }
}
