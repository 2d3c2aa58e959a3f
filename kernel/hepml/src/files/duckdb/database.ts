import { resolve } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** DuckDB, loaded when the first file needs it. */
export const loadDuckDb = () => import('@duckdb/node-api');
export type DuckDb = Awaited<ReturnType<typeof loadDuckDb>>;

/** No extension is fetched or loaded by itself, and everything stays in memory. */
const settings = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_unsigned_extensions: 'false',
  allow_persistent_secrets: 'false',
};

let shared: Promise<DuckDBInstance> | undefined;

/** A connection of its own to one database in memory that holds nothing: files are only read through it. */
export const connect = async (): Promise<DuckDBConnection> => {
  const { DuckDBInstance } = await loadDuckDb();
  shared ??= DuckDBInstance.create(':memory:', settings);
  return (await shared).connect();
};

/** Text as a literal of SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an identifier of SQL. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A path as a parameter: absolute, so never taken for an address, and with the signs of patterns made plain. */
export const pathParameter = (path: string): string => resolve(path).replaceAll(/[*?[{]/g, (sign) => `[${sign}]`);
