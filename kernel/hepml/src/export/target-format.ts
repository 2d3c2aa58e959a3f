import type { ModelBlueprint, Task, TrainedModel } from '../models/index.ts';

/** The kinds of model that a blueprint can hold. */
export type ModelKind = ModelBlueprint['kind'];

/** What a target writes: the model as plain numbers, and what it is called. */
export interface WrittenModel {
  readonly model: Pick<TrainedModel, 'name' | 'kind' | 'provenance' | 'task'>;
  readonly blueprint: ModelBlueprint;
  /** File name without ending. */
  readonly name: string;
}

/** A written file and the events that it is asked about. */
export interface FileToRun {
  readonly content: Uint8Array;
  /** File name without ending. */
  readonly name: string;
  readonly features: readonly string[];
  /** Row-major, events x features. */
  readonly events: Float32Array;
  readonly signal?: AbortSignal;
}

/** What ran an exported file, with version, and what it gave. */
export interface TargetScores {
  /** Row-major, events x outputs. */
  readonly scores: Float32Array;
  readonly tool: string;
}

/** A format that models can be written in. Each lies in a file of its own below `targets/`; `targets.ts` lists them. */
export interface TargetFormat {
  /** For example `onnx`. */
  readonly name: string;
  /** As in messages, for example `ONNX`. */
  readonly title: string;
  /** Ending of the model's file, with its dot. */
  readonly ending: string;
  /**
   * Largest difference of a score in [0, 1] that counts as equal, for each kind of model that the format can express;
   * ten times as much, relative to its size, of a number that a regression predicts.
   * Networks sum products in float32, in another order: 2e-6. Trees add leaf values and compare exactly: 1e-6.
   */
  readonly tolerances: { readonly [kind in ModelKind]?: number };
  /** What models may have been trained for. */
  readonly tasks: readonly Task['kind'][];
  /** Whether running a file executes code that stands in it. */
  readonly runsCode: boolean;
  /** How a consumer calls the file, in one sentence, for its description. */
  usage(name: string): string;
  /** Where missing values are treated, if the file does not do it alone. */
  readonly missingValues?: string;
  /** Versions of the format, for the manifest. */
  versions?(kind: ModelKind): { readonly [name: string]: number };
  /** @throws CygnetError `export-refused` naming a part of the model that the format lacks. */
  write(written: WrittenModel): Uint8Array;
  /**
   * Evaluates a written file from its bytes alone.
   * @throws CygnetError `engine-missing` when nothing here can; `verification-failed` when the file is refused.
   */
  run(file: FileToRun): Promise<TargetScores>;
}
