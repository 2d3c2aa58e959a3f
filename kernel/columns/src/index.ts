/** Typed and jagged columns, expressions and histogram filling, for Node and the browser. Imports nothing. */
export * from './errors.ts';
export * from './column.ts';
export * from './column-operations.ts';
export * from './close-names.ts';
export * from './expression/index.ts';
export * from './find-column.ts';
export * from './histogram.ts';
export * from './histogram-2d.ts';
export * from './half-float.ts';
