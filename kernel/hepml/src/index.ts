/** Machine learning for high-energy physics: data, models, metrics, plots and export. Runs in plain Node. */
export { CygnetError, isCygnetError } from '@cygnet/columns';
export type { CygnetErrorKind } from '@cygnet/columns';
export { Table } from './data/index.ts';
export * as datasets from './datasets/index.ts';
export * as root from './root/index.ts';
