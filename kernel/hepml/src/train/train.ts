import { randomUUID } from 'node:crypto';
import { isCygnetError } from '@cygnet/columns';
import type { Displayable } from '@cygnet/contract';
import { isTable, randomSource, tableSha256, type Table } from '../data/index.ts';
import type { ModelDescription, Task, TrainedModel } from '../models/index.ts';
import { recordProvenance } from '../track/index.ts';
import { assembleModel } from './assemble-model.ts';
import { fingerprintOf, folderCheckpoint, type Checkpoint } from './checkpoint.ts';
import { diagnoseSample } from './diagnose-sample.ts';
import type { FitContext } from './fit.ts';
import { inputFeatures } from './input-features.ts';
import { interruption } from './interruption.ts';
import { startMonitor, type Monitor } from './monitor.ts';
import { checkTrainOptions, isTrees, networkSchedule } from './options.ts';
import type { TrainOptions } from './train-options.ts';
import { dataSha256Of } from './training-data.ts';
import { chooseFeatures, readTable, type TableReading } from './read-table.ts';
import { chooseTask } from './read-targets.ts';
import type { Sample } from './sample.ts';
import { splitSample } from './split-sample.ts';
import { balanceClasses, treatNegativeWeights } from './weight-policies.ts';
import { tensorEngine } from './tensor-engine.ts';
import { fit, isModelDescription, layoutOf } from './trainers.ts';

const referenceEvents = 1000;

/** Where the compiler does not look: in plain JavaScript, and through `any`. @throws TypeError saying what to write. */
const checkArguments = (model: unknown, table: unknown): void => {
  if (!isModelDescription(model)) {
    throw new TypeError(
      `train: the first argument describes a model: models.boostedTrees(), models.dense({ hidden: [64, 64] }).${typeof model === 'function' ? ' Call the function.' : ''}`,
    );
  }
  if (!isTable(table)) {
    throw new TypeError('train: the second argument is a Table, for example Table.from({ pt, isSignal }, { label }).');
  }
};

interface Samples {
  readonly training: Sample;
  readonly validation?: Sample;
}

const readSamples = (
  table: Table,
  reading: Omit<TableReading, 'role'>,
  options: TrainOptions,
  seed: number,
): Samples => {
  const all = readTable(table, { ...reading, role: 'training' }, options);
  const { validation } = options;
  if (validation === undefined) return { training: all };
  if (typeof validation === 'number') {
    const { features: featureNames, task } = reading;
    const parts = splitSample(all, task, validation, randomSource(seed));
    for (const part of ['training', 'validation'] as const) {
      const { labels, weights } = parts[part];
      const what = `${part} part of table "${table.name}"`;
      diagnoseSample({ what, featureNames, task, inputs: parts[part], labels, weights });
    }
    return parts;
  }
  return { training: all, validation: readTable(validation, { ...reading, role: 'validation' }, options) };
};

const parametersOf = (
  model: ModelDescription,
  task: Task,
  options: TrainOptions,
): { readonly [name: string]: unknown } => ({
  ...model,
  ...(task.kind === 'signal' ? {} : { task }),
  ...(isTrees(model) ? {} : networkSchedule(options)),
  ...(options.earlyStopping ? { earlyStopping: options.earlyStopping } : {}),
  ...(typeof options.validation === 'number' ? { validation: options.validation } : {}),
  ...(options.negativeWeights ? { negativeWeights: options.negativeWeights } : {}),
  ...(options.balance ? { balance: true } : {}),
});

/** A sample whose weights are treated as the options ask. */
const weighted = (sample: Sample, task: Task, { negativeWeights, balance }: TrainOptions): Sample => {
  const treated = treatNegativeWeights(sample, negativeWeights, task);
  return balance ? balanceClasses(treated, task) : treated;
};

/** What a training's course depends on; with a constant learning rate, not on how many epochs it is to have. */
const checkpointOf = async (
  { checkpoint, validation, schedule, weight, signalValue }: TrainOptions,
  run: {
    readonly parameters: { readonly [name: string]: unknown };
    readonly names: readonly string[];
    readonly [fact: string]: unknown;
  },
): Promise<Checkpoint | undefined> => {
  if (checkpoint === undefined) return undefined;
  const { folder, every = 1 } = typeof checkpoint === 'string' ? { folder: checkpoint } : checkpoint;
  const isConstant = schedule === undefined || (schedule.kind === 'constant' && schedule.warmUp === undefined);
  const { report } = await tensorEngine();
  const fingerprint = fingerprintOf({
    ...run,
    ...{ weight, signalValue },
    parameters: { ...run.parameters, ...(isConstant ? { epochs: 'any' } : {}) },
    engine: [report.name, report.library],
    validation: isTable(validation) ? tableSha256(validation) : validation,
  });
  return folderCheckpoint(folder, every, fingerprint);
};

/**
 * Fits a model to a table, telling nobody but `options.onProgress`.
 *
 * @throws as the package's `train`.
 */
export const fitModel = async (
  model: ModelDescription,
  table: Table,
  options: TrainOptions = {},
): Promise<TrainedModel & Displayable> => {
  checkArguments(model, table);
  checkTrainOptions(model, options);
  const { name = model.kind, seed = 1 } = options;
  const id = `${name}-${randomUUID()}`;
  const layout = layoutOf(model);
  const names = chooseFeatures(table, options, layout);
  const task = chooseTask(table, options);
  const read = readSamples(table, { features: names, layout, task }, options, seed);
  const training = weighted(read.training, task, options);
  const validation = read.validation && weighted(read.validation, task, options);
  const parameters = parametersOf(model, task, options);
  const dataSha256 = dataSha256Of(table, names, options);
  const checkpoint = await checkpointOf(options, { parameters, seed, names, task, dataSha256 });
  const features = inputFeatures(names, table.units, training);
  let monitor: Monitor | undefined;
  const begin: FitContext['startMonitor'] = (run) =>
    (monitor = startMonitor({ id, model: name, trainingEvents: training.events, ...run }, (progress) =>
      options.onProgress?.(progress),
    ));
  try {
    const fitted = await fit(model, {
      features,
      task,
      training,
      ...(validation ? { validation } : {}),
      options,
      seed,
      ...(checkpoint ? { checkpoint } : {}),
      interruption: interruption(name, options.signal),
      startMonitor: begin,
    });
    const ran = monitor ?? begin({ engine: fitted.engine, unit: 'round', totalSteps: 0 });
    ran.end('finished', fitted.message);
    const provenance = recordProvenance({
      seed,
      parameters,
      trainingEvents: training.events,
      validationEvents: validation?.events ?? 0,
      dataSha256,
      versions: fitted.versions,
    });
    return assembleModel({
      id,
      name,
      kind: model.kind,
      description: model,
      options,
      features: names,
      inputs: features,
      task,
      layout,
      fitted,
      history: ran.progress,
      provenance,
      referenceEvents:
        layout.kind === 'features'
          ? (validation ?? training).matrix.slice(0, referenceEvents * names.length)
          : new Float32Array(0),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    monitor?.end(isCygnetError(error, 'cancelled') ? 'stopped' : 'failed', message);
    throw error;
  }
};
