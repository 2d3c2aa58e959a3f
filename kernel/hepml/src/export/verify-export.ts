import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isArrayOf, isNumber, isRecord, isString } from '@cygnet/contract';
import { CygnetError, isCygnetError } from '@cygnet/columns';
import { compareScores } from './compare-scores.ts';
import { describeFile, manifestFormat, manifestName, type ExportedFile } from './export-folder.ts';
import { formats, isTarget, type ExportTarget } from './targets.ts';
import { readValidation, validationNames } from './validation-files.ts';

/** One line of a check: a file's checksum, or the scores. */
export interface ExportCheck {
  /** The file, or `scores`. */
  readonly what: string;
  readonly result: 'ok' | 'failed' | 'not run';
  readonly found: string;
}

/** What a check of an export's folder found. */
export interface ExportReport {
  readonly folder: string;
  readonly target: string;
  /** No check failed. */
  readonly ok: boolean;
  readonly checks: readonly ExportCheck[];
}

interface Manifest {
  readonly target: ExportTarget;
  readonly name: string;
  readonly features: readonly string[];
  readonly outputs: readonly string[];
  readonly task: string;
  readonly tolerance: number;
  readonly files: readonly ExportedFile[];
}

/**
 * Checks the folder of an export, made here or elsewhere: every file must be as the manifest says (size and SHA-256), and
 * the model must give the kept scores on the kept events again. Nothing of a damaged export is run.
 *
 * A C++ header is code: it is compiled and run only with `compile: true`. Without, its scores count as not checked, which
 * is said and does not fail. Checksums find damage, not malice: whoever changes a file can change the manifest too.
 *
 * @throws CygnetError `bad-file` when the folder holds no export.
 * @example
 * const { ok, checks } = await exporters.verify('models/higgs-trees');
 */
export const verify = async (folder: string, options: { readonly compile?: boolean } = {}): Promise<ExportReport> => {
  const place = resolve(folder);
  const manifest = await readManifest(place);
  const files = await Promise.all(manifest.files.map((file) => checkFile(place, file)));
  const scores = files.every(({ result }) => result === 'ok')
    ? await checkScores(place, manifest, options)
    : { what: 'scores', result: 'not run' as const, found: 'a file is damaged' };
  const checks = [...files, scores];
  return { folder: place, target: manifest.target, ok: checks.every(({ result }) => result !== 'failed'), checks };
};

const checkFile = async (place: string, expected: ExportedFile): Promise<ExportCheck> => {
  const { path: what, bytes, sha256 } = expected;
  const content = await contentOf(join(place, what));
  if (!content) return { what, result: 'failed', found: 'missing' };
  const now = describeFile(what, content);
  if (now.bytes !== bytes) return { what, result: 'failed', found: `${now.bytes} bytes; the manifest says ${bytes}` };
  if (now.sha256 !== sha256)
    return { what, result: 'failed', found: `SHA-256 ${now.sha256}; the manifest says ${sha256}` };
  return { what, result: 'ok', found: `${bytes} bytes, SHA-256 agrees` };
};

const checkScores = async (
  place: string,
  { target, name, features, outputs, task, tolerance }: Manifest,
  options: { readonly compile?: boolean },
): Promise<ExportCheck> => {
  const what = 'scores';
  const format = formats[target];
  if (format.runsCode && !options.compile)
    return {
      what,
      result: 'not run',
      found: `that would run the code in ${name}${format.ending}: "compile" does`,
    };
  try {
    const read = (file: string): Promise<Uint8Array> => readFile(join(place, file));
    const [inputs, expected] = await Promise.all([read(validationNames.inputs), read(validationNames.expected)]);
    const events = readValidation(inputs, expected, {
      features: features.length,
      outputs: outputs.length,
    });
    const content = await read(`${name}${format.ending}`);
    const theirs = await format.run({ content, name, features, events: events.inputs });
    const { tool, maxAbsoluteDifference } = compareScores(events.expected, theirs, {
      target,
      tolerance,
      outputs: outputs.length,
      isRelative: task === 'regression',
    });
    const difference = `largest difference ${maxAbsoluteDifference === 0 ? '0' : maxAbsoluteDifference.toExponential(1)}, tolerance ${tolerance.toExponential()}`;
    return { what, result: 'ok', found: `${events.events} events, ${difference}; ${tool}` };
  } catch (error) {
    if (!isCygnetError(error)) throw error;
    return { what, result: 'failed', found: error.message };
  }
};

const contentOf = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw error;
  }
};

const isInside = (path: string): boolean =>
  path !== '' && !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '..' && part !== '.');

const isFile = (value: unknown): value is ExportedFile =>
  isRecord(value) && isString(value.path) && isInside(value.path) && isNumber(value.bytes) && isString(value.sha256);

const readManifest = async (place: string): Promise<Manifest> => {
  const bad = (why: string): never => {
    throw new CygnetError('bad-file', `"${place}" holds no export of Cygnet that can be checked: ${why}.`);
  };
  const content = (await contentOf(join(place, manifestName))) ?? bad(`there is no ${manifestName}`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(Buffer.from(content).toString('utf8'));
  } catch {
    bad(`${manifestName} is not JSON`);
  }
  if (!isRecord(manifest) || manifest.format !== manifestFormat) return bad(`${manifestName} is not of an export`);
  // Exports of version 0.1.0 are classifiers of signal, and do not say so.
  const { name, features, files, verification, outputs = ['signal'], task = 'signal' } = manifest;
  const proof: unknown = Array.isArray(verification) ? verification[0] : undefined;
  if (
    !(isString(name) && isInside(name) && isArrayOf(features, isString) && isArrayOf(files, isFile)) ||
    !(isArrayOf(outputs, isString) && outputs.length > 0 && isString(task)) ||
    !(isRecord(proof) && isString(proof.target) && isNumber(proof.tolerance))
  )
    return bad(`${manifestName} lacks a part`);
  const { target, tolerance } = proof;
  if (!isTarget(target)) return bad(`its format "${target}" is not known here`);
  const needed = [`${name}${formats[target].ending}`, validationNames.inputs, validationNames.expected];
  const absent = needed.filter((path) => !files.some((file) => file.path === path));
  if (absent.length > 0) return bad(`${manifestName} does not list ${absent.join(', ')}`);
  return { target, name, features, outputs, task, tolerance, files };
};
