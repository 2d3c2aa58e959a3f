import type { Verification } from '@cygnet/contract';
import type { InputFeature, ModelBlueprint, Task, TrainedModel } from '../models/index.ts';
import { cygnetVersion } from '../track/index.ts';
import { manifestFormat, type ExportedFile } from './export-folder.ts';
import type { OnnxHeader } from './onnx-graph.ts';
import { onnxInput, onnxOutput } from './onnx-model.ts';
import type { TargetFormat } from './target-format.ts';
import type { VerificationEvents } from './verification-events.ts';

/** Class labels by the value of the training label. */
const classes = ['background', 'signal'];

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const missingTreatment = (
  blueprint: ModelBlueprint,
  feature: number,
  { missingValues = 'replaced inside of the model' }: TargetFormat,
): { readonly [key: string]: unknown } =>
  blueprint.kind === 'dense'
    ? { value: 'NaN', treatment: missingValues, by: blueprint.fill[feature] }
    : { value: 'NaN', treatment: 'goes to the side that each split has learned' };

/** What comes out, in words and numbers. */
const describeOutput = (task: Task, outputs: readonly string[]): { readonly [key: string]: unknown } => {
  switch (task.kind) {
    case 'signal':
      return { range: [0, 1], meaning: 'signal probability', classes };
    case 'classes':
      return { range: [0, 1], meaning: 'probability of each class', classes: outputs };
    case 'regression':
      return { meaning: `prediction of "${task.target}"`, loss: task.loss, columns: outputs };
  }
};

/** `inputs.json`: what to feed, in which order and unit, and what comes out. */
export const describeInputs = (task: Task, blueprint: ModelBlueprint, format: TargetFormat, name: string): unknown => ({
  formatVersion: 1,
  usage: format.usage(name),
  input: { name: onnxInput, type: 'float32', shape: ['N', blueprint.features.length] },
  features: blueprint.features.map(({ name: feature, unit, min, max }: InputFeature, index) => ({
    index,
    name: feature,
    unit,
    type: 'float32',
    trainingRange: [finiteOrNull(min), finiteOrNull(max)],
    missing: missingTreatment(blueprint, index, format),
  })),
  preprocessing: 'inside of the model: feed values as they are in the data, in the units given here',
  output: {
    name: onnxOutput,
    type: 'float32',
    shape: ['N', blueprint.outputs.length],
    ...describeOutput(task, blueprint.outputs),
  },
});

/** Names, units, ranges and origin, for the ONNX file's own metadata. */
export const onnxHeader = (
  model: Pick<TrainedModel, 'name' | 'kind' | 'provenance' | 'task'>,
  blueprint: ModelBlueprint,
): OnnxHeader => ({
  graphName: model.name,
  description: `${model.kind} "${model.name}": ${describeOutput(model.task, blueprint.outputs).meaning as string} from ${blueprint.features.length} features`,
  producerVersion: cygnetVersion,
  metadata: {
    model_name: model.name,
    model_kind: model.kind,
    features: JSON.stringify(blueprint.features.map(({ name }) => name)),
    units: JSON.stringify(blueprint.features.map(({ unit }) => unit)),
    training_ranges: JSON.stringify(blueprint.features.map(({ min, max }) => [finiteOrNull(min), finiteOrNull(max)])),
    missing_value: 'NaN',
    ...(model.task.kind === 'signal' ? { classes: JSON.stringify(classes) } : {}),
    outputs: JSON.stringify(blueprint.outputs),
    task: JSON.stringify(model.task),
    provenance: JSON.stringify(model.provenance),
  },
});

/** `manifest.json`: the files, the proof that they give our scores, and where the model comes from. */
export const describeExport = (facts: {
  readonly model: TrainedModel;
  readonly blueprint: ModelBlueprint;
  readonly format: TargetFormat;
  readonly name: string;
  readonly files: readonly ExportedFile[];
  readonly verification: Verification;
  readonly events: VerificationEvents['counts'];
  readonly exportedAt: string;
}): unknown => {
  const { model, blueprint, format, name, files, verification, events, exportedAt } = facts;
  return {
    format: manifestFormat,
    formatVersion: 1,
    name,
    features: blueprint.features.map((feature) => feature.name),
    outputs: blueprint.outputs,
    task: model.task.kind,
    model: { name: model.name, kind: model.kind, engine: model.engine },
    exportedAt,
    files,
    verification: [{ ...verification, eventsOfSort: events }],
    provenance: model.provenance,
    versions: {
      cygnet: cygnetVersion,
      node: process.versions.node,
      verifiedBy: verification.tool,
      ...format.versions?.(blueprint.kind),
    },
  };
};
