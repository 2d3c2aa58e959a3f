import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contents, resultText, streamText, type Client } from './client.ts';
import { buildKernel, KernelProcess } from './kernel-process.ts';

let kernel: KernelProcess;
let client: Client;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start();
  client = kernel.client;
});
afterAll(() => kernel.stop());

const result = async (code: string): Promise<unknown> => resultText(await client.execute(code));

describe('a client that comes later', () => {
  test('is welcomed and told that the kernel is idle', async () => {
    const other = await kernel.connect();
    const at = other.published.findIndex(({ header }) => header.msg_type === 'iopub_welcome');
    expect(other.published[at]).toMatchObject({ content: { subscription: '' }, parent: {} });
    const state = await other.until(
      () => other.published.find(({ header, parent }) => header.msg_type === 'status' && parent.msg_id === undefined),
      'the state',
    );
    expect(state.content.execution_state).toBe('idle');
    other.close();
  });
  test('is told that the kernel is busy, and with what', async () => {
    const id = await client.startRunning('await new Promise((r) => setTimeout(r, 1500));');
    const other = await kernel.connect();
    const isBusy = () => other.causedBy(id).find(({ content }) => content.execution_state === 'busy');
    expect((await other.until(isBusy, 'the state')).header.msg_type).toBe('status');
    await other.until(() => other.causedBy(id).find(({ content }) => content.execution_state === 'idle'), 'the end');
    other.close();
    await client.finish(id);
  });
  test('sees what others do, and gets its own replies only', async () => {
    const other = await kernel.connect();
    const mine = await client.start('"mine"');
    const theirs = await other.start('"theirs"');
    expect(resultText(await client.finish(mine))).toBe("'mine'");
    expect(resultText(await other.finish(theirs))).toBe("'theirs'");
    await other.until(() => other.causedBy(mine).find(({ content }) => content.execution_state === 'idle'), 'idle');
    expect(
      contents({ reply: await client.replyTo(mine), outputs: other.causedBy(mine) }, 'execute_input')[0],
    ).toMatchObject({
      code: '"mine"',
    });
    const { header } = await client.replyTo(mine);
    expect(header.msg_type).toBe('execute_reply');
    other.close();
  });
  test('is asked by its own cells, and nobody else is', async () => {
    const other = await kernel.connect();
    const before = client.questions.length;
    const id = await other.start('await input("which? ", { password: true })', { allow_stdin: true });
    const question = await other.until(() => other.questions.at(-1), 'a question');
    expect(question.content).toEqual({ prompt: 'which? ', password: true });
    await other.send('stdin', 'input_reply', { value: 'secret' });
    expect(resultText(await other.finish(id))).toBe("'secret'");
    expect(client.questions).toHaveLength(before);
    other.close();
  });
});

describe('a client of the kind of VS Code', () => {
  test('asks first, runs its own code silently, and uses a session of its own for each request', async () => {
    const ask = async (type: string, content: Record<string, unknown>) => {
      const header = {
        msg_id: randomUUID(),
        msg_type: type,
        session: randomUUID(),
        username: 'vscode',
        date: new Date().toISOString(),
        version: '5.2',
        extra: { kept: true },
      };
      await client.sendRaw('shell', [header, {}, {}, content]);
      const reply = await client.replyTo(header.msg_id);
      expect(reply.parent).toEqual(header);
      return reply.content;
    };
    expect(await ask('kernel_info_request', {})).toMatchObject({ status: 'ok', language_info: { name: 'typescript' } });
    expect(await ask('comm_info_request', { target_name: 'jupyter.widget' })).toEqual({ status: 'ok', comms: {} });
    const count = (await client.execute('1')).reply.content.execution_count;
    const silent = { code: 'globalThis.setUpByEditor = 1;', silent: true, store_history: false };
    expect(await ask('execute_request', silent)).toMatchObject({ status: 'ok', execution_count: count });
    const failing = { code: 'throw new Error("x")', silent: true, store_history: false, stop_on_error: false };
    expect(await ask('execute_request', failing)).toMatchObject({ status: 'error', ename: 'Error' });
    expect(await ask('execute_request', { code: 'const fromEditor = 5' })).toMatchObject({ status: 'ok' });
    expect(await result('fromEditor')).toBe('5');
    expect(await ask('complete_request', { code: 'fromEd', cursor_pos: 6 })).toMatchObject({ matches: ['fromEditor'] });
    expect(await ask('is_complete_request', { code: 'fromEditor' })).toMatchObject({ status: 'complete' });
    expect(await ask('history_request', { hist_access_type: 'tail', n: 1, output: false, raw: true })).toMatchObject({
      status: 'ok',
    });
  });
});

describe('what is not supported', () => {
  test.each([
    ['control', 'create_subshell_request'],
    ['control', 'list_subshell_request'],
    ['control', 'delete_subshell_request'],
    ['shell', 'apply_request'],
  ] as const)('%s: %s is answered so', async (channel, type) => {
    const { header, content } = await client.request(channel, type, {});
    expect(header.msg_type).toBe(type.replace('_request', '_reply'));
    expect(content).toMatchObject({ status: 'error', ename: 'NotSupported' });
  });
  test('debug requests are answered as the debug adapter protocol asks', async () => {
    const { content } = await client.request('control', 'debug_request', {
      type: 'request',
      seq: 7,
      command: 'initialize',
      arguments: {},
    });
    expect(content).toMatchObject({
      type: 'response',
      request_seq: 7,
      command: 'initialize',
      success: false,
      status: 'error',
    });
    expect(content.message).toContain('does not support');
  });
  test('kernel_info says so beforehand', async () => {
    const { content } = await client.request('control', 'kernel_info_request', {});
    expect(content).toMatchObject({ debugger: false, supported_features: [] });
    const links = content.help_links as { text: string; url: string }[];
    expect(links.length).toBeGreaterThan(2);
    for (const { url } of links) expect(url).toMatch(/^https:\/\//);
  });
});

describe('messages that make no sense', () => {
  const header = (type: string): Record<string, unknown> => ({
    msg_id: randomUUID(),
    msg_type: type,
    session: 's',
    username: 'u',
    date: '',
    version: '5.4',
  });
  test.each<[string, readonly unknown[]]>([
    ['a header that is no object', ['text', {}, {}, {}]],
    ['a header without a type', [{ msg_id: 'x' }, {}, {}, {}]],
    ['content that is no object', [header('execute_request'), {}, {}, [1]]],
    ['too few parts', [header('execute_request'), {}]],
    ['an unknown type that is no request', [header('juggle'), {}, {}, {}]],
    ['a reply', [header('execute_reply'), {}, {}, { status: 'ok' }]],
    ['an answer that nobody asked for', [header('input_reply'), {}, {}, { value: 'x' }]],
  ])('are survived: %s', async (_what, parts) => {
    for (const channel of ['shell', 'control', 'stdin'] as const) await client.sendRaw(channel, parts);
    expect(await result('"alive"')).toBe("'alive'");
  });
  test.each<[string, Record<string, unknown>]>([
    ['execute_request', { code: 5 }],
    ['execute_request', {}],
    ['complete_request', { code: 'abc', cursor_pos: 99 }],
    ['complete_request', { code: 'abc', cursor_pos: -3 }],
    ['inspect_request', { code: null, cursor_pos: 'x' }],
    ['is_complete_request', {}],
    ['history_request', { hist_access_type: 'other' }],
    ['history_request', { hist_access_type: 'range', session: 'x', start: -5, stop: null }],
    ['comm_info_request', { target_name: 7 }],
  ])('are answered: %s %j', async (type, content) => {
    expect((await client.request('shell', type, content)).content.status).toMatch(/ok|error|complete/);
  });
  test('with the signature of another key are refused, whatever its length', async () => {
    const frames = client.framing.encode({
      type: 'execute_request',
      content: { code: 'globalThis.stranger = 1' },
      identities: [],
    });
    for (const signature of ['', 'f', 'f'.repeat(64), 'f'.repeat(65), '😀'.repeat(16)]) {
      frames[1] = Buffer.from(signature);
      await client.sockets.shell.send(frames);
    }
    expect(await result('typeof (globalThis as any).stranger')).toBe("'undefined'");
  });
});

describe('requests', () => {
  test('to interrupt nothing do no harm', async () => {
    expect((await client.request('control', 'interrupt_request', {})).content.status).toBe('ok');
    expect(await result('let s = 0; for (let i = 0; i < 3; i++) s += i; s')).toBe('3');
  });
  test('of cells that are empty or have only words count nothing', async () => {
    const count = (await client.execute('1')).reply.content.execution_count;
    expect((await client.execute('  \n ')).reply.content).toMatchObject({ status: 'ok', execution_count: count });
  });
  test('that are not for the history count nothing and are not kept', async () => {
    const count = (await client.execute('1')).reply.content.execution_count;
    const { reply } = await client.execute('"unheard"', { store_history: false });
    expect(reply.content.execution_count).toBe(count);
    const { content } = await client.request('shell', 'history_request', {
      hist_access_type: 'search',
      pattern: '*unheard*',
      output: false,
      raw: true,
    });
    expect(content.history).toEqual([]);
  });
  test('queued behind a failing one are aborted, those that come after its reply run', async () => {
    const failing = await client.start('await new Promise((r) => setTimeout(r, 100)); throw new Error("planned");');
    const queued = [await client.start('globalThis.queued = 1'), await client.start('globalThis.queued = 2')];
    await client.finish(failing);
    for (const id of queued) {
      const { reply, outputs } = await client.finish(id);
      expect(reply.content.status).toBe('aborted');
      expect(outputs.map(({ content }) => content.execution_state)).toEqual(['busy', 'idle']);
    }
    expect(await result('typeof (globalThis as any).queued')).toBe("'undefined'");
  });
  test('with expressions get them after the code, also when silent, and none when it fails', async () => {
    const options = { user_expressions: { table: '[{ a: 1 }]', type: 'typeof later', missing: 'nope' } };
    const { reply } = await client.execute('const later = 1;', { ...options, silent: true });
    expect(reply.content.user_expressions).toMatchObject({
      table: { status: 'ok', data: { 'text/plain': '[ { a: 1 } ]' } },
      type: { status: 'ok', data: { 'text/plain': "'number'" } },
      missing: { status: 'error', evalue: expect.stringContaining('nope') as string },
    });
    expect((await client.execute('throw 1', options)).reply.content.user_expressions).toBeUndefined();
  });
  test('for the history by range, tail and search get what was run', async () => {
    const other = await KernelProcess.start({ env: { CYGNET_HISTORY_FILE: '', JUPYTER_DATA_DIR: '' } });
    try {
      for (const code of ['1', '2 + 2', 'const three = 3', '2 + 2']) await other.client.execute(code);
      const ask = async (content: Record<string, unknown>): Promise<unknown> =>
        (await other.client.request('shell', 'history_request', { output: false, raw: true, ...content })).content
          .history;
      expect(await ask({ hist_access_type: 'range', session: 0, start: 2, stop: 4 })).toEqual([
        [0, 2, '2 + 2'],
        [0, 3, 'const three = 3'],
      ]);
      expect(await ask({ hist_access_type: 'tail', n: 2 })).toEqual([
        [0, 3, 'const three = 3'],
        [0, 4, '2 + 2'],
      ]);
      expect(await ask({ hist_access_type: 'search', pattern: '2*', unique: true })).toEqual([[0, 4, '2 + 2']]);
      expect(await ask({ hist_access_type: 'search', pattern: '?', n: 5 })).toEqual([[0, 1, '1']]);
    } finally {
      await other.stop();
    }
  });
  test('of one display from several cells change the same output', async () => {
    const first = await client.execute(
      'import { newDisplay } from "tslab"; const shared = newDisplay(); shared.html("1")',
    );
    const [shown] = contents(first, 'display_data');
    const second = await client.execute('shared.html("2"); display.clear();');
    expect(contents(second, 'update_display_data')[0]).toMatchObject({
      data: { 'text/html': '2' },
      transient: shown?.transient,
    });
    expect(contents(second, 'clear_output')).toEqual([{ wait: false }]);
  });
  test('publish with the whole header of the request as parent', async () => {
    const { outputs, reply } = await client.execute('console.log(1); 2');
    for (const message of outputs) expect(message.parent).toEqual(reply.parent);
    expect(new Set(outputs.map(({ header }) => header.msg_id)).size).toBe(outputs.length);
  });
});

describe('streams', () => {
  test('of timers belong to the cell that set them, while other cells print', async () => {
    const early = await client.execute(
      'for (let i = 1; i <= 3; i++) setTimeout(() => console.log("early" + i), 60 * i);',
    );
    const later = await client.execute(
      'for (let i = 0; i < 5; i++) { console.log("later"); await new Promise((r) => setTimeout(r, 50)); }',
    );
    await sleep(50);
    expect(streamText(later, 'stdout')).toBe('later\n'.repeat(5));
    const id = String(early.reply.parent.msg_id);
    expect(streamText({ ...early, outputs: client.causedBy(id) }, 'stdout')).toBe('early1\nearly2\nearly3\n');
  });
  test('of promises and displays too', async () => {
    const early = await client.execute(
      'void (async () => { await new Promise((r) => setTimeout(r, 80)); display("shown late"); console.error("late"); })();',
    );
    await client.execute('await new Promise((r) => setTimeout(r, 160));');
    const outputs = client.causedBy(String(early.reply.parent.msg_id));
    expect(contents({ ...early, outputs }, 'display_data')[0]).toMatchObject({
      data: { 'text/plain': "'shown late'" },
    });
    expect(streamText({ ...early, outputs }, 'stderr')).toBe('late\n');
  });
});
