/**
 * Tables in files of every format that high-energy physics meets: opened by their content, read whole or in chunks, written
 * whole or not at all. May
 * import columns, rootio, the table, ROOT files, the version and the Python environment. Each library behind it has one folder here and
 * is loaded by the first file that needs it.
 */
export { open } from './open.ts';
export type { OpenOptions } from './open.ts';
export { write } from './write/write.ts';
export { writeFriend } from './root/write-friend.ts';
export type { FriendOptions } from './root/write-friend.ts';
export type { WriteOptions, Written } from './write/write.ts';
export type { Compression, WritableFormat } from './write/writer.ts';
export type { DataFile, ReadOptions, StreamReadOptions } from './core/data-file.ts';
export type { ColumnInfo, FormatName, FormatOptions, TableInfo } from './core/format.ts';
export type { MissingPolicy } from './core/decoded.ts';
export type { TableFacts } from './core/table-facts.ts';
