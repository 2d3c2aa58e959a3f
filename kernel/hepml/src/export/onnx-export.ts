import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ExportedModel } from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import type { TrainedModel } from '../models/index.ts';
import { describeExport, describeInputs, onnxHeader } from './export-description.ts';
import { checkName, describeFile, fillFolder, manifestName, nameOfFile, writeFiles } from './export-folder.ts';
import { onnxModel } from './onnx-model.ts';
import { compareScores, runOnnx, tolerances } from './onnx-verification.ts';
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
 * Writes a model as `<folder>/<name>.onnx` with its preprocessing inside, `inputs.json` (names, order, units, ranges,
 * missing values) and `manifest.json` (checksums, verification, provenance): all three or nothing.
 *
 * The file is verified before it gets its place: ONNX Runtime reads it back from disk and must give this model's scores
 * on at least 1,000 events of the model's own sample (resampled with small changes if there are fewer), and on missing
 * values, extremes and, for trees, values exactly on thresholds. Scores may differ by 2e-6 (networks) or 1e-6 (trees).
 *
 * @throws CygnetError `verification-failed` when a score differs; `export-refused` when the folder holds other things or
 * the model has a part that ONNX lacks; `engine-missing` without ONNX Runtime; `cancelled`. RangeError for a bad name.
 * @example
 * const exported = await exporters.onnx(model, { folder: 'models/higgs-trees' });
 * exported.verification.maxAbsoluteDifference; // for example 1.2e-7
 */
export const onnx = async (model: TrainedModel, options: ExportOptions): Promise<ExportedModel> => {
  const { folder, signal, onProgress } = options;
  const name = options.name === undefined ? nameOfFile(model.name) : checkName(options.name);
  if (typeof folder !== 'string' || folder === '')
    throw new TypeError("exporters.onnx needs a folder: exporters.onnx(model, { folder: 'models/trees' }).");
  const place = resolve(folder);
  const step = (message: string): void => {
    if (signal?.aborted)
      throw new CygnetError('cancelled', `Exporting "${model.name}" was cancelled; nothing was written.`);
    onProgress?.(message);
  };

  step(`Reading ${model.kind} "${model.name}"`);
  const blueprint = await model.blueprint();
  const inputs = `${JSON.stringify(describeInputs(blueprint), null, 2)}\n`;
  const fileName = `${name}.onnx`;
  const { values, counts } = verificationEvents(blueprint, model.referenceEvents);
  const width = blueprint.features.length;

  const fill = async (temporary: string) => {
    step(`Writing ${fileName}`);
    await writeFiles(temporary, {
      [fileName]: onnxModel(blueprint, onnxHeader(model, blueprint)),
      'inputs.json': inputs,
    });
    const written = await readFile(join(temporary, fileName));
    step(`Comparing ${values.length / width} events with ONNX Runtime`);
    const ours = await model.predict(values);
    const theirs = await runOnnx(written, values, width);
    const verification = compareScores(ours, theirs, { target: 'onnx', tolerance: tolerances[blueprint.kind] });
    const files = [describeFile(fileName, written), describeFile('inputs.json', Buffer.from(inputs))];
    const exportedAt = new Date().toISOString();
    const manifest = describeExport({ model, name, files, verification, events: counts, exportedAt });
    step('Writing the manifest');
    await writeFiles(temporary, { [manifestName]: `${JSON.stringify(manifest, null, 2)}\n` });
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

/** Relative to the working directory, with forward slashes; absolute when outside of it. */
const shownPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short.split(sep).join('/') || basename(path);
};
