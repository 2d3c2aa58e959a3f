/** ROOT files to columns, the same code in Node and in the browser. Byte source and codecs are handed in. Imports columns. */
export type * from './byte-source.ts';
export type * from './codecs.ts';
export type * from './root-file.ts';
export type { PlainArray, PlainObject, PlainValue } from './plain-value.ts';
export { decompressLz4 } from './lz4.ts';
export { memorySource } from './memory-source.ts';
export { openRoot } from './open-root.ts';
export type { OpenRootOptions } from './open-root.ts';
