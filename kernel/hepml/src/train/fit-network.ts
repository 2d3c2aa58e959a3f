import { CygnetError } from '@cygnet/columns';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import { fitStandardiser, identityStandardiser, standardise } from '../features/index.ts';
import { randomSource, shuffleInPlace } from '../data/index.ts';
import { auc } from '../metrics/index.ts';
import type { DenseBlueprint } from '../models/index.ts';
import { adam } from './adam.ts';
import { earlyStopping } from './early-stopping.ts';
import type { FitContext, Fitted } from './fit.ts';
import { inferLogits } from './infer.ts';
import { interruption } from './interruption.ts';
import type { NetworkKind, NetworkParameter, Tf } from './networks/network.ts';
import { networkSchedule } from './options.ts';
import type { Sample } from './sample.ts';
import { tensorEngine } from './tensor-engine.ts';

/** Events whose scores are looked at when the training is over. */
const probeEvents = 256;

/** What the loop needs of any network's description. */
interface NetworkDescription {
  readonly standardise: boolean;
}

/** Cross entropy of a logit z and a label y is `softplus(z) - y z`: no overflow, no logarithm of zero. */
const weightedLoss = (tf: Tf, logits: Tensor1D, labels: Tensor1D, weights: Tensor1D): Tensor =>
  logits.softplus().sub(labels.mul(logits)).mul(weights).mean();

const lossOf = (logits: Float32Array, sample: Sample): number =>
  logits.reduce((sum, logit, event) => {
    const softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    return sum + (sample.weights[event] as number) * (softplus - (sample.labels[event] as number) * logit);
  }, 0) / sample.events;

interface Batch {
  readonly events: number;
  readonly matrix: Float32Array;
  readonly labels: Float32Array;
  readonly weights: Float32Array;
}

/** Events in a given order, batch by batch; the last one may be smaller. */
function* batches(sample: Sample, order: Int32Array, batchSize: number): Generator<Batch> {
  const width = sample.featureCount;
  for (let start = 0; start < order.length; start += batchSize) {
    const rows = order.subarray(start, start + batchSize);
    const matrix = new Float32Array(rows.length * width);
    rows.forEach((row, place) => matrix.set(sample.matrix.subarray(row * width, (row + 1) * width), place * width));
    yield {
      events: rows.length,
      matrix,
      labels: Float32Array.from(rows, (row) => sample.labels[row] as number),
      weights: Float32Array.from(rows, (row) => sample.weights[row] as number),
    };
  }
}

/** Fits any kind of network: minibatches in a new random order each epoch, Adam, weighted cross entropy. */
export const fitNetwork = async <Description extends NetworkDescription>(
  kind: NetworkKind<Description>,
  description: Description,
  context: FitContext,
): Promise<Fitted> => {
  const { training: raw, options, features } = context;
  const names = features.map((feature) => feature.name);
  const standardiser = description.standardise
    ? fitStandardiser(raw.matrix, names, { weights: raw.weights })
    : identityStandardiser(names);
  const scaled = (sample: Sample): Sample => ({ ...sample, matrix: standardise(standardiser, sample.matrix) });
  const training = scaled(raw);
  const validation = context.validation && scaled(context.validation);
  const { epochs, batchSize, learningRate } = networkSchedule(options);
  const { tf, report, versions } = await tensorEngine();
  const monitor = context.startMonitor({ engine: report, unit: 'epoch', totalSteps: epochs });

  const calmer = `Try a smaller learningRate (it is ${learningRate})${description.standardise ? '' : ', or standardise: true'}.`;
  const random = randomSource(context.seed);
  const optimiser = adam(tf, kind.initialise(description, names.length, random), learningRate);
  const snapshot = (): readonly NetworkParameter[] =>
    optimiser.weights.map((tensor) => ({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) }));

  const breathe = (): Promise<void> => context.interruption.breathe();
  const logitsOf = (parameters: readonly NetworkParameter[], matrix: Float32Array): Promise<Float32Array> =>
    inferLogits(tf, kind, description, parameters, matrix, names.length, breathe);
  const refuseLostWeights = (quantity: number, at: number): void => {
    if (Number.isFinite(quantity)) return;
    throw new CygnetError('training-failed', `The network's output left the numbers in epoch ${at}. ${calmer}`);
  };

  const trainBatch = (batch: Batch): number =>
    tf.tidy(() => {
      const inputs = tf.tensor2d(batch.matrix, [batch.events, names.length]);
      const [labels, eventWeights] = [tf.tensor1d(batch.labels), tf.tensor1d(batch.weights)];
      const dropoutSeed = random.below(2 ** 30);
      const { value, grads } = tf.valueAndGrads((...weights: Tensor[]) =>
        weightedLoss(tf, kind.logits(tf, description, weights, inputs, dropoutSeed), labels, eventWeights),
      )([...optimiser.weights]);
      optimiser.step(grads);
      return (value.dataSync()[0] as number) * batch.events;
    });

  const stopping = earlyStopping(options.earlyStopping?.patience);
  let best: readonly NetworkParameter[] | undefined;
  const order = Int32Array.from(training.labels.keys());
  let epoch = 0;
  try {
    while (epoch < epochs && !stopping.isOver(epoch)) {
      let loss = 0;
      shuffleInPlace(order, random);
      for (const batch of batches(training, order, batchSize)) {
        await context.interruption.breathe();
        loss += trainBatch(batch);
        if (!Number.isFinite(loss)) {
          throw new CygnetError('training-failed', `The loss became ${loss} in epoch ${epoch + 1}. ${calmer}`);
        }
      }
      epoch++;
      const step = { step: epoch, loss: loss / training.events };
      if (!validation) {
        monitor.step(step);
        continue;
      }
      const logits = await logitsOf(snapshot(), validation.matrix);
      const validationLoss = lossOf(logits, validation);
      refuseLostWeights(validationLoss, epoch);
      const validationAuc = auc(validation.labels, logits, validation.isWeighted ? validation : {});
      if (stopping.observe(epoch, validationLoss) && options.earlyStopping) best = snapshot();
      monitor.step({ ...step, validationLoss, validationAuc });
    }
    const isCut = best !== undefined && stopping.bestStep < epoch;
    const kept = isCut && best ? best : snapshot();
    // The very last step shows in no loss.
    const probe = await logitsOf(kept, training.matrix.subarray(0, probeEvents * names.length));
    refuseLostWeights(
      probe.reduce((sum, logit) => sum + logit, 0),
      epoch,
    );
    return {
      engine: report,
      versions,
      keptStep: isCut ? stopping.bestStep : epoch,
      ...(isCut
        ? { message: `Best validation loss at epoch ${stopping.bestStep} of ${epoch}; its weights were kept.` }
        : {}),
      predict: async (matrix) => {
        const free = interruption(options.name ?? '');
        const engine = await tensorEngine();
        const inputs = standardise(standardiser, matrix);
        const logits = await inferLogits(engine.tf, kind, description, kept, inputs, names.length, () =>
          free.breathe(),
        );
        return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
      },
      blueprint: (): DenseBlueprint => ({
        kind: 'dense',
        features,
        fill: Float32Array.from(standardiser.fill),
        mean: Float32Array.from(standardiser.mean),
        inverseScale: Float32Array.from(standardiser.inverseScale),
        layers: kind.layers(
          description,
          names.length,
          kept.map(({ values }) => values),
        ),
      }),
      dispose: () => undefined,
    };
  } finally {
    optimiser.dispose();
  }
};
