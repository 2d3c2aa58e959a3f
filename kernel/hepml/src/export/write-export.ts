import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ExportedModel } from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import type { TrainedModel } from '../models/index.ts';
import { compareScores } from './compare-scores.ts';
import { describeExport, describeInputs } from './export-description.ts';
import { checkName, describeFile, fillFolder, manifestName, nameOfFile, writeFiles } from './export-folder.ts';
import type { ModelKind, TargetFormat } from './target-format.ts';
import { targetsOfKind } from './targets.ts';
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
  const blueprint = await model.blueprint();
  const tolerance = requireTolerance(model, format, blueprint.kind);
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
    const verification = compareScores(ours, theirs, { target: format.name, tolerance });
    const beside = {
      'inputs.json': Buffer.from(`${JSON.stringify(describeInputs(blueprint, format, name), null, 2)}\n`),
      ...validationFiles(someEvents(values, ours)),
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

const inWords: { readonly [kind in ModelKind]: string } = { dense: 'dense networks', trees: 'trees' };

/** @throws CygnetError `export-refused` for a kind of model that a format lacks, with the formats that have it. */
const requireTolerance = (model: TrainedModel, format: TargetFormat, kind: ModelKind): number => {
  const tolerance = format.tolerances[kind];
  if (tolerance === undefined)
    throw new CygnetError(
      'export-refused',
      `Cannot export "${model.name}" to "${format.name}": ${format.title} has no ${inWords[kind]} here. Its targets: ` +
        `${targetsOfKind(kind).join(', ')}.`,
    );
  return tolerance;
};

/** Relative to the working directory, with forward slashes; absolute when outside of it. */
const shownPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short.split(sep).join('/') || basename(path);
};
