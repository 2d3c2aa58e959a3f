import {
  isModelExportRequest,
  modelExportTarget,
  protocolVersion,
  type ModelExportReply,
  type ModelExportRequest,
  type ModelHandle,
} from '@cygnet/contract';
import type { Comm, CommRegistry } from './comms.ts';

/** The trained models of a session, in the order of their training. */
export class SessionModels {
  readonly #handles = new Map<string, ModelHandle>();

  add(handle: ModelHandle): void {
    this.#handles.set(handle.summary.id, handle);
  }

  get(id: string): ModelHandle | undefined {
    return this.#handles.get(id);
  }

  list(): readonly ModelHandle[] {
    return [...this.#handles.values()];
  }
}

/**
 * Answers the notebook's Export button. A request waits for its turn on the user's thread: it is answered while a cell
 * awaits something, and after a cell that computes without a pause. Closing the comm aborts its exports.
 */
export const serveModelExport = (comms: CommRegistry, models: SessionModels): void => {
  comms.registerTarget(modelExportTarget, (comm) => {
    const closed = new AbortController();
    comm.onClose = () => closed.abort(new Error('The dialog was closed.'));
    comm.onMessage = ({ data }) => answer(comm, data, models, closed.signal);
  });
};

const answer = async (comm: Comm, data: unknown, models: SessionModels, signal: AbortSignal): Promise<void> => {
  const reply = (message: ModelExportReply): void => comm.send(message);
  if (!isModelExportRequest(data)) {
    const found = (data as { requestId?: unknown } | null)?.requestId;
    const requestId = typeof found === 'string' ? found : '';
    const message = 'The kernel does not understand this request. Do extension and kernel have the same version?';
    return reply({ kind: 'failed', requestId, name: 'TypeError', message });
  }
  const { requestId } = data;
  try {
    switch (data.kind) {
      case 'list-models':
        return reply({
          kind: 'models',
          requestId,
          protocolVersion,
          models: models.list().map(({ summary }) => summary),
        });
      case 'export':
        return reply({ kind: 'exported', requestId, exported: await exportModel(data, models, signal, reply) });
    }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    reply({ kind: 'failed', requestId, name, message });
  }
};

const exportModel = (
  { requestId, modelId, target, folder }: Extract<ModelExportRequest, { kind: 'export' }>,
  models: SessionModels,
  signal: AbortSignal,
  reply: (message: ModelExportReply) => void,
): ReturnType<ModelHandle['exportTo']> => {
  const model = models.get(modelId);
  if (model === undefined) {
    const known = models.list().map(({ summary }) => summary.name);
    throw new RangeError(`This session has no model "${modelId}". Trained so far: ${known.join(', ') || 'none'}.`);
  }
  const onProgress = (message: string): void => reply({ kind: 'progress', requestId, message });
  return model.exportTo({ target, folder, signal, onProgress });
};
