/** Values, errors and trainings as MIME bundles, and the functions by which user code displays. Imports the contract. */
export { createDisplay, displaysSent, type NotebookDisplay } from './display-functions.ts';
export { errorReport } from './error-report.ts';
export { mimeBundleOf } from './mime-bundle.ts';
export { displaySink, setDisplaySink, type DisplaySink, type OutputCapture } from './sink.ts';
export { TrainingDisplay } from './training-display.ts';
/** URL of the module that cells get for `tslab`. */
export const tslabModuleUrl = new URL(import.meta.url.endsWith('.ts') ? './tslab.ts' : './tslab.js', import.meta.url)
  .href;
