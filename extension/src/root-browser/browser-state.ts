import { isCygnetError } from '@cygnet/columns';
import type { RootFile } from '@cygnet/rootio';
import { Signal, type ISignal } from '@lumino/signaling';
import type { Traffic } from './jupyter-byte-source.ts';
import { captionOf, type Picture, readPicture } from './read-picture.ts';
import { readChildren, type TreeNode, type TreeRow, visibleRows } from './tree-model.ts';

/** A file and the meter of its byte source. */
export interface OpenedFile {
  readonly file: RootFile;
  readonly traffic: () => Traffic;
}

/** State of the right half. */
export type View =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reading'; readonly name: string; readonly done?: number }
  | { readonly kind: 'ready'; readonly picture: Picture; readonly caption: string }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

/** State of the file. */
export type FileStatus =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly size: number }
  | { readonly kind: 'failed'; readonly message: string };

export interface BrowserStateOptions {
  readonly open: (signal: AbortSignal) => Promise<OpenedFile>;
  /** Milliseconds. */
  readonly now?: () => number;
}

const incompleteHint = 'It may be truncated: compare its size with that of the original, and copy it again.';

const messageOf = (error: unknown): string => {
  if (isCygnetError(error)) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
};

/** State of one ROOT document: what is open, selected and drawn. Knows nothing of the page. */
export class BrowserState {
  readonly #options: BrowserStateOptions;
  readonly #changed = new Signal<this, void>(this);
  readonly #children = new Map<string, readonly TreeNode[]>();
  readonly #expanded = new Set<string>();
  readonly #failed = new Map<string, string>();
  #opening = new AbortController();
  #reading: AbortController | undefined;
  #opened: OpenedFile | undefined;
  #status: FileStatus = { kind: 'opening' };
  #view: View = { kind: 'nothing' };
  #focused = '';
  #selected = '';

  constructor(options: BrowserStateOptions) {
    this.#options = options;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }
  get status(): FileStatus {
    return this.#status;
  }
  get view(): View {
    return this.#view;
  }
  /** The row that the keyboard stands on. */
  get focused(): string {
    return this.#focused;
  }
  /** The row that is drawn. */
  get selected(): string {
    return this.#selected;
  }
  get rows(): readonly TreeRow[] {
    return visibleRows(this.#children, this.#expanded);
  }

  /** Why the rows below a node could not be read. */
  failureOf(id: string): string | undefined {
    return this.#failed.get(id);
  }

  /** Opens the file, again if it was open. */
  async open(): Promise<void> {
    this.#opening.abort();
    this.#reading?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    const before = this.#opened;
    this.#opened = undefined;
    this.#children.clear();
    this.#expanded.clear();
    this.#failed.clear();
    this.#selected = '';
    this.#view = { kind: 'nothing' };
    this.#setStatus({ kind: 'opening' });
    try {
      await before?.file.close();
      const opened = await this.#options.open(opening.signal);
      const top = await readChildren(opened.file);
      if (opening.signal.aborted) return await opened.file.close();
      this.#opened = opened;
      this.#children.set('', top);
      this.#focused = top[0]?.id ?? '';
      this.#setStatus({ kind: 'open', size: opened.file.size });
      const trees = top.filter(({ kind }) => kind === 'tree');
      if (top.length <= 3 && trees.length === 1 && trees[0]) await this.expand(trees[0].id);
    } catch (error) {
      if (!opening.signal.aborted)
        this.#setStatus({
          kind: 'failed',
          message: isCygnetError(error, 'corrupt-data') ? `${error.message} ${incompleteHint}` : messageOf(error),
        });
    }
  }

  focus(id: string): void {
    this.#focused = id;
    this.#emit();
  }

  async expand(id: string): Promise<void> {
    const node = this.#find(id);
    const opened = this.#opened;
    if (!node?.canExpand || !opened) return;
    this.#expanded.add(id);
    this.#emit();
    if (this.#children.has(id)) return;
    try {
      const children = await readChildren(opened.file, node);
      if (this.#opened !== opened) return;
      this.#failed.delete(id);
      this.#children.set(id, children);
    } catch (error) {
      if (this.#opened !== opened) return;
      this.#expanded.delete(id);
      this.#failed.set(id, messageOf(error));
      this.#reading?.abort();
      this.#view = { kind: 'failed', name: node.name, message: messageOf(error) };
    }
    this.#emit();
  }

  collapse(id: string): void {
    this.#expanded.delete(id);
    this.#emit();
  }

  /** What a click or Enter on a row does: opens or closes it, or draws it. */
  async activate(id: string): Promise<void> {
    const node = this.#find(id);
    if (!node) return;
    this.#focused = id;
    if (node.canExpand) return this.#expanded.has(id) ? this.collapse(id) : this.expand(id);
    return this.#draw(node);
  }

  /** Stops what is being read. */
  cancel(): void {
    this.#reading?.abort();
    if (this.#view.kind === 'reading') this.#setView({ kind: 'nothing' });
  }

  dispose(): void {
    this.#opening.abort();
    this.#reading?.abort();
    void this.#opened?.file.close();
    this.#opened = undefined;
    Signal.clearData(this);
  }

  async #draw(node: TreeNode): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#selected = node.id;
    const { name } = node;
    if (node.unreadable !== undefined) return this.#setView({ kind: 'failed', name, message: node.unreadable });
    this.#setView({ kind: 'reading', name });
    const now = this.#options.now ?? (() => performance.now());
    const startedAt = now();
    const before = opened.traffic();
    try {
      const picture = await readPicture(opened.file, node, {
        signal: reading.signal,
        onProgress: (done) => !reading.signal.aborted && this.#setView({ kind: 'reading', name, done }),
      });
      if (reading.signal.aborted) return;
      const caption = captionOf(picture, node, {
        before,
        after: opened.traffic(),
        seconds: (now() - startedAt) / 1000,
      });
      this.#setView({ kind: 'ready', picture, caption });
    } catch (error) {
      if (!reading.signal.aborted) this.#setView({ kind: 'failed', name, message: messageOf(error) });
    }
  }

  #find(id: string): TreeNode | undefined {
    return this.rows.find(({ node }) => node.id === id)?.node;
  }

  #setStatus(status: FileStatus): void {
    this.#status = status;
    this.#emit();
  }

  #setView(view: View): void {
    this.#view = view;
    this.#emit();
  }

  #emit(): void {
    this.#changed.emit();
  }
}
