import { expect, test, vi } from 'vitest';
import type { Header, OutgoingMessage } from '../wire/index.ts';
import { Publisher } from './publisher.ts';

const header = (id: string): Header => ({
  msg_id: id,
  msg_type: 'execute_request',
  session: '',
  username: '',
  date: '',
  version: '',
});

const record = (): { publisher: Publisher; sent: OutgoingMessage[] } => {
  const sent: OutgoingMessage[] = [];
  return { sent, publisher: new Publisher({ send: (_channel, message) => sent.push(message), isCrowded: false }) };
};

test('text printed in quick succession leaves as one message, before what follows it', () => {
  const { publisher, sent } = record();
  publisher.stream('stdout', 'a', header('1'));
  publisher.stream('stdout', 'b', header('1'));
  publisher.status('idle', header('1'));
  expect(sent.map(({ type, content }) => [type, content.text])).toEqual([
    ['stream', 'ab'],
    ['status', undefined],
  ]);
});
test('streams and cells are kept apart, in order', () => {
  const { publisher, sent } = record();
  publisher.stream('stdout', 'a', header('1'));
  publisher.stream('stderr', 'b', header('1'));
  publisher.stream('stderr', 'c', header('2'));
  publisher.flush();
  expect(sent.map(({ content, parent }) => [content.name, content.text, parent?.msg_id])).toEqual([
    ['stdout', 'a', '1'],
    ['stderr', 'b', '1'],
    ['stderr', 'c', '2'],
  ]);
});
test('text does not wait for long', () => {
  vi.useFakeTimers();
  const { publisher, sent } = record();
  publisher.stream('stdout', 'a', undefined);
  vi.advanceTimersByTime(20);
  vi.useRealTimers();
  expect(sent).toHaveLength(1);
});
test('long text does not wait at all', () => {
  const { publisher, sent } = record();
  publisher.stream('stdout', 'x'.repeat(100_000), undefined);
  expect(sent).toHaveLength(1);
});
