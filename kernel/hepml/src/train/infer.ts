import type { NetworkKind, NetworkParameter, Tf } from './networks/network.ts';

/** Events a call: small batches would spend their time on dispatching operations. */
const batchSize = 16_384;

/**
 * Logits of standardised events, in batches. `weights` may be tensors already or plain numbers, which are sent each time.
 *
 * @param breathe Called between batches.
 */
export const inferLogits = async <Description>(
  tf: Tf,
  kind: NetworkKind<Description>,
  description: Description,
  weights: readonly NetworkParameter[],
  matrix: Float32Array,
  featureCount: number,
  breathe: () => Promise<void>,
): Promise<Float32Array> => {
  const events = matrix.length / featureCount;
  const logits = new Float32Array(events);
  for (let start = 0; start < events; start += batchSize) {
    await breathe();
    const batch = matrix.subarray(start * featureCount, (start + batchSize) * featureCount);
    const values = tf.tidy(() => {
      const tensors = weights.map(({ values, shape }) => tf.tensor(values, [...shape]));
      return kind
        .logits(tf, description, tensors, tf.tensor2d(batch, [batch.length / featureCount, featureCount]))
        .dataSync();
    });
    logits.set(values, start);
  }
  return logits;
};
