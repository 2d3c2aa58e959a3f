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
const printed = async (code: string): Promise<string> => streamText(await client.execute(code), 'stdout');

describe('TypeScript with magics', () => {
  test('%time runs one statement, keeps its names and value, and says how long it took', async () => {
    expect(await printed('%time const timed = await new Promise<number>((r) => setTimeout(() => r(7), 120))')).toMatch(
      /^Time: \d+ ms\n$/,
    );
    expect(await result('timed')).toBe('7');
    expect(await result('%time timed * 6')).toBe('42');
  });
  test('%%time runs the cell, also one that fails', async () => {
    expect(await printed('%%time\nlet sum = 0;\nfor (let i = 0; i < 1e5; i++) sum += i;')).toMatch(
      /^Time: [\d.]+ ms\n$/,
    );
    const { reply, outputs } = await client.execute('%%time\nthrow new Error("planned");');
    expect(reply.content.ename).toBe('Error');
    expect(streamText({ reply, outputs }, 'stdout')).toMatch(/^Time/);
  });
  test('errors keep their lines and columns', async () => {
    const compiled = await client.execute('%%time\nconst wrong: string = 5;');
    expect((compiled.reply.content.traceback as string[])[0]).toMatch(/^In \[\d+\]:2:7 - TS2322/);
    const onLine = await client.execute('%time const wrong: string = 5;');
    expect((onLine.reply.content.traceback as string[])[0]).toMatch(/^In \[\d+\]:1:13 - TS2322/);
    const thrown = await client.execute('%%time\n\nthrow new Error("here");');
    expect((thrown.reply.content.traceback as string[])[1]).toMatch(/:3:7$/);
  });
  test('%who lists names with their types, and what follows it runs', async () => {
    await client.execute(
      'interface Cut { ptGeV: number }\nconst cut: Cut = { ptGeV: 25 };\nfunction pass(pt: number) { return pt > cut.ptGeV; }',
    );
    const execution = await client.execute('%who\ncut.ptGeV + 1');
    const text = streamText(execution, 'stdout');
    expect(text).toMatch(/^Cut +type$/m);
    expect(text).toMatch(/^cut +Cut$/m);
    expect(text).toMatch(/^pass +\(pt: number\) => boolean$/m);
    expect(contents(execution, 'execute_result')[0]?.data).toEqual({ 'text/plain': '26' });
  });
  test('%reset forgets names and types', async () => {
    await client.execute('const gone = 1; interface Gone { a: number }');
    await client.execute('%reset');
    expect(await result('gone')).toContain("Cannot find name 'gone'");
    expect(await printed('%who')).toBe('No names yet.\n');
    expect(await result('const gone = "new"; gone')).toBe("'new'");
  });
  test('%help lists them, an unknown one names those that exist', async () => {
    expect(await printed('%help')).toContain('%%python');
    const { reply } = await client.execute('%matplotlib inline');
    expect(reply.content).toMatchObject({ status: 'error', ename: 'UnknownMagic' });
    expect(reply.content.evalue).toContain('%time, %%time');
  });
});

describe('cells in other languages', () => {
  test('%%bash prints while it runs, in the notebook folder', async () => {
    const execution = await client.execute('%%bash\npwd\necho two >&2\necho $((6 * 7))');
    expect(streamText(execution, 'stdout')).toBe(`${kernel.folder}\n42\n`);
    expect(streamText(execution, 'stderr')).toBe('two\n');
    expect(execution.reply.content.status).toBe('ok');
  });
  test('%%bash that fails says with what exit code', async () => {
    expect(await result('%%bash\nexit 3')).toBe('bash ended with exit code 3.');
  });
  test('%%bash is interrupted with its children, and the session goes on', async () => {
    await client.execute('const kept = 5;');
    const id = await client.start('%%bash\necho begun\nsleep 60 | cat');
    await client.until(() => client.causedBy(id).find(({ header }) => header.msg_type === 'stream'), 'output');
    await sleep(100);
    await client.request('control', 'interrupt_request', {});
    expect((await client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
    expect(await result('kept')).toBe('5');
  });
  test('%%python speaks of lines of the cell', async () => {
    expect(await printed('%%python\nprint(6 * 7)')).toBe('42\n');
    expect(streamText(await client.execute('%%python\nprint(1)\n1 / 0'), 'stderr')).toContain('line 3');
  });
  test('%%html is shown', async () => {
    const execution = await client.execute('%%html\n<b>bold</b>');
    expect(contents(execution, 'display_data')[0]?.data).toEqual({ 'text/html': '<b>bold</b>' });
  });
});

describe('assistance with magics', () => {
  const ask = async (type: string, code: string, position = code.length): Promise<Record<string, unknown>> =>
    (await client.request('shell', type, { code, cursor_pos: position, detail_level: 0 })).content;

  test('completes their names and the code that follows', async () => {
    expect(await ask('complete_request', '%%ba')).toMatchObject({
      matches: ['%%bash'],
      cursor_start: 0,
      cursor_end: 4,
    });
    expect((await ask('complete_request', '%')).matches).toContain('%%html');
    expect((await ask('complete_request', '%%time\n"x".toUpp')).matches).toEqual(['toUpperCase']);
    expect((await ask('complete_request', '%time "x".toUpp')).matches).toEqual(['toUpperCase']);
    expect((await ask('complete_request', '%%bash\nech')).matches).toEqual([]);
    expect((await ask('complete_request', 'const a = 7\n%mo')).matches).not.toContain('%who');
  });
  test('inspects them', async () => {
    expect(JSON.stringify(await ask('inspect_request', '%%python', 4))).toContain('Python of this environment');
  });
  test('knows when a cell is complete', async () => {
    expect(await ask('is_complete_request', '%who')).toEqual({ status: 'complete' });
    expect(await ask('is_complete_request', '%%time\nif (true) {')).toMatchObject({ status: 'incomplete' });
    expect(await ask('is_complete_request', '%%bash\nfor i in 1 2; do')).toMatchObject({ status: 'incomplete' });
    expect(await ask('is_complete_request', '%%bash\necho 1\n')).toEqual({ status: 'complete' });
  });
});
