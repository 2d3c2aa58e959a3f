/**
 * Damages one file in many ways and reads each: `read-damaged FILE ROUNDS SEED`. Prints how each ended as JSON: whole, by
 * the kind of error, and whatever ended otherwise. Runs in a process of its own, which is to survive.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { files, isCygnetError } from 'cygnet';

const [path = '', rounds = '1', seed = '1'] = process.argv.slice(2);

let state = Number(seed);
const random = (bound: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
};

const whole = new Uint8Array(await readFile(path));

const damaged = (round: number): Uint8Array => {
  if (round % 4 === 0) return whole.slice(0, random(whole.length));
  const bytes = whole.slice();
  // Heads and feet hold the structure: half of the damage goes there.
  const place = (): number => {
    const edge = Math.min(2048, bytes.length);
    const where = random(4);
    return where === 0 ? random(edge) : where === 1 ? bytes.length - 1 - random(edge) : random(bytes.length);
  };
  if (round % 4 === 1)
    for (let flips = 1 + random(4); flips > 0; flips--) {
      const at = place();
      bytes[at] = (bytes[at] as number) ^ (1 << random(8));
    }
  if (round % 4 === 2) {
    const at = Math.min(place(), bytes.length - 4);
    new DataView(bytes.buffer).setUint32(
      Math.max(0, at),
      [0, 0xffffffff, 0x7fffffff, 0x80000000, random(2 ** 32)][random(5)] as number,
      true,
    );
  }
  if (round % 4 === 3) {
    const at = place();
    const length = 1 + random(64);
    bytes.copyWithin(at, random(bytes.length), random(bytes.length) + length);
  }
  return bytes;
};

const ends: Record<string, number> = {};
const strange: string[] = [];
let slowest = 0;
for (let round = 0; round < Number(rounds); round++) {
  const copy = `${path}.${round}.damaged`;
  await writeFile(copy, damaged(round));
  const started = performance.now();
  let end = 'read';
  try {
    const file = await files.open(copy);
    try {
      for (const table of file.tables()) await file.read({ table, missing: 'drop' });
    } finally {
      await file.close();
    }
  } catch (error) {
    end = isCygnetError(error) ? error.kind : 'other';
    if (end === 'other')
      strange.push(`round ${round}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  slowest = Math.max(slowest, performance.now() - started);
  ends[end] = (ends[end] ?? 0) + 1;
  await rm(copy);
}
console.log(JSON.stringify({ ends, strange, slowest, memory: process.resourceUsage().maxRSS / 1024 }));
