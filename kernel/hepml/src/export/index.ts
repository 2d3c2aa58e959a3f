/**
 * Models for the world outside: each target is written from the model's blueprint and verified by the target's own
 * runtime before it is called exported. May import `models`, `data`, `native` and `track` through their doors; loads
 * ONNX Runtime and XGBoost on demand.
 */
export { cpp, lwtnn, onnx, xgboost } from './export-doors.ts';
export { exportModel } from './export-model.ts';
export { targets, type ExportTarget } from './targets.ts';
export { verify, type ExportCheck, type ExportReport } from './verify-export.ts';
export { type ExportOptions } from './write-export.ts';
