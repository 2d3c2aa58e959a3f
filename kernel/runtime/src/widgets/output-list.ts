import type { OutputCapture } from '../display/index.ts';
import type { ErrorReport } from '../thread-messages.ts';

/** One output, as notebook files hold it. */
export type NotebookOutput = Readonly<Record<string, unknown>>;

/** Characters of printed text that an output area keeps at least; older ones go. */
const longestText = 200_000;

/** Where an output area keeps its outputs. */
export interface OutputStore {
  read(): readonly NotebookOutput[];
  write(outputs: readonly NotebookOutput[]): void;
}

/** Adds messages to the outputs of an output area, as a notebook does to those of a cell. */
export class OutputList implements OutputCapture {
  readonly #store: OutputStore;
  readonly #displayIds = new WeakMap<NotebookOutput, string>();
  #isClearing = false;

  constructor(store: OutputStore) {
    this.#store = store;
  }

  stream(name: 'stdout' | 'stderr', text: string): void {
    const outputs = this.#begun();
    const last = outputs.at(-1);
    const isSame = last?.output_type === 'stream' && last.name === name;
    const joined = shortened(isSame ? `${String(last.text)}${text}` : text);
    this.#store.write([...(isSame ? outputs.slice(0, -1) : outputs), { output_type: 'stream', name, text: joined }]);
  }

  publish(...[type, content]: Parameters<OutputCapture['publish']>): void {
    if (type === 'clear_output') return this.clear({ wait: content.wait === true });
    const id = (content.transient as { display_id?: string } | undefined)?.display_id;
    const output = { output_type: 'display_data', data: content.data, metadata: content.metadata ?? {} };
    if (id !== undefined) this.#displayIds.set(output, id);
    if (type === 'display_data') return this.#add(output);
    const isIt = (known: NotebookOutput): boolean => id !== undefined && this.#displayIds.get(known) === id;
    this.#store.write(this.#store.read().map((known) => (isIt(known) ? output : known)));
  }

  error({ ename, evalue, traceback }: ErrorReport): void {
    this.#add({ output_type: 'error', ename, evalue, traceback });
  }

  /** Empties the area; with `wait`, only when the next output comes. */
  clear({ wait = false }: { readonly wait?: boolean } = {}): void {
    this.#isClearing = true;
    if (!wait) this.settle();
  }

  /** Empties the area if that waits for an output. */
  settle(): void {
    if (this.#isClearing) this.#store.write(this.#begun());
  }

  /** The outputs that the next one is added to. */
  #begun(): readonly NotebookOutput[] {
    const kept = this.#isClearing ? [] : this.#store.read();
    this.#isClearing = false;
    return kept;
  }

  #add(output: NotebookOutput): void {
    this.#store.write([...this.#begun(), output]);
  }
}

/** Cuts now and then only: cutting at each line would copy all of the text for it. */
const shortened = (text: string): string =>
  text.length <= 2 * longestText ? text : `[earlier text left out]\n${text.slice(-longestText)}`;
