import type { FromUserThread } from '../thread-messages.ts';
import type { Output } from './output.ts';

/** Kept from before user code runs, which may overwrite the global. */
const OwnPromise = Promise;

/** Questions to the person at the notebook. */
export class StandardInput {
  readonly #post: (message: FromUserThread) => void;
  readonly #output: Output;
  readonly #waiting = new Map<number, (value: string) => void>();
  /** Whether the front end of the running cell can answer. */
  isAllowed = false;
  #lastId = 0;

  constructor(post: (message: FromUserThread) => void, output: Output) {
    this.#post = post;
    this.#output = output;
  }

  readonly ask = async (prompt = '', { password = false }: { readonly password?: boolean } = {}): Promise<string> => {
    if (!this.isAllowed) throw new Error('input() needs a front end that can be asked; this one takes no questions.');
    this.#lastId += 1;
    const id = this.#lastId;
    this.#post({ kind: 'input', id, prompt, password, parent: this.#output.parent });
    return new OwnPromise((resolve) => this.#waiting.set(id, resolve));
  };

  answer(id: number, value: string): void {
    this.#waiting.get(id)?.(value);
    this.#waiting.delete(id);
  }
}
