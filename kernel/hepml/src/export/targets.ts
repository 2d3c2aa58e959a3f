import type { TrainedModel } from '../models/index.ts';
import type { TargetFormat } from './target-format.ts';
import { cppTarget } from './targets/cpp.ts';
import { lwtnnTarget } from './targets/lwtnn.ts';
import { onnxTarget } from './targets/onnx.ts';
import { xgboostTarget } from './targets/xgboost.ts';

/** Formats that models can be written in. */
export type ExportTarget = 'onnx' | 'cpp' | 'lwtnn' | 'xgboost';

/** Every format, in the order in which they are offered. */
export const formats: { readonly [target in ExportTarget]: TargetFormat } = {
  onnx: onnxTarget,
  cpp: cppTarget,
  lwtnn: lwtnnTarget,
  xgboost: xgboostTarget,
};

/** Whether a text is the name of a format. */
export const isTarget = (target: string): target is ExportTarget => Object.hasOwn(formats, target);

/**
 * Formats that this model can be written in; none for a model that has no blueprint.
 * @example
 * exporters.targets(model); // ['onnx', 'cpp', 'xgboost'] for boosted trees of signal against background
 */
export const targets = ({
  blueprintKind,
  task,
}: Pick<TrainedModel, 'blueprintKind' | 'task'>): readonly ExportTarget[] =>
  Object.keys(formats)
    .filter(isTarget)
    .filter(
      (target) =>
        blueprintKind !== undefined &&
        formats[target].tolerances[blueprintKind] !== undefined &&
        formats[target].tasks.includes(task.kind),
    );
