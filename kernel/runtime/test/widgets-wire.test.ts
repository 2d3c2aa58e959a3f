import { afterAll, beforeAll, expect, test } from 'vitest';
import { contents, resultText, streamText, type Client } from './client.ts';
import { buildKernel, KernelProcess } from './kernel-process.ts';

let kernel: KernelProcess;
let client: Client;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start();
  client = kernel.client;
  const first = await client.execute("import { interact, progress, widgets } from '@cygnet/kernel/widgets';");
  expect(first.reply.content.status).toBe('ok');
});
afterAll(() => kernel.stop());

/** Id of the widget that a cell shows. */
const shownBy = async (code: string): Promise<string> => {
  const execution = await client.execute(code);
  expect(execution.reply.content.evalue).toBe(undefined);
  const [shown] = [...contents(execution, 'execute_result'), ...contents(execution, 'display_data')];
  const data = shown?.data as Record<string, { model_id: string }> | undefined;
  return data?.['application/vnd.jupyter.widget-view+json']?.model_id ?? '';
};

const tell = (id: string, data: Record<string, unknown>, buffers: readonly Uint8Array[] = []): Promise<string> =>
  client.send('shell', 'comm_msg', { comm_id: id, data }, buffers);
const change = (id: string, state: Record<string, unknown>): Promise<string> =>
  tell(id, { method: 'update', state, buffer_paths: [] });
const idle = (request: string): Promise<unknown> =>
  client.until(() => client.causedBy(request).find(({ content }) => content.execution_state === 'idle'), 'idle');

test('a change is echoed in the name of the message that made it, and the kernel is idle after the callbacks', async () => {
  const id = await shownBy('const slider = widgets.intSlider(); slider');
  const request = await change(id, { value: 12 });
  await idle(request);
  const echo = client.causedBy(request).find(({ header }) => header.msg_type === 'comm_msg');
  expect(echo?.content).toEqual({
    comm_id: id,
    data: { method: 'echo_update', state: { value: 12 }, buffer_paths: [] },
  });
  expect(resultText(await client.execute('slider.value'))).toBe('12');
});

test('callbacks print and fail below the cell that asked for them, after it has ended', async () => {
  const cell = await client.start(`
    const watched = widgets.intSlider();
    watched.observe('value', ({ value }) => {
      console.log('now', value);
      if (value > 5) throw new Error('too much');
    });
    watched`);
  const { outputs } = await client.finish(cell);
  const opened = outputs.find(
    ({ header, content }) => header.msg_type === 'comm_open' && JSON.stringify(content.data).includes('IntSliderModel'),
  );
  await idle(await change(String(opened?.content.comm_id), { value: 7 }));
  const printed = (name: 'stdout' | 'stderr'): string =>
    streamText({ reply: outputs[0] as never, outputs: client.causedBy(cell) }, name);
  await client.until(() => (printed('stderr') === '' ? undefined : true), 'the error');
  expect(printed('stdout')).toBe('now 7\n');
  expect(printed('stderr')).toMatch(/^Uncaught Error: too much\n\s+at .*In \[\d+\]:5:\d+/);
});

test('a cell may wait for a person', async () => {
  const id = await shownBy("const go = widgets.button({ description: 'go' }); go");
  const waiting = await client.startRunning("await go.next('click'); 'went on'");
  await tell(id, { method: 'custom', content: { event: 'click' } });
  expect(resultText(await client.finish(waiting))).toBe("'went on'");
});

test('an interrupted wait for a person ends, and the next one works', async () => {
  const waiting = await client.startRunning("await go.next('click')");
  await client.request('control', 'interrupt_request', {});
  expect((await client.finish(waiting)).reply.content.ename).toBe('KeyboardInterrupt');
});

test('a callback that never ends is stopped by an interrupt, and the session goes on', async () => {
  const id = await shownBy(`const endless = widgets.toggleButton();
    endless.observe('value', () => { console.log('spinning'); while (true); });
    endless`);
  const request = await change(id, { value: true });
  await client.until(
    () => client.published.find(({ content }) => String(content.text).includes('spinning')),
    'the callback',
  );
  await client.request('control', 'interrupt_request', {});
  await idle(request);
  await client.until(
    () => client.published.find(({ content }) => String(content.text).includes('Uncaught KeyboardInterrupt')),
    'the report',
  );
  expect(resultText(await client.execute('let rounds = 0; while (rounds < 1000) rounds += 1; rounds'))).toBe('1000');
});

test('every change has left before the reply of its cell', async () => {
  const execution = await client.execute('for (let value = 1; value <= 90; value += 1) slider.value = value;');
  const values = contents(execution, 'comm_msg').map(({ data }) => (data as { state: { value: number } }).state.value);
  expect(values.at(-1)).toBe(90);
  expect(values.length).toBeLessThan(20);
});

test('bytes go both ways', async () => {
  const id = await shownBy('const upload = widgets.fileUpload(); upload');
  const file = { name: 'a.bin', type: '', size: 3, last_modified: 0 };
  const state = { value: [file] };
  await idle(
    await tell(id, { method: 'update', state, buffer_paths: [['value', 0, 'content']] }, [new Uint8Array([7, 8, 9])]),
  );
  const picture = await client.execute('widgets.image({ value: upload.value[0]!.content }).value.length');
  expect(resultText(picture)).toBe('3');
  const opened = picture.outputs.filter(({ header }) => header.msg_type === 'comm_open').at(-1);
  expect([...(opened?.buffers[0] ?? [])]).toEqual([7, 8, 9]);
});

test('a front end that connects later gets every widget', async () => {
  await client.send('shell', 'comm_open', { comm_id: 'late', target_name: 'jupyter.widget.control', data: {} });
  await tell('late', { method: 'request_states' });
  const answer = await client.until(
    () => client.published.find(({ header, content }) => header.msg_type === 'comm_msg' && content.comm_id === 'late'),
    'the states',
  );
  const { method, states } = answer.content.data as { method: string; states: Record<string, { model_name: string }> };
  expect(method).toBe('update_states');
  expect(Object.values(states).map(({ model_name: name }) => name)).toContain('FileUploadModel');
});

test('what interact prints and shows stays in its area, whatever the cell does meanwhile', async () => {
  const execution = await client.execute(
    "interact(({ x }) => { console.log('x is', x); return x ** 2; }, { x: [0, 10] }); console.log('below');",
  );
  expect(streamText(execution, 'stdout')).toBe('below\n');
  const outputs = contents(execution, 'comm_msg')
    .map(({ data }) => (data as { state: { outputs?: readonly unknown[] } }).state.outputs)
    .filter((found) => found !== undefined);
  expect(outputs.at(-1)).toEqual([
    { output_type: 'stream', name: 'stdout', text: 'x is 5\n' },
    { output_type: 'display_data', data: { 'text/plain': '25' }, metadata: {} },
  ]);
});

test('an area takes what code prints long after its cell, beside others that wait at the same time', async () => {
  await client.execute(`
    const [left, right] = [widgets.output(), widgets.output()];
    const tick = (name: string) => new Promise<void>((resolve) => setTimeout(() => { console.log(name); resolve(); }, 50));
    const both = Promise.all([left.capture(() => tick('left')), right.capture(() => tick('right'))]);`);
  const text = 'await both; [left, right].map(({ outputs }) => outputs.map(({ text }) => text).join())';
  expect(resultText(await client.execute(text))).toBe("[ 'left\\n', 'right\\n' ]");
});

test('an area takes many lines, keeps the last ones, and sends them a few times', async () => {
  const code =
    "const area = widgets.output(); area.capture(() => { for (let i = 0; i < 40_000; i += 1) console.log('line', i); });";
  const execution = await client.execute(code);
  expect(streamText(execution, 'stdout')).toBe('');
  const sent = contents(execution, 'comm_msg').map(({ data }) => data as { state: { outputs: { text: string }[] } });
  expect(sent.at(-1)?.state.outputs[0]?.text.endsWith('line 39999\n')).toBe(true);
  expect(sent.reduce((sum, { state }) => sum + (state.outputs[0]?.text.length ?? 0), 0)).toBeLessThan(20_000_000);
});

test('wrong options are found before the cell runs', async () => {
  const wrong = async (code: string): Promise<unknown> => (await client.execute(code)).reply.content.evalue;
  expect(await wrong('widgets.intSlider({ vlaue: 3 })')).toContain("'vlaue' does not exist");
  expect(await wrong("widgets.intSlider({ value: 'x' })")).toContain("'string' is not assignable");
  expect(await wrong("widgets.dropdown({ options: ['a'] }).observe('vlaue', () => 1)")).toContain('"vlaue"');
  expect(await wrong('interact(({ y }) => y, { x: 1 })')).toContain("'y' does not exist");
});

test('a name is completed, and inspected with its words', async () => {
  const completed = await client.request('shell', 'complete_request', { code: 'widgets.intSl', cursor_pos: 13 });
  expect(completed.content.matches).toEqual(['intSlider']);
  const options = 'widgets.intSlider({ readout';
  const option = await client.request('shell', 'complete_request', { code: options, cursor_pos: options.length });
  expect(option.content.matches).toEqual(['readout', 'readoutFormat']);
  const inspected = await client.request('shell', 'inspect_request', { code: 'progress', cursor_pos: 3 });
  expect(JSON.stringify(inspected.content.data)).toContain('how long it will take');
  const factory = await client.request('shell', 'inspect_request', { code: 'widgets.intSlider', cursor_pos: 12 });
  expect(JSON.stringify(factory.content.data)).toContain('A slider for whole numbers');
});
