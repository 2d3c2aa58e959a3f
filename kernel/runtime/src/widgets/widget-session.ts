import type { Comm, CommRegistry, SendOptions } from '../comms/index.ts';
import type { OutputCapture } from '../display/index.ts';
import type { ErrorReport } from '../thread-messages.ts';
import { splitState } from './binary-state.ts';

/** A widget as the front ends know it. */
export interface LiveWidget {
  readonly id: string;
  /** Everything that a front end needs to make it. */
  snapshot(): Readonly<Record<string, unknown>>;
  /** Sends what waits. */
  flush(): void;
}

export interface WidgetServices {
  readonly comms: CommRegistry;
  /** Runs code; what it and what it starts prints and shows goes to `into`. */
  readonly capture: <T>(into: OutputCapture, code: () => T) => T;
  /** Tells the person at the notebook of an error in a callback. */
  readonly report: (error: unknown) => void;
  readonly describe: (error: unknown) => ErrorReport;
}

/** Version of the widget protocol that this kernel speaks. */
const protocolVersion = '2.1.0';

/** The widgets of a session. Front ends that come later ask it for all of them. */
export class WidgetSession {
  readonly #services: WidgetServices;
  readonly #widgets = new Map<string, LiveWidget>();

  constructor(services: WidgetServices) {
    this.#services = services;
    services.comms.registerTarget('jupyter.widget.control', (comm) => {
      comm.onMessage = ({ data }) => {
        if ((data as { method?: unknown } | null)?.method === 'request_states') this.#sendAll(comm);
      };
    });
  }

  get services(): Omit<WidgetServices, 'comms'> {
    return this.#services;
  }

  /** Makes a widget known to the front ends. */
  open(data: unknown, { buffers = [] }: SendOptions): Comm {
    return this.#services.comms.open('jupyter.widget', data, { metadata: { version: protocolVersion }, buffers });
  }

  add(widget: LiveWidget): void {
    this.#widgets.set(widget.id, widget);
  }

  delete(id: string): void {
    this.#widgets.delete(id);
  }

  get(id: string): LiveWidget | undefined {
    return this.#widgets.get(id);
  }

  /** Sends every change that waits. */
  flush(): void {
    for (const widget of this.#widgets.values()) widget.flush();
  }

  #sendAll(comm: Comm): void {
    const all = Object.fromEntries([...this.#widgets].map(([id, widget]) => [id, snapshotOf(widget)]));
    const { state, paths, buffers } = splitState(all);
    comm.send({ method: 'update_states', states: state, buffer_paths: paths }, { buffers });
  }
}

const snapshotOf = (widget: LiveWidget): Readonly<Record<string, unknown>> => {
  const state = widget.snapshot();
  return {
    model_name: state._model_name,
    model_module: state._model_module,
    model_module_version: state._model_module_version,
    state,
  };
};

let current: WidgetSession | undefined;

/** Called by the kernel when it starts. */
export const setWidgetSession = (session: WidgetSession): void => {
  current = session;
};

export const hasWidgetSession = (): boolean => current !== undefined;

/** @throws Error outside a kernel */
export const widgetSession = (): WidgetSession => {
  if (current === undefined) throw new Error('There is no notebook for widgets: this is not a Cygnet kernel.');
  return current;
};
