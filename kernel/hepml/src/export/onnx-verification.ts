import { CygnetError } from '@cygnet/columns';
import { onnxInput, onnxOutput } from './onnx-model.ts';
import type { TargetScores } from './target-format.ts';

/**
 * Runs an ONNX file on events, with ONNX Runtime on the CPU.
 * @param events Row-major, events x features.
 * @throws CygnetError `engine-missing` when ONNX Runtime cannot be loaded; `verification-failed` when it refuses the file.
 */
export const runOnnx = async (file: Uint8Array, events: Float32Array, width: number): Promise<TargetScores> => {
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

/** ONNX Runtime, without the usage reports that its binary would write and send: they are off unless the user asks. */
const loadRuntime = async () => {
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
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
