import { AsyncLocalStorage } from 'node:async_hooks';
import { CommRegistry, type OutgoingComm } from '../src/comms/index.ts';
import { errorReport, setDisplaySink, type OutputCapture } from '../src/display/index.ts';
import { setWidgetSession, WidgetSession } from '../src/widgets/widget-session.ts';

type State = Readonly<Record<string, unknown>>;
type Published = Readonly<Record<string, unknown>> & { readonly type: string };

/** The other end of the widget protocol, in the test's own process: keeps what it is told, and answers. */
export class FrontEnd {
  readonly messages: OutgoingComm[] = [];
  readonly published: Published[] = [];
  /** Errors of callbacks. */
  readonly reported: unknown[] = [];
  readonly #comms = new CommRegistry((message) => this.messages.push(message));
  readonly #capturing = new AsyncLocalStorage<OutputCapture | undefined>();

  constructor() {
    const capturing = this.#capturing;
    setWidgetSession(
      new WidgetSession({
        comms: this.#comms,
        capture: (into, code) => capturing.run(into, code),
        report: (error) => this.reported.push(error),
        describe: (error) => errorReport(error, '/no/such/folder'),
      }),
    );
    setDisplaySink({
      publish: (type, content) => {
        const capture = capturing.getStore();
        if (capture) capture.publish(type, content);
        else this.published.push({ type, ...content });
      },
    });
  }

  /** States of the widgets that were opened, by id. */
  get opened(): ReadonlyMap<string, State> {
    const opening = this.messages.filter(({ type }) => type === 'comm_open');
    return new Map(opening.map(({ content }) => [String(content.comm_id), (content.data as { state: State }).state]));
  }

  /** What a widget's messages said, in order. */
  said({ id }: { readonly id: string }, method: string): readonly State[] {
    return this.messages
      .filter(({ type, content }) => type === 'comm_msg' && content.comm_id === id)
      .map(({ content }) => content.data as State & { state: State })
      .filter((data) => data.method === method)
      .map(({ state }) => state);
  }

  /** A person changes properties of a widget. */
  change(
    { id }: { readonly id: string },
    state: State,
    paths: unknown = [],
    buffers: readonly Uint8Array[] = [],
  ): Promise<void> {
    return this.tell({ id }, { method: 'update', state, buffer_paths: paths }, buffers);
  }

  tell({ id }: { readonly id: string }, data: unknown, buffers: readonly Uint8Array[] = []): Promise<void> {
    return this.#comms.handle('comm_msg', { comm_id: id, data }, buffers);
  }

  /** A front end opens a comm; gives what it hears there. */
  async ask(target: string, data: unknown): Promise<readonly OutgoingComm[]> {
    const id = 'asked';
    await this.#comms.handle('comm_open', { comm_id: id, target_name: target, data: {} }, []);
    await this.tell({ id }, data);
    return this.messages.filter(({ content }) => content.comm_id === id);
  }
}
