import { Reply, Router } from 'zeromq';
import { addressOf, type Connection } from './connection.ts';
import { createFraming, FrameError } from './frames.ts';
import type { Message, OutgoingMessage } from './message.ts';
import { Publications } from './publications.ts';

/** Sockets over which requests come in. */
export type RequestChannel = 'shell' | 'control' | 'stdin';
/** Sockets over which we send messages. */
export type Channel = RequestChannel | 'iopub';

export interface Wire {
  /** Sends in order per channel. Errors of a closed socket are reported once through `onError`. */
  send(channel: Channel, message: OutgoingMessage): void;
  /** Whether clients take less of iopub than is sent. */
  readonly isCrowded: boolean;
  /** Resolves when iopub is not crowded. */
  cleared(): Promise<void>;
  close(): Promise<void>;
}

export interface WireOptions {
  readonly onMessage: (channel: RequestChannel, message: Message) => void;
  /** A client has subscribed to iopub and been welcomed. */
  readonly onSubscription?: () => void;
  /** A refused message or a broken socket; the wire goes on. */
  readonly onError: (error: Error) => void;
}

/** A client that goes away must not hold the kernel's exit longer than this. */
const lingerMs = 500;

/** Binds the kernel's five sockets and answers the heartbeat. */
export const openWire = async (
  connection: Connection,
  { onMessage, onSubscription, onError }: WireOptions,
): Promise<Wire> => {
  const framing = createFraming(connection.key);
  const unlimited = { linger: lingerMs, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
  const requests = { shell: new Router(unlimited), control: new Router(unlimited), stdin: new Router(unlimited) };
  const iopub = new Publications({
    lingerMs,
    onSubscription(subscription) {
      send('iopub', { type: 'iopub_welcome', content: { subscription }, identities: [subscription] });
      onSubscription?.();
    },
  });
  const heartbeat = new Reply({ linger: 0 });
  const sockets = { ...requests, iopub, hb: heartbeat };
  await Promise.all(
    Object.entries(sockets).map(([name, socket]) => socket.bind(addressOf(connection, name as keyof typeof sockets))),
  );

  let closed = false;
  const report = (error: unknown): void => {
    if (!closed) onError(error instanceof Error ? error : new Error(String(error)));
  };
  const receive = async (channel: RequestChannel): Promise<void> => {
    for await (const frames of requests[channel]) {
      try {
        onMessage(channel, framing.decode(frames));
      } catch (error) {
        report(
          error instanceof FrameError ? error : new Error(`Handling a ${channel} message failed`, { cause: error }),
        );
      }
    }
  };
  const beat = async (): Promise<void> => {
    for await (const frames of heartbeat) await heartbeat.send(frames);
  };
  for (const channel of ['shell', 'control', 'stdin'] as const) receive(channel).catch(report);
  beat().catch(report);

  const tails = new Map<Channel, Promise<void>>();
  const send = (channel: Channel, message: OutgoingMessage): void => {
    const frames = framing.encode(message);
    const tail = tails.get(channel) ?? Promise.resolve();
    const sent = channel === 'iopub' ? iopub.send(frames) : tail.then(() => requests[channel].send(frames));
    tails.set(channel, sent.catch(report));
  };
  iopub.listen().catch(report);
  return {
    send,
    get isCrowded() {
      return iopub.isCrowded;
    },
    cleared: () => iopub.cleared(),
    async close() {
      await Promise.all(tails.values());
      closed = true;
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
};
