/**
 * ROOT files by path or URL: Node byte sources and codecs for the reader, and trees as tables.
 * Imports columns, rootio and the table.
 */
export { open } from './open.ts';
export type { OpenOptions } from './open.ts';
export { readTable, stream } from './chain.ts';
export type { Friend, ReadTableOptions, StreamTableOptions } from './chain.ts';
export type { Files } from './file-list.ts';
export { codecs, nodeCodecs } from './node-codecs.ts';
export type { CodecInUse, CodecReport } from './node-codecs.ts';
export { fileSource } from './file-source.ts';
export { httpSource } from './http/http-source.ts';
export type { HttpSourceOptions } from './http/http-source.ts';
