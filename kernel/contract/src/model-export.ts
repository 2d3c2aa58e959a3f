import { isArrayOf, isNumber, isRecord, isString, isOptional } from './shapes.ts';

/** Comm target under which the extension asks a kernel for its models and their export. */
export const modelExportTarget = 'cygnet.model-export';

/** A trained model of the running session. */
export interface ModelSummary {
  /** Unique in the session. */
  readonly id: string;
  readonly name: string;
  /** For example `dense network` or `boosted trees`. */
  readonly kind: string;
  /** Engine that trained it. */
  readonly engine: string;
  readonly features: readonly string[];
  /** ISO 8601. */
  readonly trainedAt: string;
  /** Named figures to tell models apart, for example `{ validationAuc: 0.78 }`. */
  readonly metrics: { readonly [name: string]: number };
  /** Export formats that this model can be written in. */
  readonly targets: readonly string[];
}

/** Our scores against the target's own runtime on the same events. */
export interface Verification {
  /** For example `onnx`. */
  readonly target: string;
  /** Runtime that evaluated the exported file, with version, for example `onnxruntime-node 1.30.0`. */
  readonly tool: string;
  readonly events: number;
  readonly maxAbsoluteDifference: number;
  /** Largest absolute difference that counts as equal. */
  readonly tolerance: number;
  readonly passed: boolean;
}

/** A finished export. Paths are relative to the folder that the kernel runs in, with forward slashes. */
export interface ExportedModel {
  readonly folder: string;
  readonly files: readonly string[];
  readonly verification: Verification;
}

/** What the extension sends. `requestId` comes back in each answer to it. */
export type ModelExportRequest =
  | { readonly kind: 'list-models'; readonly requestId: string }
  | {
      readonly kind: 'export';
      readonly requestId: string;
      readonly modelId: string;
      readonly target: string;
      readonly folder: string;
    };

/** What the kernel answers. */
export type ModelExportReply =
  | {
      readonly kind: 'models';
      readonly requestId: string;
      readonly protocolVersion: number;
      readonly models: readonly ModelSummary[];
    }
  | { readonly kind: 'progress'; readonly requestId: string; readonly message: string }
  | { readonly kind: 'exported'; readonly requestId: string; readonly exported: ExportedModel }
  | { readonly kind: 'failed'; readonly requestId: string; readonly name: string; readonly message: string };

const isSummary = (value: unknown): value is ModelSummary =>
  isRecord(value) &&
  [value.id, value.name, value.kind, value.engine, value.trainedAt].every(isString) &&
  isArrayOf(value.features, isString) &&
  isArrayOf(value.targets, isString) &&
  isRecord(value.metrics) &&
  Object.values(value.metrics).every(isNumber);

/** Whether a value is a valid {@link Verification}. */
export const isVerification = (value: unknown): value is Verification =>
  isRecord(value) &&
  isString(value.target) &&
  isString(value.tool) &&
  [value.events, value.maxAbsoluteDifference, value.tolerance].every(isNumber) &&
  typeof value.passed === 'boolean';

const isExported = (value: unknown): value is ExportedModel =>
  isRecord(value) && isString(value.folder) && isArrayOf(value.files, isString) && isVerification(value.verification);

/** Whether a value is a valid {@link ModelExportRequest}. */
export const isModelExportRequest = (value: unknown): value is ModelExportRequest => {
  if (!isRecord(value) || !isString(value.requestId)) return false;
  if (value.kind === 'list-models') return true;
  return value.kind === 'export' && [value.modelId, value.target, value.folder].every(isString);
};

/** Whether a value is a valid {@link ModelExportReply}. */
export const isModelExportReply = (value: unknown): value is ModelExportReply => {
  if (!isRecord(value) || !isString(value.requestId)) return false;
  switch (value.kind) {
    case 'models':
      return isNumber(value.protocolVersion) && isArrayOf(value.models, isSummary);
    case 'progress':
      return isString(value.message);
    case 'exported':
      return isExported(value.exported);
    case 'failed':
      return isString(value.message) && isOptional(value.name, isString);
    default:
      return false;
  }
};

/** Valid messages, for tests on both sides. */
export const exampleModelSummary: ModelSummary = {
  id: 'model-1',
  name: 'higgs-trees',
  kind: 'boosted trees',
  engine: 'xgboost',
  features: ['lepton_pT', 'm_bb'],
  trainedAt: '2026-01-01T00:00:00.000Z',
  metrics: { validationAuc: 0.78 },
  targets: ['onnx'],
};

export const exampleExportedModel: ExportedModel = {
  folder: 'models/higgs-trees',
  files: ['models/higgs-trees/higgs-trees.onnx', 'models/higgs-trees/manifest.json'],
  verification: {
    target: 'onnx',
    tool: 'onnxruntime-node 1.30.0',
    events: 1000,
    maxAbsoluteDifference: 1.2e-7,
    tolerance: 2e-6,
    passed: true,
  },
};
