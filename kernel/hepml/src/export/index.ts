/**
 * Models for the world outside: each target is written from the model's blueprint and verified by the target's own
 * runtime before it is called exported. May import `models` and `data` through their doors; loads ONNX Runtime on demand.
 */
export { onnx, type ExportOptions } from './onnx-export.ts';
export { exportModel, targets, type ExportTarget } from './export-model.ts';
