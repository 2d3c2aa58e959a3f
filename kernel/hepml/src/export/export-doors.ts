import type { ExportedModel } from '@cygnet/contract';
import type { TrainedModel } from '../models/index.ts';
import { formats } from './targets.ts';
import { writeExport, type ExportOptions } from './write-export.ts';

/**
 * Writes a model as `<folder>/<name>.onnx` with its preprocessing inside, `inputs.json` (names, order, units, ranges,
 * missing values), `validation/` (some events with their scores) and `manifest.json` (checksums, verification,
 * provenance): all or nothing.
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
export const onnx = (model: TrainedModel, options: ExportOptions): Promise<ExportedModel> =>
  writeExport(model, formats.onnx, options);

/**
 * Writes a model as one C++17 header, `<folder>/<name>.hpp`, that needs the standard library only:
 * `float evaluate(const float*)` in a namespace of its own, with the names and units of its inputs. It allocates nothing
 * and may run in many threads. The rest of the folder, and what counts as equal, is as of `exporters.onnx`.
 *
 * The header is verified with this machine's C++ compiler (`CXX`, else c++, g++ or clang++; warnings are errors).
 *
 * @throws CygnetError `engine-missing` without a compiler: nothing unverified is written; else as `exporters.onnx`.
 * @example
 * await exporters.cpp(model, { folder: 'models/higgs-trees-cpp', name: 'higgs-trees' });
 * // #include "higgs-trees.hpp"   float score = model_higgs_trees::evaluate(features);
 */
export const cpp = (model: TrainedModel, options: ExportOptions): Promise<ExportedModel> =>
  writeExport(model, formats.cpp, options);

/**
 * Writes a dense network as `<folder>/<name>.lwtnn.json`, the sequential form of lwtnn (ATLAS's evaluator of networks,
 * https://github.com/lwtnn/lwtnn). The rest of the folder is as of `exporters.onnx`.
 *
 * No package registry has lwtnn: a second evaluator, written from the format's definition, verifies the file to 2e-6,
 * and the manifest says that it was not lwtnn itself.
 *
 * @throws CygnetError `export-refused` for trees and for the activation `softplus`; else as `exporters.onnx`.
 * @example
 * await exporters.lwtnn(network, { folder: 'models/higgs-network-lwtnn' });
 */
export const lwtnn = (model: TrainedModel, options: ExportOptions): Promise<ExportedModel> =>
  writeExport(model, formats.lwtnn, options);

/**
 * Writes trees as `<folder>/<name>.xgboost.json`, a model file of XGBoost that old readers understand as new ones do: the
 * base score is in the leaves of the first tree. The rest of the folder is as of `exporters.onnx`. XGBoost itself
 * verifies the file to 1e-6. XGBoost refuses `[`, `]` and `<` in names of features: they become `_` in the file.
 *
 * @throws CygnetError `export-refused` for networks; `engine-missing` without XGBoost; else as `exporters.onnx`.
 * @example
 * await exporters.xgboost(bdt, { folder: 'models/higgs-trees-xgboost' });
 */
export const xgboost = (model: TrainedModel, options: ExportOptions): Promise<ExportedModel> =>
  writeExport(model, formats.xgboost, options);
