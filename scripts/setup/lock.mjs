import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Takes the clone's set-up lock, waiting for another set-up in this clone to end. A lock whose process is gone, or whose
 * number now belongs to another program, is stale and taken over.
 * @param {string} file
 * @param {{ onWait?: (holder: { pid: number, host: string }) => void, pollMs?: number }} [options]
 * @returns {Promise<() => void>} gives the lock back
 */
export async function takeLock(file, { onWait = () => undefined, pollMs = 500 } = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) });
  for (let said = false; ; said = true) {
    if (tryCreate(file, mine)) break;
    const theirs = readText(file);
    if (theirs === undefined) continue;
    if (isStale(theirs)) removeStale(file, theirs);
    else {
      if (!said) onWait(JSON.parse(theirs));
      await sleep(pollMs);
    }
  }
  const release = () => readText(file) === mine && rmSync(file, { force: true });
  process.once('exit', release);
  return release;
}

/** Writes the lock whole or not at all: a link to a finished file appears at once and fails where one exists. */
function tryCreate(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    return createExclusively(file, text); // a file system without links
  } finally {
    rmSync(draft, { force: true });
  }
}

function createExclusively(file, text) {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Another process may have taken the stale lock over in the meantime: then its lock is put back. */
function removeStale(file, seen) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readText(aside) !== seen) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isStale(text) {
  let lock;
  try {
    lock = JSON.parse(text);
  } catch {
    return true;
  }
  if (lock.host !== hostname()) return false; // a shared home folder: only that machine knows
  return !isAlive(lock.pid) || startOf(lock.pid) !== lock.started;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** When a process started, as text to compare: numbers of processes are used again. */
function startOf(pid) {
  try {
    if (process.platform === 'linux') {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
      return fields[0] === 'Z' ? 'ended' : fields[19];
    }
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }; // the same text whoever asks
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env }).trim();
  } catch {
    return 'unknown';
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
