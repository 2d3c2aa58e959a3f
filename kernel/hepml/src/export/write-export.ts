import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ExportedModel } from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import type { TrainedModel } from '../models/index.ts';
import { compareScores, toleranceFor } from './compare-scores.ts';
import { describeExport, describeInputs } from './export-description.ts';
import { checkName, describeFile, fillFolder, manifestName, nameOfFile, writeFiles } from './export-folder.ts';
import type { TargetFormat } from './target-format.ts';
import { targets } from './targets.ts';
import { someEvents, validationFiles } from './validation-files.ts';
import { verificationEvents } from './verification-events.ts';

/** Where and how an export is written. */
export interface ExportOptions {
  /** Made if missing; an older export there is replaced, anything else is refused. Relative to the working directory. */
  readonly folder: string;
  /** File name without ending; default: the model's name, made fit for a file. */
  readonly name?: string;
  readonly signal?: AbortSignal;
  /** Called with a line of text at each step. */
  readonly onProgress?: (message: string) => void;
}

/**
 * Writes a model in one format, with `inputs.json`, `validation/` (some events with their scores) and `manifest.json`:
 * all or nothing. The model's file is read back from disk and must give this model's scores on at least 1,000 events
 * before it gets its place.
 */
export const writeExport = async (
  model: TrainedModel,
  format: TargetFormat,
  options: ExportOptions,
): Promise<ExportedModel> => {
  const { folder, signal, onProgress } = options;
  const name = options.name === undefined ? nameOfFile(model.name) : checkName(options.name);
  if (typeof folder !== 'string' || folder === '')
    throw new TypeError(
      `exporters.${format.name} needs a folder: exporters.${format.name}(model, { folder: 'models/trees' }).`,
    );
  const place = resolve(folder);
  const step = (message: string): void => {
    if (signal?.aborted)
      throw new CygnetError('cancelled', `Exporting "${model.name}" was cancelled; nothing was written.`);
    onProgress?.(message);
  };

  step(`Reading ${model.kind} "${model.name}"`);
  const tolerance = requireTolerance(model, format);
  const blueprint = await model.blueprint();
  const fileName = `${name}${format.ending}`;
  const { values, counts } = verificationEvents(blueprint, model.referenceEvents);
  const features = blueprint.features.map((feature) => feature.name);

  const fill = async (temporary: string) => {
    step(`Writing ${fileName}`);
    await writeFiles(temporary, { [fileName]: format.write({ model, blueprint, name }) });
    const content = await readFile(join(temporary, fileName));
    step(`Comparing ${values.length / features.length} events with ${format.title}`);
    const ours = await model.predict(values);
    const theirs = await format.run({ content, name, features, events: values, ...(signal ? { signal } : {}) });
    const verification = compareScores(ours, theirs, {
      target: format.name,
      tolerance: toleranceFor(tolerance, model.task),
      outputs: blueprint.outputs.length,
      isRelative: model.task.kind === 'regression',
    });
    const beside = {
      'inputs.json': Buffer.from(`${JSON.stringify(describeInputs(model.task, blueprint, format, name), null, 2)}\n`),
      ...validationFiles(someEvents({ inputs: values, expected: ours, events: values.length / features.length })),
    };
    const files = Object.entries({ [fileName]: content, ...beside }).map((file) => describeFile(...file));
    const exportedAt = new Date().toISOString();
    const facts = { model, blueprint, format, name, files, verification, events: counts, exportedAt };
    step('Writing the manifest');
    await writeFiles(temporary, { ...beside, [manifestName]: `${JSON.stringify(describeExport(facts), null, 2)}\n` });
    return { files, verification };
  };
  const { files, verification } = await fillFolder(place, fill);
  onProgress?.(`Exported to ${shownPath(place)}`);
  return {
    folder: shownPath(place),
    files: [...files.map(({ path }) => path), manifestName].map((path) => shownPath(join(place, path))),
    verification,
  };
};

const inWords = { dense: 'dense networks', trees: 'trees' } as const;
const taskInWords = {
  signal: 'classifiers of signal against background',
  classes: 'classifiers of several classes',
  regression: 'regressions',
} as const;

/** @throws CygnetError `export-refused` for a kind of model that a format lacks, with the formats that have it. */
const requireTolerance = (model: TrainedModel, format: TargetFormat): number => {
  const { blueprintKind: kind, task } = model;
  const refuse = (lack: string): never => {
    const others = targets(model);
    const possible = others.length > 0 ? `Its targets: ${others.join(', ')}.` : 'No format can express it yet.';
    throw new CygnetError('export-refused', `Cannot export "${model.name}" to "${format.name}": ${lack}. ${possible}`);
  };
  if (kind === undefined) return refuse(`a ${model.kind} is no feed-forward network of features, nor trees`);
  const tolerance = format.tolerances[kind];
  if (tolerance === undefined) return refuse(`${format.title} has no ${inWords[kind]} here`);
  if (!format.tasks.includes(task.kind)) return refuse(`${format.title} has no ${taskInWords[task.kind]} here`);
  return tolerance;
};

/** Relative to the working directory, with forward slashes; absolute when outside of it. */
const shownPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short.split(sep).join('/') || basename(path);
};
