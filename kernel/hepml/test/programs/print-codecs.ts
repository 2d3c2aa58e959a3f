/** Reads one file in four compressions and prints which codecs did it, as JSON. */
import { fileURLToPath } from 'node:url';
import { codecs, readTable } from '../../src/root/index.ts';
import { tableSha256 } from '../../src/data/index.ts';

const path = (codec: string): string =>
  fileURLToPath(new URL(`../../../rootio/fixtures/uproot-HZZ${codec}.root`, import.meta.url));
const tables = await Promise.all(['', '-zstd', '-lz4', '-lzma'].map((codec) => readTable(path(codec))));
const hashes = new Set(tables.map((table) => tableSha256(table)));
console.log(
  JSON.stringify({ report: await codecs(), rows: tables.map(({ length }) => length), sameHashes: hashes.size === 1 }),
);
