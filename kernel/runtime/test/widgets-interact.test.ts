import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { displaySymbol } from '@cygnet/contract';
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { interact, interactive, progress, widgets, type Abbreviation } from '../src/widgets/index.ts';
import { FrontEnd } from './front-end.ts';

let front: FrontEnd;
beforeEach(() => {
  front = new FrontEnd();
});

const texts = (outputs: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] =>
  outputs.map(
    ({ data, text, evalue }) => (data as Record<string, unknown> | undefined)?.['text/plain'] ?? text ?? evalue,
  );

describe('an output area', () => {
  test('takes what code shows, also what it starts', async () => {
    const out = widgets.output();
    const started = out.capture(async () => {
      out.show('now');
      await sleep(1);
      return 'value';
    });
    expect(await started).toBe('value');
    expect(texts(out.outputs)).toEqual(["'now'"]);
    expect(front.published).toEqual([]);
  });
  test('lets errors pass, and shows those it is told to', () => {
    const out = widgets.output();
    expect(() =>
      out.capture(() => {
        throw new RangeError('no');
      }),
    ).toThrow('no');
    out.showError(new RangeError('yes'));
    expect(out.outputs).toMatchObject([{ output_type: 'error', ename: 'RangeError', evalue: 'yes' }]);
    out.clear();
    expect(out.outputs).toEqual([]);
  });
});

describe('interact', () => {
  const cases: readonly (readonly [string, Abbreviation, string, object])[] = [
    ['a whole number', 4, 'IntSliderModel', { min: -4, max: 12, value: 4 }],
    ['a negative number', -2, 'IntSliderModel', { min: -6, max: 2, value: -2 }],
    ['zero', 0, 'IntSliderModel', { min: 0, max: 1, value: 0 }],
    ['a number', 0.5, 'FloatSliderModel', { min: -0.5, max: 1.5, value: 0.5, step: 0.01, readout_format: '.2f' }],
    ['two whole bounds', [0, 11], 'IntSliderModel', { min: 0, max: 11, value: 5 }],
    ['bounds and step', [0, 10, 2], 'IntSliderModel', { min: 0, max: 10, step: 2, value: 4 }],
    ['a step that is not whole', [0, 1, 0.25], 'FloatSliderModel', { min: 0, max: 1, step: 0.25, value: 0.5 }],
    ['truth', true, 'CheckboxModel', { value: true }],
    ['a text', 'muon', 'TextModel', { value: 'muon' }],
    ['texts', ['a', 'b'], 'DropdownModel', { _options_labels: ['a', 'b'], index: 0 }],
    [
      'pairs',
      [
        ['one', 1],
        ['two', 2],
      ],
      'DropdownModel',
      { _options_labels: ['one', 'two'] },
    ],
    ['an object', { low: 1, high: 2 }, 'DropdownModel', { _options_labels: ['low', 'high'] }],
    ['a Map', new Map([['x', 1]]), 'DropdownModel', { _options_labels: ['x'] }],
  ];
  test.each(cases)('makes a control of %s', (_what, short, model, state) => {
    const { controls } = interactive(() => undefined, { argument: short });
    const made = front.opened.get(controls.argument.id);
    expect(made).toMatchObject({ _model_name: model, description: 'argument', ...state });
  });
  test('refuses what is no slider, and says how to choose among numbers', () => {
    expect(() => interactive(() => 1, { n: [1, 2, 4] })).toThrow('[1, 2, 4] is no [min, max] or [min, max, step]');
    expect(() => interactive(() => 1, { n: [3, 1] })).toThrow('widgets.dropdown');
    expect(() => interactive(() => 1, { n: null as never })).toThrow('"n" needs a number');
    expect(() => interactive(() => 1, { n: widgets.hbox() })).toThrow('The widget for "n" has no value');
  });
  test('runs at once and at each change, with the values by name and type', async () => {
    const seen: unknown[] = [];
    const view = interactive(
      ({ x, cut, mode, on }) => {
        expectTypeOf(x).toEqualTypeOf<number>();
        expectTypeOf(cut).toEqualTypeOf<number>();
        expectTypeOf(mode).toEqualTypeOf<'a' | 'b'>();
        expectTypeOf(on).toEqualTypeOf<boolean>();
        seen.push([x, cut, mode, on]);
        return `${mode}: ${x > cut}`;
      },
      { x: [0, 10, 1], cut: 0.5, mode: ['a', 'b'], on: widgets.checkbox() },
    );
    expect(texts(view.output.outputs)).toEqual(["'a: true'"]);
    await front.change(view.controls.x, { value: 0 });
    expect(view.result).toBe('a: false');
    expect(texts(view.output.outputs)).toEqual(["'a: false'"]);
    expect(view.values).toEqual({ x: 0, cut: 0.5, mode: 'a', on: false });
    expect(seen).toEqual([
      [5, 0.5, 'a', false],
      [0, 0.5, 'a', false],
    ]);
    expect(view[displaySymbol]()).toMatchObject({ 'text/plain': 'interactive(x, cut, mode, on)' });
    expect(widgets.tab({ children: [view.widget] }).selectedIndex).toBe(0);
  });
  test('shows errors in its area, and goes on', async () => {
    const view = interactive(
      ({ x }) => {
        if (x > 5) throw new RangeError(`no ${x}`);
      },
      { x: [0, 10] },
    );
    await front.change(view.controls.x, { value: 6 });
    expect(texts(view.output.outputs)).toEqual(['no 6']);
    await front.change(view.controls.x, { value: 1 });
    expect(view.output.outputs).toEqual([]);
  });
  test('of a function that waits runs for the last of the values that came meanwhile', async () => {
    const runs: number[] = [];
    const aborted: number[] = [];
    const view = interactive(
      async ({ x }, { signal }) => {
        runs.push(x);
        signal.addEventListener('abort', () => aborted.push(x));
        await sleep(20);
        return x;
      },
      { x: [0, 100] },
    );
    for (const value of [1, 2, 3, 4]) await front.change(view.controls.x, { value });
    await sleep(120);
    expect(runs).toEqual([50, 4]);
    expect(aborted).toEqual([50]);
    expect(view.result).toBe(4);
    expect(texts(view.output.outputs)).toEqual(['4']);
  });
  test('runs by its button only if asked to', async () => {
    let runs = 0;
    interact(() => (runs += 1), { x: 1 }, { manual: true });
    const button = [...front.opened].find(([, state]) => state._model_name === 'ButtonModel')?.[0] ?? '';
    expect(runs).toBe(0);
    await front.tell({ id: button }, { method: 'custom', content: { event: 'click' } });
    expect(runs).toBe(1);
    expect(front.published).toMatchObject([{ type: 'display_data', data: { 'text/plain': 'interactive(x)' } }]);
  });
});

describe('progress', () => {
  const shown = (): readonly unknown[] => front.published.map(({ type, data }) => [type, texts([{ data }])[0]]);

  test('goes over anything, and leaves a line of text and no widgets', () => {
    const seen: number[] = [];
    for (const value of progress(new Float64Array([1, 2, 3]), { label: 'sum' })) seen.push(value);
    expect(seen).toEqual([1, 2, 3]);
    expect(shown()[0]).toEqual(['display_data', expect.stringContaining('0 of 3')]);
    expect(shown()[1]).toEqual(['update_display_data', expect.stringMatching(/^sum █{20} 3 of 3 in 0\.\d s/)]);
    const closed = front.messages.filter(({ type }) => type === 'comm_close').length;
    expect(closed).toBe(front.opened.size);
  });
  test('counts rounds', () => expect([...progress(3)]).toEqual([0, 1, 2]));
  test('updates its bar while a loop computes without a pause', () => {
    const start = performance.now();
    for (const round of progress(1e9)) if (performance.now() - start > 400 && round > 0) break;
    const bar = [...front.opened].find(([, state]) => state._model_name === 'FloatProgressModel')?.[0] ?? '';
    const values = front.said({ id: bar }, 'update').map(({ value }) => value as number);
    expect(values.length).toBeGreaterThan(3);
    expect(values.length).toBeLessThan(12);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(shown()[1]).toEqual(['update_display_data', expect.stringContaining('stopped at')]);
  });
  test('says where a loop has failed', () => {
    const run = (): void => {
      for (const round of progress(10)) if (round === 4) throw new Error('here');
    };
    expect(run).toThrow('here');
    expect(shown()[1]).toEqual(['update_display_data', expect.stringContaining('stopped at 4 of 10')]);
  });
  test('goes over what comes in pieces, of unknown length', async () => {
    async function* pieces(): AsyncGenerator<string> {
      yield 'a';
      await sleep(1);
      yield 'b';
    }
    const seen: string[] = [];
    for await (const piece of progress(pieces(), { label: 'pieces' })) seen.push(piece);
    expect(seen).toEqual(['a', 'b']);
    expect(shown()[1]).toEqual(['update_display_data', expect.stringMatching(/^pieces 2 in/)]);
  });
  test('lets widgets be answered in a loop that awaits', async () => {
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    const start = performance.now();
    for await (const round of progress(1e9)) if (round > 0 && performance.now() - start > 300) break;
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(2);
  });
  test('writes a line to the terminal in a plain script', async () => {
    const script = `import { progress } from '@cygnet/kernel/widgets';
      let sum = 0;
      for (const round of progress(5, { label: 'rounds' })) sum += round;
      console.log(sum);`;
    const args = ['--conditions=cygnet:source', '--input-type=module', '--eval', script];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
    expect(stdout).toBe('10\n');
    expect(stderr).toMatch(/^rounds █{20} 5 of 5 in 0\.\d s/);
  });
  test('refuses what is no number of rounds and nothing to loop over', () => {
    expect(() => progress(-1)).toThrow(RangeError);
    expect(() => progress(2.5)).toThrow('a whole number of rounds; got 2.5');
    expect(() => progress({} as never)).toThrow('something to loop over');
  });
});
