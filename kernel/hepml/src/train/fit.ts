import type { EngineReport, InputFeature, ModelBlueprint, Task, TreeImportance } from '../models/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Interruption } from './interruption.ts';
import type { Monitor, MonitoredRun } from './monitor.ts';
import type { TrainOptions } from './train-options.ts';
import type { EventInputs, Sample } from './sample.ts';

/** What every trainer is handed. */
export interface FitContext {
  readonly features: readonly InputFeature[];
  readonly task: Task;
  readonly training: Sample;
  readonly validation?: Sample;
  readonly options: TrainOptions;
  readonly seed: number;
  /** Where to leave the state between epochs, and to go on from. */
  readonly checkpoint?: Checkpoint;
  readonly interruption: Interruption;
  /** To be called once the engine is known. */
  startMonitor(run: Pick<MonitoredRun, 'engine' | 'unit' | 'totalSteps' | 'earlier'>): Monitor;
}

/** A fitted model's own part of what is saved. */
export interface SavedFit {
  /** Plain data for JSON. */
  readonly state: unknown;
  readonly file: Uint8Array;
}

/** A saved model's own part, with what is known of it from the description. */
export interface SavedParts extends SavedFit {
  readonly name: string;
  readonly features: readonly InputFeature[];
  readonly task: Task;
}

/** What a fitted model can do. */
export type Abilities = Pick<Fitted, 'predict' | 'blueprint' | 'treeImportance' | 'save' | 'dispose'>;

/** What every trainer gives back. */
export interface Fitted {
  readonly engine: EngineReport;
  /** Why it ended before its last step, and which step's weights it kept. */
  readonly message?: string;
  /** Step whose weights the model has, counted from 1. */
  readonly keptStep: number;
  /** Versions of the libraries that took part. */
  readonly versions: { readonly [library: string]: string };
  /** Predictions for raw inputs, row-major, events x outputs. */
  predict(inputs: EventInputs): Promise<Float32Array>;
  /** Of trees. */
  readonly treeImportance?: () => readonly TreeImportance[];
  /** What a file of the model holds: JSON beside it, and bytes. */
  save(): SavedFit;
  /** Absent when no blueprint can express the model. */
  readonly blueprint?: { readonly kind: ModelBlueprint['kind']; make(): ModelBlueprint };
  dispose(): void;
}
