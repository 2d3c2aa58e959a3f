import type { EngineReport, InputFeature, ModelBlueprint, Task } from '../models/index.ts';
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
  /** Absent when no blueprint can express the model. */
  readonly blueprint?: { readonly kind: ModelBlueprint['kind']; make(): ModelBlueprint };
  dispose(): void;
}
