import {
  exampleExportedModel,
  exampleModelSummary,
  type ModelExportRequest,
  modelExportTarget,
  protocolVersion,
} from '@cygnet/contract';
import { describe, expect, it } from 'vitest';
import { type ExportComm, ModelExportClient, noModelsHere } from './client.ts';

/** A kernel that answers by the given function. */
const connect = (answer: (request: ModelExportRequest, comm: ExportComm) => void) => {
  const log: string[] = [];
  const comm: ExportComm = {
    open: () => log.push('open'),
    send: (request) => queueMicrotask(() => answer(request, comm)),
    close: () => log.push('close'),
    onMessage: () => undefined,
    onClose: () => undefined,
  };
  const client = new ModelExportClient((target) => {
    log.push(target);
    return comm;
  });
  return { client, comm, log };
};

describe('ModelExportClient', () => {
  it('lists the models of the session, newest first', async () => {
    const older = { ...exampleModelSummary, id: 'model-0', trainedAt: '2025-01-01T00:00:00.000Z' };
    const { client, log } = connect(({ requestId }, comm) =>
      comm.onMessage({ kind: 'models', requestId, protocolVersion, models: [older, exampleModelSummary] }),
    );
    expect((await client.listModels()).map(({ id }) => id)).toEqual(['model-1', 'model-0']);
    expect(log).toEqual([modelExportTarget, 'open']);
  });

  it('passes progress on and resolves with the export', async () => {
    const { client } = connect(({ requestId }, comm) => {
      comm.onMessage({ kind: 'progress', requestId, message: 'verifying' });
      comm.onMessage({ kind: 'progress', requestId: 'another', message: 'not ours' });
      comm.onMessage({ kind: 'exported', requestId, exported: exampleExportedModel });
    });
    const messages: string[] = [];
    const exported = await client.exportModel(
      { modelId: 'model-1', target: 'onnx', folder: 'models/a' },
      { onProgress: (message) => messages.push(message) },
    );
    expect(exported).toEqual(exampleExportedModel);
    expect(messages).toEqual(['verifying']);
  });

  it('rejects with what the kernel says went wrong', async () => {
    const { client } = connect(({ requestId }, comm) =>
      comm.onMessage({ kind: 'failed', requestId, name: 'CygnetError', message: 'The disk is full.' }),
    );
    await expect(client.exportModel({ modelId: 'a', target: 'onnx', folder: 'b' })).rejects.toThrow(
      'The disk is full.',
    );
  });

  it('says which kernel to use when this one knows no such comm', async () => {
    const { client } = connect((_, comm) => comm.onClose());
    await expect(client.listModels()).rejects.toThrow(noModelsHere);
    await expect(client.listModels()).rejects.toThrow(noModelsHere);
  });

  it('says so when the kernel speaks another version or nonsense', async () => {
    const newer = connect(({ requestId }, comm) =>
      comm.onMessage({ kind: 'models', requestId, protocolVersion: protocolVersion + 1, models: [] }),
    );
    await expect(newer.client.listModels()).rejects.toThrow(`version ${protocolVersion + 1}`);
    const nonsense = connect((_, comm) => comm.onMessage({ hello: 1 }));
    await expect(nonsense.client.listModels()).rejects.toThrow('does not understand');
  });

  it('stops waiting when cancelled or disposed', async () => {
    const { client, log } = connect(() => undefined);
    const stop = new AbortController();
    const first = client.listModels(stop.signal);
    stop.abort();
    await expect(first).rejects.toThrow('Cancelled');
    const second = client.listModels();
    client.dispose();
    await expect(second).rejects.toThrow('closed');
    expect(log.at(-1)).toBe('close');
  });

  it('rejects when the comm is gone', async () => {
    const { client, comm } = connect(() => undefined);
    comm.send = () => {
      throw new Error('Cannot send');
    };
    await expect(client.listModels()).rejects.toThrow('Cannot send');
  });
});
