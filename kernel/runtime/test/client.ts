import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Request, Subscriber } from 'zeromq';
import { createFraming, type Framing } from '../src/wire/frames.ts';
import type { JsonObject, Message } from '../src/wire/index.ts';

export type Ports = Readonly<Record<'shell' | 'control' | 'stdin' | 'iopub' | 'hb', number>>;
export type AskChannel = 'shell' | 'control';

/** What came of an execution, in the order of the iopub channel. */
export interface Execution {
  readonly reply: Message;
  readonly outputs: readonly Message[];
}

const patienceMs = 45_000;

/** A Jupyter client of the tests' own: no framework between the test and the wire. */
export class Client {
  readonly framing: Framing;
  readonly session = randomUUID();
  /** Everything that came on iopub. */
  readonly published: Message[] = [];
  /** Questions that came on stdin. */
  readonly questions: Message[] = [];
  readonly sockets: { shell: Dealer; control: Dealer; stdin: Dealer; iopub: Subscriber; hb: Request };
  readonly #replies = new Map<string, Message>();
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
    this.framing = createFraming(key, this.session);
    const routingId = this.session;
    this.sockets = {
      shell: new Dealer({ routingId, linger: 0 }),
      control: new Dealer({ routingId, linger: 0 }),
      stdin: new Dealer({ routingId, linger: 0 }),
      iopub: new Subscriber({ linger: 0 }),
      hb: new Request({ linger: 0, receiveTimeout: 3000 }),
    };
  }

  /** Resolves when the kernel answers and its outputs arrive. */
  static async connect(ports: Ports, key: string): Promise<Client> {
    const client = new Client(key);
    for (const [name, socket] of Object.entries(client.sockets))
      socket.connect(`tcp://127.0.0.1:${ports[name as keyof Ports]}`);
    client.sockets.iopub.subscribe();
    void client.#receive(client.sockets.shell, (message) => client.#replied(message));
    void client.#receive(client.sockets.control, (message) => client.#replied(message));
    void client.#receive(client.sockets.stdin, (message) => client.questions.push(message));
    void client.#receive(client.sockets.iopub, (message) => client.published.push(message));
    for (let tries = 0; tries < 50; tries += 1) {
      const id = await client.send('shell', 'kernel_info_request', {});
      const isThere = (): boolean => client.published.some(({ parent }) => parent.msg_id === id);
      if (await client.#eventually(isThere, 300)) return client;
    }
    throw new Error('The kernel does not answer.');
  }

  async send(
    channel: 'shell' | 'control' | 'stdin',
    type: string,
    content: JsonObject,
    buffers: readonly Uint8Array[] = [],
  ): Promise<string> {
    const frames = this.framing.encode({ type, content, identities: [], buffers });
    const id = this.framing.decode(frames).header.msg_id;
    await this.sockets[channel].send(frames);
    return id;
  }

  /** Sends parts as they are, rightly signed. */
  async sendRaw(channel: 'shell' | 'control' | 'stdin', parts: readonly unknown[]): Promise<void> {
    const texts = parts.map((part) => JSON.stringify(part));
    const signature = createHmac('sha256', this.#key).update(texts.join('')).digest('hex');
    await this.sockets[channel].send(['<IDS|MSG>', signature, ...texts]);
  }

  async request(channel: AskChannel, type: string, content: JsonObject): Promise<Message> {
    return this.replyTo(await this.send(channel, type, content));
  }

  replyTo(id: string): Promise<Message> {
    return this.until(() => this.#replies.get(id), `a reply to ${id}`);
  }

  /** Messages on iopub that a request caused so far. */
  causedBy(id: string): readonly Message[] {
    return this.published.filter(({ parent }) => parent.msg_id === id);
  }

  /** Sends code without waiting. */
  start(code: string, options: JsonObject = {}): Promise<string> {
    return this.send('shell', 'execute_request', {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...options,
    });
  }

  /** Sends code and resolves when it runs. */
  async startRunning(code: string): Promise<string> {
    const id = await this.start(`console.log('running');\n${code}`);
    await this.until(() => this.causedBy(id).find(({ header }) => header.msg_type === 'stream'), 'the start');
    return id;
  }

  /** Waits for the reply and the idle status of an execution. */
  async finish(id: string): Promise<Execution> {
    const reply = await this.replyTo(id);
    const isIdle = (): boolean => this.causedBy(id).some(({ content }) => content.execution_state === 'idle');
    await this.until(() => isIdle() || undefined, 'an idle status');
    return { reply, outputs: this.causedBy(id) };
  }

  async execute(code: string, options: JsonObject = {}): Promise<Execution> {
    return this.finish(await this.start(code, options));
  }

  /** Waits until a look gives something. */
  async until<T>(look: () => T | undefined, what: string): Promise<T> {
    let found: T | undefined;
    await this.#eventually(() => (found = look()) !== undefined, patienceMs);
    if (found === undefined) throw new Error(`Waited in vain for ${what}.`);
    return found;
  }

  close(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  #replied(message: Message): void {
    this.#replies.set(String(message.parent.msg_id), message);
  }

  async #receive(socket: Dealer | Subscriber, take: (message: Message) => void): Promise<void> {
    for await (const frames of socket) take(this.framing.decode(frames));
  }

  async #eventually(isSo: () => boolean, timeoutMs: number): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    while (!isSo()) {
      if (performance.now() > end) return false;
      await sleep(5);
    }
    return true;
  }
}

/** Texts of a stream, joined. */
export const streamText = ({ outputs }: Execution, name: 'stdout' | 'stderr'): string =>
  outputs
    .filter(({ header, content }) => header.msg_type === 'stream' && content.name === name)
    .map(({ content }) => String(content.text))
    .join('');

/** Contents of one message type. */
export const contents = ({ outputs }: Execution, type: string): readonly JsonObject[] =>
  outputs.filter(({ header }) => header.msg_type === type).map(({ content }) => content);

/** The text of a cell's result, or what its error said. */
export const resultText = (execution: Execution): unknown => {
  const data = contents(execution, 'execute_result')[0]?.data as Record<string, unknown> | undefined;
  return data?.['text/plain'] ?? execution.reply.content.evalue;
};
