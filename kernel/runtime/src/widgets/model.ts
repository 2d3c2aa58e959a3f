import { inspect } from 'node:util';
import type { Comm, CommMessage } from '../comms/index.ts';
import { joinState, splitState } from './binary-state.ts';
import type { Kind, Origin } from './kind.ts';
import { Listeners, type Listener } from './listeners.ts';
import { isSame, wireNameOf, type Property } from './property.ts';
import { SendPace } from './send-pace.ts';
import { widgetSession, type LiveWidget } from './widget-session.ts';

/** A property has got another value. */
export interface Change<T = unknown> {
  readonly name: string;
  readonly value: T;
  readonly previous: T;
  /** `front end` when a person did it. */
  readonly origin: Origin;
}

/** What a front end's own kind of message holds. */
export interface CustomMessage {
  readonly content: unknown;
  readonly buffers: readonly Uint8Array[];
}

/** Part of the time that goes into sending a widget's changes at most. */
const largestShare = 0.1;

type State = Readonly<Record<string, unknown>>;

/** One widget, mirrored in every front end. Properties are assigned and read like those of any object. */
export class Model<V extends object = object> implements LiveWidget {
  readonly id: string;
  readonly #kind: Kind;
  readonly #values: Record<string, unknown>;
  readonly #comm: Comm;
  readonly #pace: SendPace;
  readonly #unsent = new Set<string>();
  readonly #listeners = new Listeners();
  #references: State;
  #isClosed = false;

  /** @param references makes what belongs to the widget, once the options are found right: its layout and style */
  constructor(kind: Kind, options: object, references: () => State = () => ({})) {
    this.#kind = kind;
    this.#values = Object.fromEntries(Object.entries(kind.properties).map(([name, { initial }]) => [name, initial]));
    this.#store(options, 'kernel');
    this.#references = references();
    const session = widgetSession();
    const { state, paths, buffers } = splitState(this.snapshot());
    this.#comm = session.open({ state, buffer_paths: paths }, { buffers });
    this.#comm.onMessage = (message) => this.#receive(message);
    this.#comm.onClose = () => this.#forget();
    this.id = this.#comm.id;
    this.#pace = new SendPace({ send: () => this.#sendUnsent() });
    session.add(this);
    Object.defineProperties(this, accessorsOf(kind));
  }

  /** Assigns several properties in one step: front ends see all of them change at once. */
  set(values: Partial<V>): void {
    this.#apply(values, 'kernel');
  }

  /** @internal */
  get(name: string): unknown {
    return this.#values[name];
  }

  /** @internal Whether front ends know a property. */
  isShared(name: string): boolean {
    const { properties } = this.#kind;
    return Object.hasOwn(properties, name) && properties[name]?.isLocal !== true;
  }

  /**
   * Calls `listener` whenever a property has changed, whoever changed it. What the listener prints and shows goes to the
   * cell that called `observe`.
   *
   * @returns a function that ends it
   */
  observe<K extends keyof V & string>(name: K, listener: (change: Change<V[K]>) => unknown): () => void {
    this.#property(name);
    return this.#listeners.add(name, listener);
  }

  /**
   * Resolves with the next value of a property, also in the cell that runs now: its widgets are answered while it awaits.
   *
   * @throws Error when the widget is closed or the cell is interrupted meanwhile
   */
  async next<K extends keyof V & string>(name: K): Promise<V[K]> {
    if (this.#kind.events?.includes(name)) return this.#next<never>(`on ${name}`);
    this.#property(name);
    return (await this.#next<Change<V[K]>>(name)).value;
  }

  /** Calls `listener` when the widget is closed, or with each message of its own kind. Returns a function that ends it. */
  on(event: 'close', listener: () => unknown): () => void;
  on(event: 'message', listener: (message: CustomMessage) => unknown): () => void;
  on(event: string, listener: Listener): () => void {
    const { name, events = [] } = this.#kind;
    if (![...events, 'close', 'message'].includes(event))
      throw new TypeError(`${name} has no event "${event}". It has: ${[...events, 'close', 'message'].join(', ')}.`);
    return this.#listeners.add(`on ${event}`, listener);
  }

  /** Sends a custom message to the front ends. */
  send(content: unknown, buffers: readonly Uint8Array[] = []): void {
    this.#comm.send({ method: 'custom', content }, { buffers });
  }

  /** Removes the widget from the front ends. Outputs that show it become empty. */
  close(): void {
    if (this.#isClosed) return;
    this.#forget();
    this.#comm.close();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @internal Everything that a front end needs to make this widget. */
  snapshot(): State {
    const { model, view, module, viewModule = module, version, properties } = this.#kind;
    const identity = {
      _model_module: module,
      _model_module_version: version,
      _model_name: model,
      _view_module: viewModule,
      _view_module_version: version,
      _view_name: view,
    };
    return { ...identity, ...this.#references, ...this.#encode(Object.keys(properties)) };
  }

  /** @internal Sends what waits. */
  flush(): void {
    if (this.#unsent.size > 0) this.#pace.flush();
  }

  /** The widget in words. */
  toString(): string {
    const { properties, name } = this.#kind;
    const value = 'value' in properties ? `(value: ${inspect(this.#values.value)})` : '';
    return `${name}${value}${this.#isClosed ? ', closed' : ''}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #next<T>(event: string): Promise<T> {
    this.#refuseClosed();
    const message = `${this.#kind.name} was closed while its next change was awaited.`;
    return this.#listeners.next(event, { event: 'on close', message });
  }

  /** @internal Sends references to other widgets. */
  protected refer(references: State): void {
    this.#refuseClosed();
    this.#references = { ...this.#references, ...references };
    this.#comm.send({ method: 'update', state: references, buffer_paths: [] });
  }

  #property(name: string): Property<unknown> {
    const { properties, name: kind } = this.#kind;
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined)
      throw new TypeError(`${kind} has no property "${name}". It has: ${Object.keys(properties).join(', ')}.`);
    return property;
  }

  /** Takes over values, and what they entail; gives what has changed. */
  #store(values: object, origin: Origin): readonly Change[] {
    const kind = this.#kind;
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    for (const [name, value] of given) {
      const property = this.#property(name);
      if (!property.is(value))
        throw new TypeError(`${kind.name}.${name} must be ${property.expects}; got ${inspect(value, { depth: 1 })}.`);
    }
    const wanted = { ...this.#values, ...Object.fromEntries(given) };
    const also = kind.constrain?.(wanted, new Set(given.map(([name]) => name)), origin) ?? {};
    const changes: Change[] = [];
    for (const [name, value] of Object.entries({ ...wanted, ...also })) {
      const previous = this.#values[name];
      if (isSame(previous, value)) continue;
      this.#values[name] = value;
      changes.push({ name, value, previous, origin });
    }
    return changes;
  }

  #apply(values: object, origin: Origin): void {
    this.#refuseClosed();
    const changes = this.#store(values, origin);
    const isTold = (name: string): boolean =>
      origin === 'front end' && isSame((values as State)[name], this.#values[name]);
    const touched = new Set([
      ...changes.map(({ name }) => name),
      ...(origin === 'front end' ? Object.keys(values) : []),
    ]);
    for (const name of touched) if (!this.#property(name).isLocal && !isTold(name)) this.#unsent.add(name);
    if (this.#unsent.size > 0) this.#pace.request();
    for (const change of changes) this.#listeners.emit(change.name, change);
  }

  #encode(names: readonly string[]): State {
    const shared = names.filter((name) => !this.#property(name).isLocal);
    return Object.fromEntries(
      shared.map((name) => {
        const property = this.#property(name);
        return [wireNameOf(name, property), property.encode(this.#values[name])];
      }),
    );
  }

  /** Gives how long to wait until the next time: what is large goes less often. */
  #sendUnsent(): number {
    const start = performance.now();
    const names = [...this.#unsent];
    this.#unsent.clear();
    const { state, paths, buffers } = splitState(this.#encode(names));
    this.#comm.send({ method: 'update', state, buffer_paths: paths }, { buffers });
    return (performance.now() - start) / largestShare;
  }

  #receive({ data, buffers }: CommMessage): void {
    const { method, state, content, buffer_paths: paths } = (data ?? {}) as State;
    switch (method) {
      case 'update':
        return this.#updateFromFrontEnd((state ?? {}) as State, Array.isArray(paths) ? paths : [], buffers);
      case 'request_state': {
        const split = splitState(this.snapshot());
        const message = { method: 'update', state: split.state, buffer_paths: split.paths };
        return this.#comm.send(message, { buffers: split.buffers });
      }
      case 'custom': {
        const event = (content as { event?: unknown } | null)?.event;
        if (this.#kind.events?.some((known) => known === event)) this.#listeners.emit(`on ${String(event)}`);
        return this.#listeners.emit('on message', { content, buffers });
      }
    }
  }

  /** Front ends hear of each other's changes at once; what does not hold is corrected. */
  #updateFromFrontEnd(state: State, paths: readonly unknown[], buffers: readonly Uint8Array[]): void {
    if (buffers.length === 0) this.#comm.send({ method: 'echo_update', state, buffer_paths: [] });
    const received = Object.entries(this.#kind.properties).filter(
      ([name, property]) => !property.isLocal && Object.hasOwn(state, wireNameOf(name, property)),
    );
    try {
      joinState(state, paths, buffers);
      const values = received.map(([name, property]) => [name, property.decode(state[wireNameOf(name, property)])]);
      this.#apply(Object.fromEntries(values) as object, 'front end');
    } catch (error) {
      for (const [name] of received) this.#unsent.add(name);
      this.#pace.flush();
      throw error;
    }
  }

  #refuseClosed(): void {
    if (this.#isClosed) throw new Error(`This ${this.#kind.name} is closed. Make a new one.`);
  }

  #forget(): void {
    this.#isClosed = true;
    this.#pace.cancel();
    widgetSession().delete(this.id);
    this.#listeners.emit('on close');
  }
}

const accessors = new WeakMap<Kind, PropertyDescriptorMap>();

/** A kind's properties as accessors. */
const accessorsOf = (kind: Kind): PropertyDescriptorMap => {
  const known = accessors.get(kind);
  if (known) return known;
  const made: PropertyDescriptorMap = {};
  for (const name of Object.keys(kind.properties)) {
    made[name] = {
      enumerable: true,
      get(this: Model): unknown {
        return this.get(name);
      },
      set(this: Model, value: unknown) {
        this.set({ [name]: value });
      },
    };
  }
  accessors.set(kind, made);
  return made;
};
