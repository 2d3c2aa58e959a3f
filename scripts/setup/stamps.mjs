import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'lib', '__pycache__', 'cygnet_lab', 'test-results']);

/**
 * A hash over what a step depends on. Files and folders count with their contents and names relative to `base`; a path
 * that does not exist counts as absent, so that its appearance changes the hash.
 * @param {string} base
 * @param {{ paths?: readonly string[], texts?: readonly string[] }} inputs
 */
export function fingerprint(base, { paths = [], texts = [] }) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`text:${text}\0`);
  for (const file of paths.flatMap((entry) => filesUnder(path.join(base, entry)))) {
    hash.update(`${path.relative(base, file)}\0`);
    hash.update(existsSync(file) ? readFileSync(file) : 'absent');
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}

function filesUnder(entry) {
  if (!existsSync(entry) || !statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name) && !name.startsWith('.') && !name.endsWith('.tsbuildinfo'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesUnder(path.join(entry, name)));
}

/** Stamps of finished steps: one small file each, written only after the step's work is complete. */
export function stampStore(folder) {
  const file = (step) => path.join(folder, `${step}.json`);
  return {
    /** Whether the step was finished with exactly these inputs. */
    isCurrent: (step, print) => read(file(step))?.fingerprint === print,
    read: (step) => read(file(step)),
    write(step, print, facts = {}) {
      mkdirSync(folder, { recursive: true });
      const temporary = `${file(step)}.${process.pid}`;
      writeFileSync(temporary, `${JSON.stringify({ fingerprint: print, ...facts })}\n`);
      renameSync(temporary, file(step));
    },
    /** Taken away before the work starts: a step that was interrupted is done again. */
    remove: (step) => rmSync(file(step), { force: true }),
  };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // absent, or cut off by a full disk: the step is done again
  }
}
