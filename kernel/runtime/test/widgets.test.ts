import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { displaySymbol } from '@cygnet/contract';
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { jslink, jsdlink, widgets, type Change } from '../src/widgets/index.ts';
import { updateIntervalMs } from '../src/widgets/send-pace.ts';
import { FrontEnd } from './front-end.ts';

let front: FrontEnd;
beforeEach(() => {
  front = new FrontEnd();
});

describe('a widget', () => {
  test('is opened with its whole state, its layout and its style', () => {
    const slider = widgets.intSlider({ value: 5, max: 10, layout: { width: '50%' }, style: { handleColor: 'red' } });
    const state = front.opened.get(slider.id) ?? {};
    expect(state).toMatchObject({ _model_name: 'IntSliderModel', value: 5, min: 0, max: 10, readout_format: 'd' });
    expect(state.layout).toBe(`IPY_MODEL_${slider.layout.id}`);
    expect(front.opened.get(slider.layout.id)).toMatchObject({
      _model_name: 'LayoutModel',
      width: '50%',
      height: null,
    });
    expect(front.opened.get(slider.style.id)).toMatchObject({ _model_name: 'SliderStyleModel', handle_color: 'red' });
    expect(front.messages[0]?.metadata).toEqual({ version: '2.1.0' });
  });
  test('shows itself by its id, and in words where there are no widgets', () => {
    const field = widgets.text({ value: 'hi' });
    expect(field[displaySymbol]()).toEqual({
      'application/vnd.jupyter.widget-view+json': { model_id: field.id, version_major: 2, version_minor: 0 },
      'text/plain': "Text(value: 'hi')",
    });
    expect(inspect(field)).toBe("Text(value: 'hi')");
  });
  test('tells the front ends of an assignment, and its observers of the change', () => {
    const slider = widgets.floatSlider();
    const changes: Change<number>[] = [];
    const stop = slider.observe('value', (change) => changes.push(change));
    slider.value = 3;
    slider.value = 3;
    expect(front.said(slider, 'update')).toEqual([{ value: 3 }]);
    expect(changes).toEqual([{ name: 'value', value: 3, previous: 0, origin: 'kernel' }]);
    stop();
    slider.value = 4;
    expect(changes).toHaveLength(1);
  });
  test('sends several assignments of one set() together', () => {
    const slider = widgets.intSlider();
    slider.set({ min: 200, max: 300, value: 250 });
    expect(front.said(slider, 'update')).toEqual([{ min: 200, max: 300, value: 250 }]);
  });
  test('sends no storm: the first value, and the last', async () => {
    const bar = widgets.intProgress({ max: 100_000 });
    const start = performance.now();
    for (let value = 1; value <= 100_000; value += 1) bar.value = value;
    const most = (performance.now() - start) / updateIntervalMs + 2;
    await sleep(120);
    const sent = front.said(bar, 'update').map(({ value }) => value as number);
    expect(sent.at(-1)).toBe(100_000);
    expect(sent.length).toBeLessThanOrEqual(most);
  });
  test('takes over what a person does, and tells the other front ends', async () => {
    const slider = widgets.intSlider();
    const next = slider.next('value');
    await front.change(slider, { value: 42 });
    expect(slider.value).toBe(42);
    expect(await next).toBe(42);
    expect(front.said(slider, 'echo_update')).toEqual([{ value: 42 }]);
    expect(front.said(slider, 'update')).toEqual([]);
  });
  test('corrects a front end that sends what cannot be', async () => {
    const slider = widgets.intSlider({ value: 7 });
    await front.change(slider, { value: 5000 });
    await front.change(slider, { value: 6000 });
    await sleep(2 * updateIntervalMs);
    expect(front.said(slider, 'update')).toEqual([{ value: 100 }, { value: 100 }]);
    await expect(front.change(slider, { value: 'much' })).rejects.toThrow('IntSlider.value must be a whole number');
    expect(slider.value).toBe(100);
    await sleep(60);
    expect(front.said(slider, 'update').at(-1)).toEqual({ value: 100 });
  });
  test('goes on when a callback fails, which is reported', async () => {
    const button = widgets.button();
    let pressed = 0;
    button.on('click', () => {
      throw new Error('first');
    });
    button.on('click', async () => Promise.reject(new Error('second')));
    button.on('click', () => (pressed += 1));
    const next = button.next('click');
    await front.tell(button, { method: 'custom', content: { event: 'click' } });
    await next;
    expect(pressed).toBe(1);
    expect(front.reported.map(String)).toEqual(['Error: first', 'Error: second']);
  });
  test('answers the question for its state', async () => {
    const box = widgets.hbox({ children: [widgets.label({ value: 'a' })] });
    await front.tell(box, { method: 'request_state' });
    expect(front.said(box, 'update')).toEqual([front.opened.get(box.id)]);
  });
  test('exchanges messages of its own kind', async () => {
    const field = widgets.text();
    const heard: unknown[] = [];
    field.on('message', (message) => heard.push(message));
    await front.tell(field, { method: 'custom', content: { hello: 1 } }, [new Uint8Array([9])]);
    expect(heard).toEqual([{ content: { hello: 1 }, buffers: [new Uint8Array([9])] }]);
    field.send({ there: 2 }, [new Uint8Array([8])]);
    expect(front.messages.at(-1)).toMatchObject({
      content: { data: { method: 'custom', content: { there: 2 } } },
      buffers: [new Uint8Array([8])],
    });
  });
  test('survives messages that make no sense', async () => {
    const day = widgets.datePicker();
    for (const data of [
      null,
      'text',
      [],
      {},
      { method: 'juggle' },
      { method: 'update' },
      { method: 'update', state: 3 },
    ])
      await front.tell(day, data);
    await front.change(day, { no_such: 1, description: 'kept' });
    await expect(front.change(day, { value: { year: 'x' } })).rejects.toThrow('a date like');
    await expect(front.change(day, { value: 5 }, [['value', 0]], [new Uint8Array(1)])).rejects.toThrow(RangeError);
    expect([day.value, day.description]).toEqual([null, 'kept']);
  });
  test('ends with its layout and style, and says so to who waits for it', async () => {
    const slider = widgets.intSlider();
    const next = slider.next('value');
    slider.close();
    await expect(next).rejects.toThrow('was closed');
    expect(front.messages.filter(({ type }) => type === 'comm_close')).toHaveLength(3);
    expect(() => (slider.value = 3)).toThrow('This IntSlider is closed');
    expect(() => widgets.hbox({ children: [slider] })).toThrow('a widget that is not closed');
  });
});

describe('bytes', () => {
  test('travel beside the state to the front end', () => {
    const picture = new Uint8Array([137, 80]);
    const image = widgets.image({ value: picture, format: 'png' });
    const opening = front.messages.find(({ content }) => content.comm_id === image.id);
    expect(opening?.content.data).toMatchObject({ buffer_paths: [['value']] });
    expect(opening?.buffers).toEqual([picture]);
    expect(front.opened.get(image.id)).not.toHaveProperty('value');
  });
  test('of a chosen file arrive', async () => {
    const upload = widgets.fileUpload({ accept: '.csv' });
    const file = { name: 'a.csv', type: 'text/csv', size: 3, last_modified: 1_700_000_000_000 };
    await front.change(upload, { value: [file] }, [['value', 0, 'content']], [new Uint8Array([1, 2, 3])]);
    expect(upload.value[0]).toEqual({
      name: 'a.csv',
      type: 'text/csv',
      size: 3,
      lastModified: new Date(1_700_000_000_000),
      content: new Uint8Array([1, 2, 3]),
    });
  });
});

test('a front end that comes later gets all widgets in one message', async () => {
  const image = widgets.image({ value: new Uint8Array([1]) });
  const closed = widgets.label();
  closed.close();
  const [answer] = await front.ask('jupyter.widget.control', { method: 'request_states' });
  const {
    method,
    states,
    buffer_paths: paths,
  } = answer?.content.data as {
    method: string;
    states: Record<string, Record<string, unknown>>;
    buffer_paths: unknown;
  };
  expect(method).toBe('update_states');
  expect(Object.keys(states).sort()).toEqual([image.id, image.layout.id].sort());
  expect(states[image.id]).toMatchObject({
    model_name: 'ImageModel',
    model_module: '@jupyter-widgets/controls',
    model_module_version: '2.0.0',
    state: { format: 'png' },
  });
  expect(paths).toEqual([[image.id, 'state', 'value']]);
  expect(answer?.buffers).toEqual([new Uint8Array([1])]);
});

describe('mistakes are told', () => {
  const refused: readonly (readonly [string, () => unknown, string])[] = [
    [
      'a value of another type',
      () => widgets.intSlider({ value: 'x' as never }),
      "IntSlider.value must be a whole number; got 'x'.",
    ],
    ['a number that is not whole', () => widgets.intText({ value: 1.5 }), 'a whole number; got 1.5'],
    ['no number', () => widgets.floatText({ value: NaN }), 'a finite number; got NaN'],
    [
      'an unknown property',
      () => widgets.checkbox({ valeu: true } as object),
      'Checkbox has no property "valeu". It has:',
    ],
    [
      'an unknown CSS property',
      () => widgets.label({ layout: { colour: 'red' } as object }),
      'layout has no property "colour"',
    ],
    ['a style of a box', () => widgets.vbox({ style: {} }), 'VBox has no property "style"'],
    ['a value outside of its bounds', () => widgets.intSlider({ value: 200 }), 'The value 200 is outside of 0 to 100'],
    ['bounds in the wrong order', () => widgets.floatSlider({ min: 5, max: 1 }), 'min (5) is above max (1)'],
    [
      'a range upside down',
      () => widgets.intRangeSlider({ value: [5, 2] }),
      'The lower end 5 is above the upper end 2',
    ],
    ['a value that a log slider cannot reach', () => widgets.floatLogSlider({ value: 1e6 }), 'outside of 1 to 10000'],
    [
      'none of the options',
      () => widgets.dropdown({ options: ['a', 'b'], value: 'c' }),
      'The value "c" is none of the options: a, b.',
    ],
    ['options of no kind', () => widgets.select({ options: 5 as never }), 'options must be an array'],
    ['a slider over nothing', () => widgets.selectionSlider({ options: [] }), 'at least one option'],
    ['an unknown emphasis', () => widgets.button({ buttonStyle: 'huge' as never }), 'must be one of "", "primary"'],
    ['a day that is none', () => widgets.datePicker({ value: '31.3.2026' }), 'a date like "2026-03-31" or null'],
    [
      'a tab that is not there',
      () => widgets.tab({ children: [widgets.label()], selectedIndex: 3 }),
      'selectedIndex is 3, but there are 1 children',
    ],
    [
      'an event that never comes',
      () => widgets.button().on('press' as never, () => 1),
      'Button has no event "press". It has: click, close, message.',
    ],
    [
      'an unknown property to observe',
      () => widgets.button().observe('value' as never, () => 1),
      'Button has no property "value"',
    ],
    [
      'a link to a property that is not there',
      () => jslink([widgets.intSlider(), 'value'], [widgets.button(), 'value' as never]),
      'with a property of that widget',
    ],
  ];
  test.each(refused)('%s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
  test('before a front end hears of the widget', () => {
    expect(() => widgets.intSlider({ value: 'x' as never })).toThrow();
    expect(front.messages).toEqual([]);
  });
  test('and a name that is misspelt does not become a property', () => {
    const slider = widgets.intSlider();
    expect(() => Object.assign(slider, { vlaue: 3 })).toThrow(TypeError);
  });
});

describe('values', () => {
  test('follow their bounds when these move', () => {
    const slider = widgets.intSlider({ value: 80 });
    slider.max = 50;
    expect(slider.value).toBe(50);
    expect(front.said(slider, 'update')).toEqual([{ max: 50, value: 50 }]);
    expect(widgets.boundedFloatText({ min: 3 }).value).toBe(3);
  });
  test('of options are theirs, by value, label or place', async () => {
    const choice = widgets.dropdown({
      options: [
        ['one', 1],
        ['two', 2],
      ],
      value: 2,
    });
    expectTypeOf(choice.value).toEqualTypeOf<number | null>();
    expect(front.opened.get(choice.id)).toMatchObject({ _options_labels: ['one', 'two'], index: 1 });
    expect(front.opened.get(choice.id)).not.toHaveProperty('value');
    const values: unknown[] = [];
    choice.observe('value', ({ value }) => values.push(value));
    await front.change(choice, { index: 0 });
    choice.label = 'two';
    choice.options = { three: 3, two: 2 };
    expect([choice.index, choice.value]).toEqual([1, 2]);
    choice.options = new Map([['four', 4]]);
    expect([choice.index, choice.value, choice.label]).toEqual([0, 4, 'four']);
    choice.value = null;
    expect(choice.index).toBe(null);
    expect(values).toEqual([1, 2, 4, null]);
  });
  test('of several options come in their order', async () => {
    const choice = widgets.selectMultiple({ options: ['a', 'b', 'c'], value: ['c'] });
    await front.change(choice, { index: [0, 2] });
    expect(choice.value).toEqual(['a', 'c']);
    expect(widgets.selectionRangeSlider({ options: ['a', 'b', 'c'] }).value).toEqual(['a', 'c']);
  });
  test('of days are the same on both sides', async () => {
    const day = widgets.datePicker({ value: '2026-03-31' });
    expect(front.opened.get(day.id)?.value).toEqual({ year: 2026, month: 2, date: 31 });
    await front.change(day, { value: { year: 2024, month: 1, date: 29 } });
    expect(day.value).toBe('2024-02-29');
    await front.change(day, { value: null });
    expect(day.value).toBe(null);
  });
  test('have the types of their controls', () => {
    expectTypeOf(widgets.intSlider().value).toEqualTypeOf<number>();
    expectTypeOf(widgets.floatRangeSlider().value).toEqualTypeOf<readonly [number, number]>();
    expectTypeOf(widgets.toggleButtons({ options: ['x', 'y'] }).value).toEqualTypeOf<string | null>();
    expectTypeOf(widgets.selectMultiple({ options: { a: 1 } }).value).toEqualTypeOf<readonly number[]>();
  });
});

describe('widgets of widgets', () => {
  test('name their children', () => {
    const [first, second] = [widgets.label({ value: 'x' }), widgets.button()];
    const tabs = widgets.tab({ children: [first], titles: ['one'] });
    expect(front.opened.get(tabs.id)).toMatchObject({ children: [`IPY_MODEL_${first.id}`], selected_index: 0 });
    tabs.children = [first, second];
    expect(front.said(tabs, 'update')).toEqual([{ children: [`IPY_MODEL_${first.id}`, `IPY_MODEL_${second.id}`] }]);
  });
  test('share a layout', () => {
    const shared = widgets.layout({ width: '20em', border: '1px solid grey' });
    const [a, b] = [widgets.text({ layout: shared }), widgets.text()];
    b.layout = shared;
    expect(front.opened.get(a.id)?.layout).toBe(`IPY_MODEL_${shared.id}`);
    expect(front.said(b, 'update')).toEqual([{ layout: `IPY_MODEL_${shared.id}` }]);
    expect(front.opened.get(shared.id)).toMatchObject({ border_top: '1px solid grey', border_left: '1px solid grey' });
    a.close();
    expect(shared.isClosed).toBe(false);
  });
  test('are linked in the front end', () => {
    const [play, slider] = [widgets.play(), widgets.intSlider()];
    const link = jslink([play, 'value'], [slider, 'value']);
    expect(front.opened.get(link.id)).toMatchObject({
      _model_name: 'LinkModel',
      _view_name: null,
      source: [`IPY_MODEL_${play.id}`, 'value'],
      target: [`IPY_MODEL_${slider.id}`, 'value'],
    });
    const directed = jsdlink([slider, 'value'], [widgets.intProgress(), 'barStyle']);
    expect(front.opened.get(directed.id)).toMatchObject({ _model_name: 'DirectionalLinkModel' });
    expect((front.opened.get(directed.id)?.target as unknown[])[1]).toBe('bar_style');
  });
});
