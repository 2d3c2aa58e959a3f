import type { Engine } from './cell.ts';

/** What the engine's thread is started with. */
export interface EngineThreadData {
  readonly folder: string;
}

/** A cell that later cells can refer to. */
export interface CommittedCell {
  readonly id: number;
  readonly code: string;
  readonly live: readonly string[];
}

/** What the thread answers. */
export interface EngineThreadMethods extends Omit<Engine, 'commit'> {
  /** Gives the ids of all cells that later ones can still refer to. */
  commit(id: number, live: readonly string[]): Promise<readonly number[]>;
  /** Makes a cell known that another thread compiled. */
  restore(cell: CommittedCell): Promise<void>;
}

export type EngineMethod = keyof EngineThreadMethods;

export interface EngineRequest {
  readonly id: number;
  readonly method: EngineMethod;
  readonly args: readonly unknown[];
}

export interface EngineAnswer {
  readonly id: number;
  readonly result?: unknown;
  /** Stack of an exception inside the engine. */
  readonly failure?: string;
}
