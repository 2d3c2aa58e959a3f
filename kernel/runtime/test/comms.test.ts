import { isModelExportReply, type ModelExportReply } from '@cygnet/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from './client.ts';
import { buildKernel, KernelProcess } from './kernel-process.ts';

let kernel: KernelProcess;
let client: Client;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start();
  client = kernel.client;
});
afterAll(() => kernel.stop());

const published = (type: string, commId: string): Promise<Record<string, unknown>> =>
  client.until(
    () =>
      client.published.find(({ header, content }) => header.msg_type === type && content.comm_id === commId)?.content,
    `${type} of ${commId}`,
  );

const train = `
const host = (globalThis as any)[Symbol.for('cygnet.notebook-host')];
host.modelTrained({
  summary: { id: 'm1', name: 'trees', kind: 'boosted trees', engine: 'xgboost', features: ['a'], trainedAt: '2026-01-01T00:00:00.000Z', metrics: { validationAuc: 0.8 }, targets: ['onnx'] },
  async exportTo({ target, folder, onProgress }: any) {
    if (target !== 'onnx') throw new RangeError('Only onnx.');
    onProgress('writing');
    return { folder, files: [folder + '/trees.onnx'], verification: { target, tool: 'test', events: 10, maxAbsoluteDifference: 0, tolerance: 1e-6, passed: true } };
  },
});`;

describe('the model-export comm', () => {
  const replies = (requestId: string): readonly ModelExportReply[] =>
    client.published
      .filter(({ header, content }) => header.msg_type === 'comm_msg' && content.comm_id === 'export-1')
      .map(({ content }) => content.data)
      .filter(isModelExportReply)
      .filter((reply) => reply.requestId === requestId);
  const ask = async (data: Record<string, unknown>): Promise<ModelExportReply> => {
    const id = await client.send('shell', 'comm_msg', { comm_id: 'export-1', data });
    await client.until(() => client.causedBy(id).find(({ content }) => content.execution_state === 'idle'), 'idle');
    return client.until(() => replies(String(data.requestId)).at(-1), 'a reply');
  };

  beforeAll(async () => {
    expect((await client.execute(train)).reply.content.status).toBe('ok');
    await client.send('shell', 'comm_open', { comm_id: 'export-1', target_name: 'cygnet.model-export', data: {} });
  });
  test('lists the trained models', async () => {
    expect(await ask({ kind: 'list-models', requestId: '1' })).toMatchObject({
      kind: 'models',
      protocolVersion: 1,
      models: [{ id: 'm1', name: 'trees' }],
    });
  });
  test('exports one, with progress', async () => {
    const request = { kind: 'export', requestId: '2', modelId: 'm1', target: 'onnx', folder: 'models/trees' };
    expect(await ask(request)).toMatchObject({ kind: 'exported', exported: { files: ['models/trees/trees.onnx'] } });
    expect(replies('2').map(({ kind }) => kind)).toEqual(['progress', 'exported']);
  });
  test('says why an export failed', async () => {
    const request = { kind: 'export', requestId: '3', modelId: 'm1', target: 'other', folder: 'x' };
    expect(await ask(request)).toEqual({ kind: 'failed', requestId: '3', name: 'RangeError', message: 'Only onnx.' });
    expect(await ask({ ...request, requestId: '4', modelId: 'm9' })).toMatchObject({
      kind: 'failed',
      name: 'RangeError',
    });
    expect(await ask({ kind: 'juggle', requestId: '5' })).toMatchObject({ kind: 'failed', requestId: '5' });
  });
  test('is answered while a cell awaits', async () => {
    const running = await client.start('await new Promise((r) => setTimeout(r, 600));');
    expect(await ask({ kind: 'list-models', requestId: '6' })).toMatchObject({ kind: 'models' });
    expect(client.causedBy(running).some(({ content }) => content.execution_state === 'idle')).toBe(false);
    await client.finish(running);
  });
  test('is known to comm_info', async () => {
    const { content } = await client.request('shell', 'comm_info_request', { target_name: 'cygnet.model-export' });
    expect(content.comms).toEqual({ 'export-1': { target_name: 'cygnet.model-export' } });
    await client.send('shell', 'comm_close', { comm_id: 'export-1', data: {} });
    expect((await client.request('shell', 'comm_info_request', {})).content.comms).toEqual({});
  });
});

describe('comms', () => {
  test('are opened, answered with buffers and closed by user code', async () => {
    await client.execute(`const comms = (globalThis as any)[Symbol.for('cygnet.comms')];
      const mine = comms.open('a.front-end', { hello: 1 });
      mine.onMessage = ({ data, buffers }: any) => mine.send({ got: data }, { buffers });
      mine.onClose = () => console.log('closed');`);
    const opened = client.published.find(({ header }) => header.msg_type === 'comm_open');
    expect(opened?.content).toMatchObject({ target_name: 'a.front-end', data: { hello: 1 } });
    const id = String(opened?.content.comm_id);
    await client.send('shell', 'comm_msg', { comm_id: id, data: { x: 2 } }, [new Uint8Array([1, 2, 3])]);
    expect(await published('comm_msg', id)).toMatchObject({ data: { got: { x: 2 } } });
    const answer = client.published.find(
      ({ header, content }) => header.msg_type === 'comm_msg' && content.comm_id === id,
    );
    expect([...(answer?.buffers[0] ?? [])]).toEqual([1, 2, 3]);
    const closing = await client.send('shell', 'comm_close', { comm_id: id, data: {} });
    await client.until(
      () => client.causedBy(closing).find(({ header }) => header.msg_type === 'stream'),
      'the handler',
    );
  });
  test('to targets that nobody registered are closed', async () => {
    await client.send('shell', 'comm_open', { comm_id: 'lost', target_name: 'no.such', data: {} });
    expect(await published('comm_close', 'lost')).toMatchObject({
      data: { reason: expect.stringContaining('no.such') as string },
    });
  });
});
