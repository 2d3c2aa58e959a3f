import type { Engine } from './cell.ts';

/** What the engine's thread is started with. */
export interface EngineThreadData {
  readonly folder: string;
}

export type EngineMethod = keyof Engine;

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
