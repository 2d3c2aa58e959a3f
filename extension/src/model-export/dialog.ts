import type { ExportedModel } from '@cygnet/contract';
import { Dialog } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import { ModelExportBody } from './body.tsx';
import { type ExportComm, ModelExportClient, ModelExportError, noModelsHere } from './client.ts';
import { ExportState, type KernelCondition } from './export-state.ts';

/** An idle kernel that has not answered after this long never will. */
const answerWithinMs = 10_000;

/** A dialog in which Enter belongs to the form inside: it submits, it does not close. */
class FormDialog extends Dialog<unknown> {
  protected override _evtKeydown(event: KeyboardEvent): void {
    const isInBody = document.activeElement?.closest('.jp-Dialog-body') != null;
    if (event.key !== 'Enter' || !isInBody) super._evtKeydown(event);
  }
}

const connectTo =
  (kernel: Kernel.IKernelConnection) =>
  (target: string): ExportComm => {
    if (!kernel.handleComms) throw new ModelExportError(noModelsHere);
    const comm = kernel.createComm(target);
    const facade: ExportComm = {
      open: () => comm.open(),
      send: (request) => comm.send({ ...request }),
      close: () => !comm.isDisposed && comm.close(),
      onMessage: () => undefined,
      onClose: () => undefined,
    };
    comm.onMsg = (message) => facade.onMessage(message.content.data);
    comm.onClose = () => facade.onClose();
    return facade;
  };

const conditionOf = (kernel: Kernel.IKernelConnection): KernelCondition => {
  if (kernel.status === 'dead' || kernel.isDisposed) return 'dead';
  if (kernel.status === 'restarting' || kernel.status === 'autorestarting') return 'restarted';
  return kernel.status === 'idle' ? 'ready' : 'busy';
};

export interface ExportDialogOptions {
  readonly kernel: Kernel.IKernelConnection;
  /** Called when files have been written. */
  readonly onExported: (exported: ExportedModel) => void;
  /** Opens a path that the kernel named, in the file browser. */
  readonly onOpen: (path: string) => void;
  readonly words: { readonly __: (text: string) => string };
}

/** Shows the export dialog for a kernel; resolves when it is closed. */
export const showExportDialog = async ({ kernel, onExported, onOpen, words }: ExportDialogOptions): Promise<void> => {
  const client = new ModelExportClient(connectTo(kernel));
  const state = new ExportState(client, onExported);
  const onStatus = () => state.setKernel(conditionOf(kernel));
  kernel.statusChanged.connect(onStatus);
  onStatus();

  let idleMs = 0;
  const tick = 500;
  const patience = setInterval(() => {
    idleMs = state.stage.kind === 'asking' && conditionOf(kernel) === 'ready' ? idleMs + tick : 0;
    if (idleMs >= answerWithinMs) client.fail(noModelsHere);
  }, tick);

  const dialog = new FormDialog({
    title: words.__('Export model'),
    body: new ModelExportBody(state, (path) => {
      dialog.reject();
      onOpen(path);
    }),
    buttons: [Dialog.cancelButton({ label: words.__('Close') })],
    hasClose: true,
  });
  dialog.addClass('cyg-ModelExport-dialog');
  try {
    const closed = dialog.launch();
    // Not before: the dialog gives the focus to its button when it is ready, and the form takes it when it comes.
    void dialog.ready.then(() => state.load());
    await closed;
  } finally {
    clearInterval(patience);
    kernel.statusChanged.disconnect(onStatus);
    state.dispose();
  }
};
