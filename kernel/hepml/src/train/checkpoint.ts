import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import { isArrayOf, isNumber, isRecord, isString, type TrainingStep } from '@cygnet/contract';
import type { AdamValues } from './adam.ts';

/** A training between two epochs: all that the next one starts from. */
export interface TrainingState {
  readonly epoch: number;
  readonly optimiser: AdamValues;
  /** Weights of the best epoch so far, one after another, where early stopping asks for them. */
  readonly best?: Float32Array;
  readonly history: readonly TrainingStep[];
}

/** Where a training leaves its state. */
export interface Checkpoint {
  /** Epochs from one state to the next. */
  readonly every: number;
  /** What was left there. @throws CygnetError `training-failed` when it is of another training, `bad-file`. */
  load(): Promise<TrainingState | undefined>;
  save(state: TrainingState): Promise<void>;
}

export const checkpointName = 'checkpoint.cygnet';
const magic = 'CYGCKPT1';

interface Header {
  readonly fingerprint: string;
  readonly epoch: number;
  readonly steps: number;
  readonly parameters: number;
  readonly hasBest: boolean;
  readonly history: readonly TrainingStep[];
  /** SHA-256 of the numbers behind the header. */
  readonly sha256: string;
}

const isHeader = (value: unknown): value is Header =>
  isRecord(value) &&
  [value.fingerprint, value.sha256].every(isString) &&
  [value.epoch, value.steps, value.parameters].every(isNumber) &&
  typeof value.hasBest === 'boolean' &&
  isArrayOf(value.history, isRecord);

const sha256 = (...parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest('hex');
};

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Text, its length before it, then the numbers: weights, two moments, and the best weights. */
const encode = (fingerprint: string, { epoch, optimiser, best, history }: TrainingState): readonly Uint8Array[] => {
  const { theta, first, second, steps } = optimiser;
  const numbers = [theta, first, second, ...(best ? [best] : [])].map(bytesOf);
  const header: Header = {
    ...{ fingerprint, epoch, steps, history },
    parameters: theta.length,
    hasBest: best !== undefined,
    sha256: sha256(...numbers),
  };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return [Buffer.from(magic), length, text, ...numbers];
};

const decode = (file: Buffer, bad: (why: string) => never): { header: Header; numbers: readonly Float32Array[] } => {
  if (file.length < 12 || file.toString('latin1', 0, 8) !== magic) bad('it is none');
  const start = 12 + file.readUInt32LE(8);
  let header: unknown;
  try {
    header = JSON.parse(file.toString('utf8', 12, start));
  } catch {
    bad('its description is damaged');
  }
  if (!isHeader(header)) return bad('its description lacks a part');
  const { parameters, hasBest } = header;
  const count = hasBest ? 4 : 3;
  const body = file.subarray(start);
  if (body.length !== 4 * count * parameters || sha256(body) !== header.sha256) bad('its numbers are damaged');
  const values = new Float32Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.length));
  const numbers = Array.from({ length: count }, (_, i) => values.slice(i * parameters, (i + 1) * parameters));
  return { header, numbers };
};

/**
 * A checkpoint in a folder, which is made when needed. The file is written beside its place and then takes it, so that a
 * training that is killed while it writes leaves the state before.
 *
 * @param fingerprint Of everything that decides the training's course: another training must not go on from this one.
 */
export const folderCheckpoint = (folder: string, every: number, fingerprint: string): Checkpoint => {
  const path = join(folder, checkpointName);
  const bad = (why: string): never => {
    throw new CygnetError('bad-file', `"${path}" is no checkpoint that a training can go on from: ${why}.`);
  };
  return {
    every,
    load: async () => {
      let file: Buffer;
      try {
        file = await readFile(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      const { header, numbers } = decode(file, bad);
      if (header.fingerprint !== fingerprint)
        throw new CygnetError(
          'training-failed',
          `"${path}" is the checkpoint of another training: the model, the options, the data or the engine differ. Choose another folder, or remove the file.`,
        );
      const [theta, first, second, best] = numbers as [Float32Array, Float32Array, Float32Array, Float32Array?];
      const { epoch, steps, history } = header;
      return { epoch, optimiser: { theta, first, second, steps }, history, ...(best ? { best } : {}) };
    },
    save: async (state) => {
      await mkdir(folder, { recursive: true });
      const temporary = `${path}.${process.pid}.tmp`;
      await writeFile(temporary, Buffer.concat(encode(fingerprint, state)));
      await rename(temporary, path);
    },
  };
};

/** A short text that differs when anything in the description of a training does. */
export const fingerprintOf = (description: unknown): string => sha256(Buffer.from(JSON.stringify(description)));
