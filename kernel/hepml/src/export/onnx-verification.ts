import type { Verification } from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import { onnxInput, onnxOutput } from './onnx-model.ts';

/** Scores of an ONNX file by ONNX Runtime on the CPU, and the runtime's version. */
export interface OnnxScores {
  readonly scores: Float32Array;
  readonly tool: string;
}

/**
 * Runs an ONNX file on events.
 * @param events Row-major, events x features.
 * @throws CygnetError `engine-missing` when ONNX Runtime cannot be loaded; `verification-failed` when it refuses the file.
 */
export const runOnnx = async (file: Uint8Array, events: Float32Array, width: number): Promise<OnnxScores> => {
  const runtime = await loadRuntime();
  const tool = `onnxruntime-node ${runtime.env.versions.node ?? 'of unknown version'}`;
  try {
    const session = await runtime.InferenceSession.create(file, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
    try {
      const input = new runtime.Tensor('float32', events, [events.length / width, width]);
      const output = (await session.run({ [onnxInput]: input }))[onnxOutput];
      if (!(output?.data instanceof Float32Array)) throw new Error(`The file has no float output "${onnxOutput}".`);
      return { scores: output.data, tool };
    } finally {
      await session.release();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CygnetError('verification-failed', `${tool} refuses the exported file: ${reason}`, { cause });
  }
};

const loadRuntime = async () => {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw new CygnetError(
      'engine-missing',
      'onnxruntime-node, which verifies exported models, cannot be loaded. Run: npm install onnxruntime-node',
      { cause },
    );
  }
};

/** Largest difference that counts as equal, for scores in [0, 1]. */
export const tolerances = {
  /** Sums of products in float32, in another order. */
  dense: 2e-6,
  /** A sum of leaf values in float32, in another order; the comparisons are exact. */
  trees: 1e-6,
};

/**
 * Compares our scores with a runtime's on the same events.
 * @throws CygnetError `verification-failed`, naming the worst event, when one differs by more than the tolerance.
 */
export const compareScores = (
  ours: Float32Array,
  { scores: theirs, tool }: OnnxScores,
  options: { readonly target: string; readonly tolerance: number },
): Verification => {
  const { target, tolerance } = options;
  if (ours.length !== theirs.length || ours.length === 0)
    throw new CygnetError('verification-failed', `${tool} gave ${theirs.length} scores for ${ours.length} events.`);
  let [worst, maxAbsoluteDifference] = [0, 0];
  ours.forEach((score, event) => {
    const distance = Math.abs(score - (theirs[event] as number));
    const difference = Number.isNaN(distance) ? Infinity : distance;
    if (difference > maxAbsoluteDifference) [worst, maxAbsoluteDifference] = [event, difference];
  });
  if (maxAbsoluteDifference > tolerance)
    throw new CygnetError(
      'verification-failed',
      `The exported file does not give this model's scores: event ${worst} of ${ours.length} scores ${ours[worst]} here ` +
        `and ${theirs[worst]} in ${tool}; differences up to ${tolerance} count as equal. Nothing was written.`,
    );
  return { target, tool, events: ours.length, maxAbsoluteDifference, tolerance, passed: true };
};
