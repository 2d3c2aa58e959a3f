import type { ModelSummary, TrainingProgress } from '@cygnet/contract';
import type { Table } from '../data/index.ts';
import type { ModelBlueprint } from './blueprint.ts';
import type { Task } from './task.ts';

/** Which engine ran, where, and why a faster one did not. */
export interface EngineReport {
  readonly name: 'tf-graph' | 'tf-eager' | 'wasm' | 'xgboost';
  /** For example `CPU`. */
  readonly device: string;
  /** Library and version, for example `TensorFlow 2.21.0`. */
  readonly library: string;
  /** Why a faster engine was not used; absent when this is the fastest. */
  readonly note?: string;
}

/** What is needed to make the model again. */
export interface Provenance {
  readonly trainedAt: string;
  readonly seed: number;
  readonly parameters: { readonly [name: string]: unknown };
  readonly trainingEvents: number;
  readonly validationEvents: number;
  /** SHA-256 of the training columns. */
  readonly dataSha256: string;
  readonly versions: { readonly [library: string]: string };
  /** For example `linux x64, 2 x Intel Xeon`. */
  readonly machine?: string;
  /** Commit of the repository around the working directory, where there is one. */
  readonly gitCommit?: string;
}

/** What a feature does in trees. */
export interface TreeImportance {
  readonly feature: string;
  /** Splits on it, in all trees. */
  readonly splits: number;
  /** Loss that its splits have won: all together, and the mean a split (XGBoost's `gain`). */
  readonly totalGain: number;
  readonly gain: number;
  /** Mean sum of second derivatives of the loss over the events that a split on it sees (XGBoost's `cover`). */
  readonly cover: number;
}

/** A fitted model. */
export interface TrainedModel {
  /** Unique in this process. */
  readonly id: string;
  readonly name: string;
  /** In words: `dense network`, `boosted trees`. */
  readonly kind: string;
  readonly features: readonly string[];
  /** What it was trained for. */
  readonly task: Task;
  /** Names of what it predicts, in order: `['signal']`, the classes, `['energy', 'energy_sigma']`. */
  readonly outputs: readonly string[];
  /** The common representation that it can be had in; absent when no representation can express it. */
  readonly blueprintKind?: ModelBlueprint['kind'];
  readonly engine: EngineReport;
  readonly history: TrainingProgress;
  readonly provenance: Provenance;
  /** Up to 1,000 events of the validation (else training) sample, row-major over `features`: what an export is verified on. */
  readonly referenceEvents: Float32Array;
  readonly summary: ModelSummary;
  /**
   * Signal probability of each event, in [0, 1]; with several {@link outputs}, row-major, events x outputs.
   * @param data A table with this model's features (extra columns are ignored), or a row-major float32 matrix of them
   * (not for models of particles).
   * @throws CygnetError `model-mismatch` when a feature is missing.
   */
  predict(data: Table | Float32Array): Promise<Float32Array>;
  /** The predictions as a table with a column an output. @throws as {@link predict}. */
  predictTable(data: Table | Float32Array): Promise<Table>;
  /** Of trees: gain and cover of each feature with a split, largest total gain first. Absent for other models. */
  readonly treeImportance?: () => readonly TreeImportance[];
  /**
   * The model as plain numbers, for export and inspection.
   * @throws CygnetError `unsupported` for a model without {@link blueprintKind}.
   */
  blueprint(): Promise<ModelBlueprint>;
  /** Frees native memory; the model cannot predict afterwards. */
  dispose(): void;
}
