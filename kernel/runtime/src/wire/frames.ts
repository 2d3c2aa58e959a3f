import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Header, JsonObject, Message, OutgoingMessage } from './message.ts';
import { jupyterProtocolVersion } from './message.ts';

const delimiter = Buffer.from('<IDS|MSG>');
const partCount = 4;

/** Why frames were refused. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Turns messages into signed frames and back. */
export interface Framing {
  encode(message: OutgoingMessage): Buffer[];
  /** @throws FrameError when the frames are incomplete, wrongly signed or no JSON objects. */
  decode(frames: readonly Buffer[]): Message;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsePart = (part: Buffer, name: string): JsonObject => {
  let value: unknown;
  try {
    value = JSON.parse(part.toString('utf8'));
  } catch (cause) {
    throw new FrameError(`The ${name} of a message is no JSON.`, { cause });
  }
  if (!isObject(value)) throw new FrameError(`The ${name} of a message is no JSON object.`);
  return value;
};

const parseHeader = (part: Buffer): Header => {
  const header = parsePart(part, 'header');
  if (typeof header.msg_id !== 'string' || typeof header.msg_type !== 'string')
    throw new FrameError('A message header lacks "msg_id" or "msg_type".');
  return header as Header;
};

/**
 * Framing for one kernel session.
 *
 * @param key shared secret of the connection file; empty turns signing off, as the protocol says
 */
export const createFraming = (key: string, session: string = randomUUID()): Framing => {
  const sign = (parts: readonly Buffer[]): Buffer => {
    if (key === '') return Buffer.alloc(0);
    const hmac = createHmac('sha256', key);
    for (const part of parts) hmac.update(part);
    return Buffer.from(hmac.digest('hex'));
  };
  return {
    encode(message) {
      const header: Header = {
        msg_id: randomUUID(),
        msg_type: message.type,
        session,
        username: 'kernel',
        date: new Date().toISOString(),
        version: jupyterProtocolVersion,
      };
      const parts = [header, message.parent ?? {}, message.metadata ?? {}, message.content].map((part) =>
        Buffer.from(JSON.stringify(part)),
      );
      return [
        ...(message.identities ?? [message.type]).map((identity) => Buffer.from(identity as Uint8Array)),
        delimiter,
        sign(parts),
        ...parts,
        ...(message.buffers ?? []).map((buffer) => Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength)),
      ];
    },
    decode(frames) {
      const start = frames.findIndex((frame) => frame.equals(delimiter));
      const parts = frames.slice(start + 2, start + 2 + partCount);
      const signature = frames[start + 1];
      if (start < 0 || signature === undefined || parts.length < partCount)
        throw new FrameError('A message has too few frames.');
      const expected = sign(parts);
      if (expected.length !== signature.length || !timingSafeEqual(expected, signature))
        throw new FrameError('A message has a wrong signature.');
      const [header, parent, metadata, content] = parts as [Buffer, Buffer, Buffer, Buffer];
      return {
        identities: frames.slice(0, start),
        header: parseHeader(header),
        parent: parsePart(parent, 'parent header'),
        metadata: parsePart(metadata, 'metadata'),
        content: parsePart(content, 'content'),
        buffers: frames.slice(start + 2 + partCount),
      };
    },
  };
};
