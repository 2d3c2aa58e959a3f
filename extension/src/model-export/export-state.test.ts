import {
  type ExportedModel,
  exampleExportedModel,
  exampleModelSummary,
  type ModelExportRequest,
  protocolVersion,
} from '@cygnet/contract';
import { describe, expect, it } from 'vitest';
import { type ExportComm, ModelExportClient } from './client.ts';
import { ExportState } from './export-state.ts';

const start = async (
  models = [exampleModelSummary],
  answerExport?: (request: ModelExportRequest, comm: ExportComm) => void,
) => {
  const comm: ExportComm = {
    open: () => undefined,
    close: () => undefined,
    onMessage: () => undefined,
    onClose: () => undefined,
    send: (request) =>
      queueMicrotask(() => {
        if (request.kind === 'list-models')
          comm.onMessage({ kind: 'models', requestId: request.requestId, protocolVersion, models });
        else answerExport?.(request, comm);
      }),
  };
  const exported: ExportedModel[] = [];
  const state = new ExportState(new ModelExportClient(() => comm), (model) => exported.push(model));
  await state.load();
  return { state, exported };
};

describe('ExportState', () => {
  it('proposes the newest model, its first format and a folder of its name', async () => {
    const { state } = await start();
    expect([state.stage.kind, state.model?.name, state.target, state.folder]).toEqual([
      'choosing',
      'higgs-trees',
      'onnx',
      'models/higgs-trees',
    ]);
  });

  it('has nothing to choose without models', async () => {
    const { state } = await start([]);
    expect([state.stage.kind, state.model]).toEqual(['choosing', undefined]);
  });

  it('does not export into a folder that is refused', async () => {
    const { state } = await start();
    state.chooseFolder('../x');
    await state.exportNow();
    expect(state.stage.kind).toBe('choosing');
    expect(state.folderProblem).toContain('..');
  });

  it('exports, reports the files and can go back', async () => {
    const { state, exported } = await start(undefined, ({ requestId }, comm) =>
      comm.onMessage({ kind: 'exported', requestId, exported: exampleExportedModel }),
    );
    await state.exportNow();
    expect(state.stage).toEqual({ kind: 'exported', exported: exampleExportedModel });
    expect(exported).toEqual([exampleExportedModel]);
    state.back();
    expect(state.stage.kind).toBe('choosing');
  });

  it('shows what the kernel says went wrong, and a kernel that dies', async () => {
    const refused = await start(undefined, ({ requestId }, comm) =>
      comm.onMessage({ kind: 'failed', requestId, name: 'CygnetError', message: 'It exists.' }),
    );
    await refused.state.exportNow();
    expect(refused.state.stage).toEqual({ kind: 'failed', message: 'It exists.' });
    const silent = await start();
    const exporting = silent.state.exportNow();
    silent.state.setKernel('dead');
    await exporting;
    expect(silent.state.stage).toMatchObject({ kind: 'failed' });
    expect(silent.state.stage.kind === 'failed' && silent.state.stage.message).toContain('died');
  });

  it('has no models to go back to after the kernel was restarted', async () => {
    const choosing = await start();
    choosing.state.setKernel('restarted');
    choosing.state.setKernel('ready');
    expect(choosing.state.stage).toMatchObject({ kind: 'failed' });
    expect(choosing.state.models).toEqual([]);

    const finished = await start(undefined, ({ requestId }, comm) =>
      comm.onMessage({ kind: 'exported', requestId, exported: exampleExportedModel }),
    );
    await finished.state.exportNow();
    finished.state.setKernel('restarted');
    expect(finished.state.stage.kind).toBe('exported');
    finished.state.back();
    const { stage } = finished.state;
    expect(stage.kind === 'failed' && stage.message).toContain('restarted');
  });

  it('does not wait for a kernel that is restarted during the export', async () => {
    const { state } = await start();
    const exporting = state.exportNow();
    state.setKernel('restarted');
    await exporting;
    expect(state.stage).toMatchObject({ kind: 'failed' });
  });
});
