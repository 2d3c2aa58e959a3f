/**
 * Reads damaged files in a process of its own, whose time and memory are watched from outside.
 * child.ts FIRST COUNT FILE...: damage FIRST, FIRST + 1, … of all the damages there are, over the files in turn.
 */
import { readFileSync } from 'node:fs';
import { randomNumbers } from '../damage.ts';
import { codecs } from '../node-codecs.ts';
import { damages } from './mutate.ts';
import { readEverything } from './read-everything.ts';
import { unpackMetadata } from './unpack-metadata.ts';

const [first, count, ...paths] = process.argv.slice(2);
const files = await Promise.all(
  paths.map(async (path) => {
    const bytes = new Uint8Array(readFileSync(path));
    return path.includes('rntuple') ? bytes : unpackMetadata(bytes, codecs);
  }),
);
for (const [i, bytes] of files.entries()) {
  const whole = await readEverything(bytes);
  if (whole.read < 2) throw new Error(`${paths[i] ?? ''} cannot be read when it is whole`);
}
const totals = { files: 0, untouched: 0, refused: 0, slowestMs: 0, maxRssMb: 0 };
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const file = seed % files.length;
  const [name, damage] = damages[Math.floor(seed / files.length) % damages.length] as (typeof damages)[number];
  console.log(`> ${seed} ${name} ${paths[file] ?? ''}`);
  const started = performance.now();
  const { refused } = await readEverything(damage(files[file] as Uint8Array, randomNumbers(seed)));
  totals.files++;
  totals[refused > 0 ? 'refused' : 'untouched']++;
  totals.slowestMs = Math.max(totals.slowestMs, Math.round(performance.now() - started));
}
totals.maxRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify(totals));
