import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';

const standardError = 2;

/** What TensorFlow 2.21 says about itself while it loads, before any log level can be set. */
const isStartUpNote = (line: string): boolean =>
  line.includes('before absl::InitializeLog()') ||
  /^I\d{4} .*(oneDNN custom operations|TF_ENABLE_ONEDNN_OPTS)/.test(line);

/**
 * Loads TensorFlow's libraries without its start-up notes on the terminal. They are written by the loader itself, so
 * that only standard error can be listened to: everything else that was written meanwhile is passed on. A user who has
 * set `TF_CPP_MIN_LOG_LEVEL` gets it all.
 */
export const withoutStartUpNotes = <Result>(load: () => Result): Result => {
  if (process.env.TF_CPP_MIN_LOG_LEVEL !== undefined || process.platform === 'win32') return load();
  process.env.TF_CPP_MIN_LOG_LEVEL = '2';
  const libc = koffi.load(null);
  const duplicate = libc.func('int dup(int)') as (descriptor: number) => number;
  const redirect = libc.func('int dup2(int, int)') as (from: number, to: number) => number;
  const folder = mkdtempSync(join(tmpdir(), 'cygnet-'));
  const path = join(folder, 'stderr.txt');
  const file = openSync(path, 'w');
  const saved = duplicate(standardError);
  redirect(file, standardError);
  try {
    return load();
  } finally {
    redirect(saved, standardError);
    closeSync(saved);
    closeSync(file);
    const others = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !isStartUpNote(line));
    if (others.length > 0) writeSync(standardError, `${others.join('\n')}\n`);
    rmSync(folder, { recursive: true });
  }
};
