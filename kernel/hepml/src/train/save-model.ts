import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import { isArrayOf, isRecord, isString, isTrainingProgress, type Displayable } from '@cygnet/contract';
import type { Table } from '../data/index.ts';
import type { InputFeature, ModelDescription, Provenance, Task, TrainedModel } from '../models/index.ts';
import { assembleModel, partsOf } from './assemble-model.ts';
import { floatsOf } from './network-model.ts';
import { layoutOf, loadFitted, isModelDescription } from './trainers.ts';
import { dataSha256Of } from './training-data.ts';
import type { TrainOptions } from './train-options.ts';

const format = 'cygnet-model';
const descriptionName = 'model.json';
const modelName = 'model.bin';
const referenceName = 'reference.f32';

/** Options of a training that can be written down. */
type SavedOptions = Omit<TrainOptions, 'onProgress' | 'signal' | 'validation' | 'checkpoint'> & {
  readonly validation?: number | 'table';
};

interface SavedModel {
  readonly name: string;
  readonly description: ModelDescription;
  readonly options: SavedOptions;
  readonly task: Task;
  readonly features: readonly InputFeature[];
  readonly keptStep: number;
  readonly engine: TrainedModel['engine'];
  readonly history: TrainedModel['history'];
  readonly provenance: Provenance;
  /** What the model's file needs beside it: preprocessing, shapes. */
  readonly state: unknown;
  readonly sha256: { readonly [file: string]: string };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** JSON has no NaN: a range that nobody knows is null. */
const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const savedOptions = ({
  onProgress: _,
  signal: __,
  checkpoint: ___,
  validation,
  ...rest
}: TrainOptions): SavedOptions => ({
  ...rest,
  ...(validation === undefined ? {} : { validation: typeof validation === 'number' ? validation : 'table' }),
});

/**
 * Saves a trained model of any kind as a folder: `model.json` (description, options, preprocessing, features with units, history,
 * provenance), `model.bin` (weights, or XGBoost's own file) and some events. Written whole or not at all; an older
 * model there is replaced.
 *
 * @throws CygnetError `unsupported` for a model that `train` or `loadModel` of this library did not make; `export-refused` when the
 *   folder holds other things.
 * @example
 * await saveModel(model, 'models/higgs');
 */
export const saveModel = async (model: TrainedModel, folder: string): Promise<void> => {
  const parts = partsOf(model);
  if (typeof folder !== 'string' || folder === '')
    throw new TypeError("saveModel needs a folder: saveModel(model, 'models/higgs').");
  const { state, file } = parts.fitted.save();
  const reference = bytesOf(parts.referenceEvents);
  const saved = {
    format,
    formatVersion: 1,
    name: parts.name,
    description: parts.description,
    options: savedOptions(parts.options),
    task: parts.task,
    features: parts.inputs.map((feature) => ({
      ...feature,
      min: finiteOrNull(feature.min),
      max: finiteOrNull(feature.max),
    })),
    keptStep: parts.fitted.keptStep,
    ...(parts.fitted.message === undefined ? {} : { message: parts.fitted.message }),
    engine: parts.fitted.engine,
    history: parts.history,
    provenance: parts.provenance,
    state,
    sha256: { [modelName]: sha256(file), [referenceName]: sha256(reference) },
  };
  await refuseOtherThings(folder);
  const temporary = `${folder.replace(/[/\\]+$/, '')}.${process.pid}.tmp`;
  try {
    await mkdir(temporary, { recursive: true });
    await writeFile(join(temporary, modelName), file);
    await writeFile(join(temporary, referenceName), reference);
    await writeFile(join(temporary, descriptionName), `${JSON.stringify(saved, null, 1)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
};

const refuseOtherThings = async (folder: string): Promise<void> => {
  const there = await stat(folder).catch(() => undefined);
  if (there === undefined) return;
  await readSaved(folder).catch((cause: unknown) => {
    throw new CygnetError(
      'export-refused',
      `"${folder}" is there already and holds no saved model, so it is left as it is. Choose another folder.`,
      { cause },
    );
  });
};

const isFeature = (value: unknown): value is InputFeature =>
  isRecord(value) && isString(value.name) && isString(value.unit);

const isSaved = (value: unknown): value is SavedModel =>
  isRecord(value) &&
  value.format === format &&
  isString(value.name) &&
  isModelDescription(value.description) &&
  isRecord(value.options) &&
  isRecord(value.task) &&
  isArrayOf(value.features, isFeature) &&
  Number.isInteger(value.keptStep) &&
  isRecord(value.engine) &&
  isTrainingProgress(value.history) &&
  isRecord(value.provenance) &&
  isRecord(value.sha256);

const readSaved = async (folder: string): Promise<SavedModel> => {
  const bad = (why: string, cause?: unknown): never => {
    throw new CygnetError('bad-file', `"${folder}" holds no saved model: ${why}.`, { cause });
  };
  const text = await readFile(join(folder, descriptionName), 'utf8').catch((cause: unknown) =>
    bad(`${descriptionName} cannot be read`, cause),
  );
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch (cause) {
    bad(`${descriptionName} is no JSON`, cause);
  }
  return isSaved(saved) ? saved : bad(`${descriptionName} lacks a part, or is of another version`);
};

const readChecked = async (folder: string, name: string, { sha256: sums }: SavedModel): Promise<Uint8Array> => {
  const bytes = await readFile(join(folder, name)).catch((cause: unknown) => {
    throw new CygnetError('bad-file', `"${folder}" lacks ${name}, which its model needs.`, { cause });
  });
  if (sha256(bytes) === sums[name]) return bytes;
  throw new CygnetError(
    'bad-file',
    `${name} in "${folder}" is damaged: its checksum is not that of ${descriptionName}.`,
  );
};

/**
 * A model out of a folder that {@link saveModel} wrote: it predicts, exports and explains as before.
 *
 * @throws CygnetError `bad-file` when the folder holds no model or a file is damaged; `engine-missing` without the engine.
 * @example
 * const model = await loadModel('models/higgs');
 * const scores = await model.predict(table);
 */
export const loadModel = async (folder: string): Promise<TrainedModel & Displayable> => {
  const saved = await readSaved(folder);
  const [file, reference] = (await Promise.all(
    [modelName, referenceName].map((name) => readChecked(folder, name, saved)),
  )) as [Uint8Array, Uint8Array];
  const { name, description, task, history, provenance, keptStep, engine } = saved;
  const inputs = saved.features.map((feature) => ({
    ...feature,
    min: (feature.min as number | null) ?? NaN,
    max: (feature.max as number | null) ?? NaN,
  }));
  const abilities = await loadFitted(description, { name, features: inputs, task, state: saved.state, file });
  const { validation, ...options } = saved.options;
  return assembleModel({
    id: history.id,
    name,
    kind: description.kind,
    description,
    options: typeof validation === 'number' ? { ...options, validation } : options,
    features: inputs.map((feature) => feature.name),
    inputs,
    task,
    layout: layoutOf(description),
    fitted: { ...abilities, engine, keptStep, versions: provenance.versions },
    history,
    provenance,
    referenceEvents: floatsOf(reference),
  });
};

/** What a saved model was trained with, for training it again. */
export const savedTraining = async (
  folder: string,
  table: Table,
  options: Pick<TrainOptions, 'validation' | 'onProgress' | 'signal'>,
): Promise<{ readonly description: ModelDescription; readonly options: TrainOptions }> => {
  const saved = await readSaved(folder);
  const { validation, ...rest } = saved.options;
  if (validation === 'table' && options.validation === undefined)
    throw new TypeError(
      `retrain: "${saved.name}" was validated on a table of its own. Give that table: { validation: table }.`,
    );
  const names = saved.features.map((feature) => feature.name);
  const found = dataSha256Of(table, names, rest);
  if (found !== saved.provenance.dataSha256)
    throw new CygnetError(
      'model-mismatch',
      `retrain: table "${table.name}" is not what "${saved.name}" was trained on: SHA-256 of its columns is ${found}, not ${saved.provenance.dataSha256}.`,
    );
  return {
    description: saved.description,
    options: {
      ...rest,
      features: names,
      name: saved.name,
      ...(typeof validation === 'number' ? { validation } : {}),
      ...options,
    },
  };
};
