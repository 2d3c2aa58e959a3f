import { gatherEvents } from './batches.ts';
import type { InputLayout } from './input-layout.ts';
import type { NetworkFrame, NetworkKind, NetworkParameter, Tf } from './networks/network.ts';
import type { EventInputs } from './sample.ts';

/** Rows a call: small batches would spend their time on dispatching operations. */
const rowsAtOnce = 16_384;

/** A network as it stands: what it is, and its weights. */
export interface NetworkInUse<Description> {
  readonly kind: NetworkKind<Description>;
  readonly description: Description;
  readonly frame: NetworkFrame;
  readonly weights: readonly NetworkParameter[];
}

const mostRows = (offsets: Int32Array, start: number, stop: number): number => {
  let most = 1;
  for (let event = start; event < stop; event++)
    most = Math.max(most, (offsets[event + 1] as number) - (offsets[event] as number));
  return most;
};

/** Events of a range in the network's shape; particles are padded to the largest number among them. */
const batchOf = (
  inputs: EventInputs,
  [start, stop]: readonly [number, number],
  { layout, shape }: { readonly layout: InputLayout; readonly shape: readonly number[] },
): { readonly matrix: Float32Array; readonly shape: readonly number[] } => {
  const { matrix, offsets } = inputs;
  if (offsets === undefined) {
    const size = shape.reduce((all, length) => all * length, 1);
    return { matrix: matrix.subarray(start * size, stop * size), shape };
  }
  const most = layout.kind === 'particles' && layout.most !== undefined ? layout.most : Infinity;
  const own = [Math.min(most, mostRows(offsets, start, stop)), shape[1] as number];
  const rows = Int32Array.from({ length: stop - start }, (_, place) => start + place);
  return { matrix: gatherEvents(inputs, rows, own), shape: own };
};

/**
 * Raw outputs of prepared events, row-major, in batches.
 *
 * @param breathe Called between batches.
 */
export const inferOutputs = async <Description>(
  tf: Tf,
  { kind, description, frame, weights }: NetworkInUse<Description>,
  inputs: EventInputs,
  breathe: () => Promise<void>,
): Promise<Float32Array> => {
  const { events } = inputs;
  const layout = kind.layout(description);
  const shape = frame.inputShape;
  const rows = layout.kind === 'features' ? 1 : layout.kind === 'image' ? 16 : (shape[0] as number);
  const batchSize = Math.max(1, Math.floor(rowsAtOnce / rows));
  const outputs = new Float32Array(events * frame.outputs);
  for (let start = 0; start < events; start += batchSize) {
    await breathe();
    const stop = Math.min(events, start + batchSize);
    const batch = batchOf(inputs, [start, stop], { layout, shape });
    const values = tf.tidy(() => {
      const tensors = weights.map(({ values, shape: own }) => tf.tensor(values, [...own]));
      const fed = tf.tensor(batch.matrix, [stop - start, ...batch.shape]);
      const own = { ...frame, inputShape: batch.shape };
      return kind.outputs(tf, description, tensors, fed, own).dataSync();
    });
    outputs.set(values, start * frame.outputs);
  }
  return outputs;
};
