/** How a cell publishes one of its names: a view on the cell's own local variable. */
export interface Accessor {
  readonly read: () => unknown;
  /** Absent for constants, functions, classes and imports. */
  readonly write: ((value: unknown) => void) | undefined;
}

export type Accessors = Readonly<Record<string, Accessor>>;

/** Holds one notebook name: later cells read and write the latest definition through it. */
export class Box {
  readonly #name: string;
  #accessor: Accessor | undefined;
  #cell: number | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  get v(): unknown {
    if (this.#accessor === undefined) throw new ReferenceError(`${this.#name} is not defined`);
    return this.#accessor.read();
  }

  set v(value: unknown) {
    const write = this.#accessor?.write;
    if (write === undefined) throw new TypeError(`Assignment to constant variable '${this.#name}'.`);
    write(value);
  }

  /** The cell that the name was defined in last. */
  get cell(): number | undefined {
    return this.#cell;
  }

  point(accessor: Accessor, cell: number): void {
    this.#accessor = accessor;
    this.#cell = cell;
  }
}

/** One box per name that the session knows. */
export class Boxes {
  readonly #boxes = new Map<string, Box>();

  clear(): void {
    this.#boxes.clear();
  }

  /** Cells that names still lead to. */
  get cells(): ReadonlySet<number | undefined> {
    return new Set([...this.#boxes.values()].map(({ cell }) => cell));
  }

  get(name: string): Box {
    const known = this.#boxes.get(name) ?? new Box(name);
    this.#boxes.set(name, known);
    return known;
  }
}
