import type { ModelSummary, TrainingProgress } from '@cygnet/contract';
import type { Table } from '../data/index.ts';
import type { ModelBlueprint } from './blueprint.ts';

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
}

/** A fitted classifier. */
export interface TrainedModel {
  /** Unique in this process. */
  readonly id: string;
  readonly name: string;
  /** In words: `dense network`, `boosted trees`. */
  readonly kind: string;
  readonly features: readonly string[];
  readonly engine: EngineReport;
  readonly history: TrainingProgress;
  readonly provenance: Provenance;
  /** Up to 1,000 events of the validation (else training) sample, row-major over `features`: what an export is verified on. */
  readonly referenceEvents: Float32Array;
  readonly summary: ModelSummary;
  /**
   * Signal probability of each event, in [0, 1].
   * @param data A table with this model's features (extra columns are ignored), or a row-major float32 matrix of them.
   * @throws CygnetError `model-mismatch` when a feature is missing.
   */
  predict(data: Table | Float32Array): Promise<Float32Array>;
  /** The model as plain numbers, for export and inspection. */
  blueprint(): Promise<ModelBlueprint>;
  /** Frees native memory; the model cannot predict afterwards. */
  dispose(): void;
}
