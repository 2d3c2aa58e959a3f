/**
 * ROOT files by path or URL: Node byte sources and codecs for the reader, and trees as tables.
 * Imports columns, rootio and the table.
 */
export { open } from './open.ts';
export type { OpenOptions } from './open.ts';
export { readTable } from './read-table.ts';
export type { ReadTableOptions } from './read-table.ts';
export { stream } from './stream.ts';
export type { StreamTableOptions } from './stream.ts';
export { codecs, nodeCodecs } from './node-codecs.ts';
export type { CodecInUse, CodecReport } from './node-codecs.ts';
export { fileSource } from './file-source.ts';
export { httpSource } from './http/http-source.ts';
export type { HttpSourceOptions } from './http/http-source.ts';
