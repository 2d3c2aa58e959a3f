import { describe, expect, test } from 'vitest';
import { createFraming, FrameError } from './frames.ts';

const framing = createFraming('secret', 'session-1');
const frames = (): Buffer[] =>
  framing.encode({
    type: 'comm_msg',
    content: { text: 'ü😀' },
    metadata: { a: 1 },
    identities: [new Uint8Array([0, 255]), 'topic'],
    buffers: [new Uint8Array([1, 2, 3]).subarray(1)],
  });

describe('framing', () => {
  test('gives back what it encoded', () => {
    const message = framing.decode(frames());
    expect(message).toMatchObject({ content: { text: 'ü😀' }, metadata: { a: 1 }, parent: {} });
    expect(message.header).toMatchObject({ msg_type: 'comm_msg', session: 'session-1' });
    expect(message.identities.map((identity) => [...identity])).toEqual([[0, 255], [...Buffer.from('topic')]]);
    expect(message.buffers.map((buffer) => [...buffer])).toEqual([[2, 3]]);
  });
  test('signs as the protocol says, and not at all without a key', () => {
    expect(frames()[3]?.toString()).toMatch(/^[0-9a-f]{64}$/);
    const open = createFraming('');
    expect(open.decode(open.encode({ type: 'x', content: {} })).content).toEqual({});
  });
  test.each([
    ['a foreign key', () => createFraming('other').encode({ type: 'x', content: {} })],
    ['a changed content', () => frames().map((frame, index) => (index === 7 ? Buffer.from('{}') : frame))],
    ['a cut signature', () => frames().map((frame, index) => (index === 3 ? frame.subarray(1) : frame))],
    ['too few frames', () => frames().slice(0, 6)],
    ['no delimiter', () => [Buffer.from('hello')]],
  ])('refuses %s', (_name, make) => {
    expect(() => framing.decode(make())).toThrow(FrameError);
  });
  test('refuses signed parts that are no JSON objects', () => {
    const text = createFraming('');
    const broken = text.encode({ type: 'x', content: {} });
    broken[broken.length - 1] = Buffer.from('[1');
    expect(() => text.decode(broken)).toThrow('content of a message is no JSON');
  });
});
