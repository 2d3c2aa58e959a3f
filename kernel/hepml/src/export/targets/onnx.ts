import { onnxHeader } from '../export-description.ts';
import { onnxVersions } from '../onnx-graph.ts';
import { onnxModel } from '../onnx-model.ts';
import { runOnnx } from '../onnx-verification.ts';
import type { TargetFormat } from '../target-format.ts';

/** ONNX with all preprocessing in the graph: what ONNX Runtime and the experiments' frameworks around it read. */
export const onnxTarget: TargetFormat = {
  name: 'onnx',
  title: 'ONNX',
  ending: '.onnx',
  tolerances: { dense: 2e-6, trees: 1e-6 },
  tasks: ['signal', 'classes', 'regression'],
  runsCode: false,
  usage: (name) => `Run ${name}.onnx with any ONNX Runtime: feed "features", fetch "output".`,
  versions: (kind) => ({
    onnxIr: onnxVersions.ir,
    onnxOpset: onnxVersions.opset,
    ...(kind === 'trees' ? { onnxMlOpset: onnxVersions.mlOpset } : {}),
  }),
  write: ({ model, blueprint }) => onnxModel(blueprint, onnxHeader(model, blueprint)),
  run: ({ content, events, features }) => runOnnx(content, events, features.length),
};
