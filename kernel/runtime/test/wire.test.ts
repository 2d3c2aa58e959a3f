import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contents, resultText, streamText, type Client } from './client.ts';
import { buildKernel, KernelProcess, repository } from './kernel-process.ts';

let kernel: KernelProcess;
let client: Client;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start();
  client = kernel.client;
});
afterAll(() => kernel.stop());

const result = async (code: string): Promise<unknown> => resultText(await client.execute(code));

describe('kernel_info', () => {
  test('says who answers and that all is well', async () => {
    const { content } = await client.request('shell', 'kernel_info_request', {});
    expect(content).toMatchObject({
      status: 'ok',
      protocol_version: '5.4',
      implementation: 'cygnet',
      language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/typescript' },
    });
  });
  test('is answered on the control channel too', async () => {
    expect((await client.request('control', 'kernel_info_request', {})).content.status).toBe('ok');
  });
});

describe('execution', () => {
  test('publishes busy, input, output, result and idle in this order', async () => {
    const { outputs, reply } = await client.execute('console.log("out"); 6 * 7');
    expect(outputs.map(({ header }) => header.msg_type)).toEqual([
      'status',
      'execute_input',
      'stream',
      'execute_result',
      'status',
    ]);
    expect(reply.content).toMatchObject({ status: 'ok', payload: [], user_expressions: {} });
    expect(reply.content.execution_count).toBe(outputs[1]?.content.execution_count);
  });
  test('separates stdout and stderr, also for process streams', async () => {
    const execution = await client.execute('console.log("a"); console.error("b"); process.stdout.write("c\\n");');
    expect(streamText(execution, 'stdout')).toBe('a\nc\n');
    expect(streamText(execution, 'stderr')).toBe('b\n');
  });
  test('that is silent shows nothing and counts nothing', async () => {
    const before = (await client.execute('1')).reply.content.execution_count;
    const { outputs, reply } = await client.execute('2', { silent: true });
    expect(outputs.map(({ header }) => header.msg_type)).toEqual(['status', 'status']);
    expect(reply.content.execution_count).toBe(before);
  });
  test('evaluates user expressions, and says which of them fail', async () => {
    const { reply } = await client.execute('const u = 4', { user_expressions: { twice: 'u * 2', bad: 'nothing' } });
    expect(reply.content.user_expressions).toMatchObject({
      twice: { status: 'ok', data: { 'text/plain': '8' } },
      bad: { status: 'error', ename: 'TypeScriptError' },
    });
  });
  test('that fails reports name, message and the line of the cell, and aborts what was queued', async () => {
    const failing = await client.start('const fine = 1;\nthrow new RangeError("planned");');
    const queued = await client.start('fine');
    const { outputs, reply } = await client.finish(failing);
    expect(contents({ outputs, reply }, 'error')[0]).toMatchObject({ ename: 'RangeError', evalue: 'planned' });
    expect(reply.content.traceback).toEqual(['RangeError: planned', expect.stringMatching(/^ {4}at In \[\d+\]:2:7$/)]);
    expect((await client.replyTo(queued)).content.status).toBe('aborted');
    expect(await result('fine')).toBe('1');
  });
  test('goes on after a failure when asked to', async () => {
    const failing = await client.start('throw 1', { stop_on_error: false });
    const next = await client.start('"next"');
    expect((await client.replyTo(failing)).content.status).toBe('error');
    expect((await client.replyTo(next)).content.status).toBe('ok');
  });
  test('refuses a type error before anything runs', async () => {
    const execution = await client.execute('console.log("ran");\nconst wrong: string = 5;');
    expect(streamText(execution, 'stdout')).toBe('');
    expect(execution.reply.content).toMatchObject({
      ename: 'TypeScriptError',
      evalue: "Type 'number' is not assignable to type 'string'.",
    });
    expect((execution.reply.content.traceback as string[])[0]).toMatch(/^In \[\d+\]:2:7 - TS2322/);
  });
  test('attributes late output to the cell that caused it', async () => {
    const early = await client.execute('setTimeout(() => console.log("late"), 150);');
    await client.execute('1');
    const id = String(early.reply.parent.msg_id);
    const late = await client.until(
      () => client.causedBy(id).find(({ header }) => header.msg_type === 'stream'),
      'late output',
    );
    expect(late.content.text).toBe('late\n');
  });
  test('reports what nobody caught and goes on', async () => {
    const execution = await client.execute(
      'setTimeout(() => { throw new Error("from a timer"); }, 5); await new Promise((r) => setTimeout(r, 60));',
    );
    expect(streamText(execution, 'stderr')).toContain('Uncaught Error: from a timer');
    expect(await result('1 + 1')).toBe('2');
  });
  test('survives user code that overwrites globals', async () => {
    await client.execute(
      'const { setTimeout: keep, Promise: P } = globalThis; globalThis.setTimeout = undefined as any;',
    );
    expect(await result('40 + 2')).toBe('42');
    await client.execute('globalThis.setTimeout = keep;');
  });
  test('refuses to end the process', async () => {
    expect(await result('process.exit()')).toContain('Restart');
  });
});

describe('displays', () => {
  test('show, update in place and clear', async () => {
    const execution = await client.execute(
      'import { display, newDisplay } from "tslab";\ndisplay.html("<b>x</b>"); const spot = newDisplay(); spot.text("1"); spot.text("2"); globalThis.display.clear(true);',
    );
    const [html, first] = contents(execution, 'display_data');
    expect(html).toMatchObject({ data: { 'text/html': '<b>x</b>' } });
    expect(contents(execution, 'update_display_data')[0]).toMatchObject({
      data: { 'text/plain': '2' },
      transient: first?.transient,
    });
    expect(contents(execution, 'clear_output')).toEqual([{ wait: true }]);
  });
  test('come from values that show themselves, also with a promise', async () => {
    const own = (method: string): string =>
      `({ ${method} { return { 'text/html': '<i>own</i>', 'text/plain': 'own' }; } })`;
    for (const method of ['[Symbol.for("Jupyter.display")]()', 'async [Symbol.for("Jupyter.display")]()']) {
      const execution = await client.execute(own(method));
      expect(contents(execution, 'execute_result')[0]?.data).toEqual({
        'text/html': '<i>own</i>',
        'text/plain': 'own',
      });
    }
  });
  test('of a training are throttled, and the last one always comes', async () => {
    const code = `const host: any = globalThis[Symbol.for('cygnet.notebook-host')];
      const steps: { step: number; loss: number }[] = [];
      for (let step = 1; step <= 50; step++) {
        steps.push({ step, loss: 1 / step });
        host.training({ id: 't1', model: 'net', state: step === 50 ? 'finished' : 'running', engine: 'test', unit: 'epoch', steps: [...steps], totalSteps: 50, elapsedSeconds: step / 100 });
        await new Promise((r) => setTimeout(r, 5));
      }`;
    const before = performance.now();
    const execution = await client.execute(code);
    const seconds = (performance.now() - before) / 1000;
    const updates = contents(execution, 'update_display_data');
    expect(contents(execution, 'display_data')).toHaveLength(1);
    expect(updates.length).toBeGreaterThan(1);
    expect(updates.length).toBeLessThan(10 * seconds + 2);
    const last = updates.at(-1)?.data as Record<string, { state: string; steps: unknown[] }>;
    expect(last['application/vnd.cygnet.training.v1+json']).toMatchObject({ state: 'finished', steps: { length: 50 } });
    expect(last['text/plain']).toContain('epoch 50 of 50');
  });
});

test('the examples of the manual run', async () => {
  const manual = readFileSync(path.join(repository, 'docs/kernel.md'), 'utf8');
  const examples = [...manual.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(examples.length).toBeGreaterThan(0);
  await client.execute('%reset');
  for (const code of examples) {
    const { reply } = await client.execute(code);
    expect(reply.content, code).toMatchObject({ status: 'ok' });
  }
});

describe('assistance', () => {
  test('completes with cursors in code points', async () => {
    const { content } = await client.request('shell', 'complete_request', {
      code: 'const s = "😀😀".toUpp',
      cursor_pos: 20,
    });
    expect(content).toMatchObject({ status: 'ok', matches: ['toUpperCase'], cursor_start: 15, cursor_end: 20 });
  });
  test('inspects with signature and markdown', async () => {
    await client.execute('/** Adds. */\nfunction plus(a: number, b: number) { return a + b; }');
    const { content } = await client.request('shell', 'inspect_request', {
      code: 'plus(1, 2)',
      cursor_pos: 2,
      detail_level: 0,
    });
    expect(content).toMatchObject({ status: 'ok', found: true });
    const data = content.data as Record<string, string>;
    expect(data['text/plain']).toBe('function plus(a: number, b: number): number\nAdds.');
    expect(data['text/markdown']).toContain('```typescript');
  });
  test('says whether a cell is complete', async () => {
    const { content } = await client.request('shell', 'is_complete_request', { code: 'if (true) {' });
    expect(content).toEqual({ status: 'incomplete', indent: '  ' });
  });
  test('remembers what was executed', async () => {
    await client.execute('"remember me"');
    const { content } = await client.request('shell', 'history_request', {
      hist_access_type: 'tail',
      n: 1,
      output: false,
      raw: true,
    });
    expect((content.history as unknown[][])[0]?.[2]).toBe('"remember me"');
  });
});

describe('while a cell is busy', () => {
  test('heartbeat and control are answered, and an interrupt keeps the session', async () => {
    await client.execute('let counted = 0');
    const id = await client.startRunning('while (true) { counted += 1; }');
    await sleep(200);
    await client.sockets.hb.send('beat');
    expect(String((await client.sockets.hb.receive())[0])).toBe('beat');
    expect((await client.request('control', 'kernel_info_request', {})).content.status).toBe('ok');
    expect(
      (await client.request('shell', 'complete_request', { code: 'conso', cursor_pos: 5 })).content.matches,
    ).toContain('console');
    const before = performance.now();
    expect((await client.request('control', 'interrupt_request', {})).content.status).toBe('ok');
    expect((await client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
    expect(performance.now() - before).toBeLessThan(1000);
    expect(await result('counted > 0')).toBe('true');
  });
  test.each([
    ['a loop after an await', 'await null; for (;;) counted += 1;'],
    [
      'a loop that swallows exceptions',
      'while (true) { try { counted += 1; while (true) counted += 1; } finally { continue; } }',
    ],
    ['a pending await', 'await new Promise(() => {});'],
    ['a timer that spins', 'await new Promise(() => setTimeout(() => { for (;;) counted += 1; }, 1));'],
  ])('an interrupt ends %s', async (_name, code) => {
    const id = await client.startRunning(code);
    await sleep(200);
    await client.request('control', 'interrupt_request', {});
    expect((await client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
    expect(await result('40 + 2')).toBe('42');
  });
  test('SIGINT interrupts like the message', async () => {
    const id = await client.startRunning('await new Promise(() => {});');
    await sleep(200);
    kernel.process.kill('SIGINT');
    expect((await client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
  });
  test('an interrupt aborts the signal that libraries watch', async () => {
    const id = await client.startRunning(
      `const waiting: AbortSignal = (globalThis as any)[Symbol.for('cygnet.notebook-host')].interruptSignal();
       waiting.addEventListener('abort', () => console.log('told'));
       await new Promise(() => {});`,
    );
    await sleep(200);
    await client.request('control', 'interrupt_request', {});
    expect(streamText(await client.finish(id), 'stdout')).toBe('running\ntold\n');
  });
});

describe('bad messages', () => {
  test('with a wrong signature are refused, and the kernel goes on', async () => {
    const frames = client.framing.encode({
      type: 'execute_request',
      content: { code: 'globalThis.intruder = 1' },
      identities: [],
    });
    frames[1] = Buffer.from('0'.repeat(64));
    await client.sockets.shell.send(frames);
    await client.sockets.shell.send([Buffer.from('nonsense')]);
    expect(await result('typeof (globalThis as any).intruder')).toBe("'undefined'");
  });
  test('of unknown type get an honest answer', async () => {
    const { content, header } = await client.request('shell', 'juggle_request', {});
    expect(header.msg_type).toBe('juggle_reply');
    expect(content).toMatchObject({ status: 'error', ename: 'NotSupported' });
  });
});

describe('stdin', () => {
  test('asks the person at the client', async () => {
    const id = await client.start('await input("name: ")', { allow_stdin: true });
    const question = await client.until(() => client.questions.at(-1), 'a question');
    expect(question.content).toEqual({ prompt: 'name: ', password: false });
    await client.send('stdin', 'input_reply', { value: 'Ada' });
    expect(contents(await client.finish(id), 'execute_result')[0]?.data).toEqual({ 'text/plain': "'Ada'" });
  });
  test('forgets the question of an interrupted cell', async () => {
    const before = client.questions.length;
    const interrupted = await client.start('await input("first")', { allow_stdin: true });
    await client.until(() => client.questions[before], 'a question');
    await client.request('control', 'interrupt_request', {});
    await client.finish(interrupted);
    const id = await client.start('await input("second")', { allow_stdin: true });
    await client.until(() => client.questions[before + 1], 'another question');
    await client.send('stdin', 'input_reply', { value: 'here' });
    expect(contents(await client.finish(id), 'execute_result')[0]?.data).toEqual({ 'text/plain': "'here'" });
  });
  test('refuses when the client takes no questions', async () => {
    expect(await result('await input()')).toContain('takes no questions');
  });
});

describe('displays that never come', () => {
  test('can be interrupted', async () => {
    const id = await client.startRunning(
      'globalThis.display({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) })',
    );
    await sleep(200);
    await client.request('control', 'interrupt_request', {});
    expect((await client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
    expect(await result('"still here"')).toBe("'still here'");
  });
});
