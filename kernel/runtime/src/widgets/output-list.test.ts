import { expect, test } from 'vitest';
import { OutputList, type NotebookOutput } from './output-list.ts';

const area = (): { list: OutputList; outputs: () => readonly NotebookOutput[] } => {
  let outputs: readonly NotebookOutput[] = [];
  const list = new OutputList({
    read: () => outputs,
    write: (written) => {
      outputs = written;
    },
  });
  return { list, outputs: () => outputs };
};
const text = (value: string): Record<string, unknown> => ({ data: { 'text/plain': value }, metadata: {} });

test('printed text of one stream is one output', () => {
  const { list, outputs } = area();
  list.stream('stdout', 'a');
  list.stream('stdout', 'b\n');
  list.stream('stderr', 'c');
  expect(outputs()).toEqual([
    { output_type: 'stream', name: 'stdout', text: 'ab\n' },
    { output_type: 'stream', name: 'stderr', text: 'c' },
  ]);
});

test('a display with an id is replaced where it stands', () => {
  const { list, outputs } = area();
  list.publish('display_data', { ...text('first'), transient: { display_id: 'x' } });
  list.publish('display_data', text('other'));
  list.publish('update_display_data', { ...text('second'), transient: { display_id: 'x' } });
  expect(outputs().map(({ data }) => data)).toEqual([{ 'text/plain': 'second' }, { 'text/plain': 'other' }]);
});

test('clearing waits for the next output if asked to', () => {
  const { list, outputs } = area();
  list.stream('stdout', 'old');
  list.publish('clear_output', { wait: true });
  expect(outputs()).toHaveLength(1);
  list.publish('display_data', text('new'));
  expect(outputs()).toMatchObject([text('new')]);
  list.clear({ wait: true });
  list.settle();
  expect(outputs()).toEqual([]);
});

test('much text keeps its end', () => {
  const { list, outputs } = area();
  for (let round = 0; round < 50; round += 1) list.stream('stdout', `${'x'.repeat(10_000)}\n`);
  list.stream('stdout', 'the end');
  const kept = String(outputs()[0]?.text);
  expect(kept.length).toBeLessThan(401_000);
  expect(kept.startsWith('[earlier text left out]')).toBe(true);
  expect(kept.endsWith('the end')).toBe(true);
});
