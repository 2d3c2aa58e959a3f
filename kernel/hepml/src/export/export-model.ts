import type { ExportedModel } from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import type { TrainedModel } from '../models/index.ts';
import { folderInside } from './export-folder.ts';
import { formats, isTarget, targets } from './targets.ts';
import { writeExport } from './write-export.ts';

/**
 * Writes a model in one of its {@link targets}: what a notebook's Export button calls. Unlike `exporters.onnx`, which
 * writes where its caller says, this stays inside of the working directory.
 * @param options.folder Relative to the working directory.
 * @throws CygnetError `export-refused` for an unknown target or a folder outside, before anything is written; else as
 * the target's own function, for example `exporters.onnx`.
 * @example
 * await exporters.exportModel(model, { target: 'onnx', folder: 'models/higgs-trees' });
 */
export const exportModel = async (
  model: TrainedModel,
  options: {
    readonly target: string;
    readonly folder: string;
    readonly signal?: AbortSignal;
    readonly onProgress?: (message: string) => void;
  },
): Promise<ExportedModel> => {
  const { target, folder, ...rest } = options;
  const possible = targets(model);
  if (!isTarget(target))
    throw new CygnetError(
      'export-refused',
      possible.length > 0
        ? `Cannot export "${model.name}" to "${target}". Its targets: ${possible.join(', ')}.`
        : `No format can express "${model.name}", a ${model.kind}, yet. saveModel keeps it for this library.`,
    );
  return writeExport(model, formats[target], { ...rest, folder: await folderInside(process.cwd(), folder) });
};
