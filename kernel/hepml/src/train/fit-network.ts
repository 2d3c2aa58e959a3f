import { CygnetError } from '@cygnet/columns';
import { fitStandardiser, identityStandardiser, standardise } from '../features/index.ts';
import { randomSource, shuffleInPlace } from '../data/index.ts';
import { auc } from '../metrics/index.ts';
import type { DenseBlueprint } from '../models/index.ts';
import { batches } from './batches.ts';
import { earlyStopping } from './early-stopping.ts';
import type { FitContext, Fitted } from './fit.ts';
import { inferLogits } from './infer.ts';
import { interruption } from './interruption.ts';
import type { NetworkKind, NetworkParameter } from './networks/network.ts';
import { networkSchedule } from './options.ts';
import type { Sample } from './sample.ts';
import { tensorEngine } from './tensor-engine.ts';
import { trainingSteps } from './training-steps.ts';

/** Events whose scores are looked at when the training is over. */
const probeEvents = 256;

/** What the loop needs of any network's description. */
interface NetworkDescription {
  readonly standardise: boolean;
}

const lossOf = (logits: Float32Array, sample: Sample): number =>
  logits.reduce((sum, logit, event) => {
    const softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    return sum + (sample.weights[event] as number) * (softplus - (sample.labels[event] as number) * logit);
  }, 0) / sample.events;

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
  const engine = await tensorEngine();
  const { tf, versions } = engine;

  const calmer = `Try a smaller learningRate (it is ${learningRate})${description.standardise ? '' : ', or standardise: true'}.`;
  const random = randomSource(context.seed);
  const { steps, report } = await trainingSteps(engine, {
    kind,
    description,
    initial: kind.initialise(description, names.length, random),
    featureCount: names.length,
    events: training.events,
    batchSize,
    learningRate,
  });

  const breathe = (): Promise<void> => context.interruption.breathe();
  const logitsOf = (parameters: readonly NetworkParameter[], matrix: Float32Array): Promise<Float32Array> =>
    inferLogits(tf, kind, description, parameters, matrix, names.length, breathe);
  const refuseLostWeights = (quantity: number, at: number): void => {
    if (Number.isFinite(quantity)) return;
    throw new CygnetError('training-failed', `The network's output left the numbers in epoch ${at}. ${calmer}`);
  };

  const stopping = earlyStopping(options.earlyStopping?.patience);
  let best: readonly NetworkParameter[] | undefined;
  const order = Int32Array.from(training.labels.keys());
  let epoch = 0;
  try {
    const monitor = context.startMonitor({ engine: report, unit: 'epoch', totalSteps: epochs });
    while (epoch < epochs && !stopping.isOver(epoch)) {
      let loss = 0;
      shuffleInPlace(order, random);
      for (const batch of batches(training, order, batchSize)) {
        await context.interruption.breathe();
        loss += batch.events * (await steps.train(batch, random.below(2 ** 30)));
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
      const logits = await logitsOf(steps.weights(), validation.matrix);
      const validationLoss = lossOf(logits, validation);
      refuseLostWeights(validationLoss, epoch);
      const validationAuc = auc(validation.labels, logits, validation.isWeighted ? validation : {});
      if (stopping.observe(epoch, validationLoss) && options.earlyStopping) best = steps.weights();
      monitor.step({ ...step, validationLoss, validationAuc });
    }
    const isCut = best !== undefined && stopping.bestStep < epoch;
    const kept = isCut && best ? best : steps.weights();
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
        // The engine again: a user may have put another backend in its place meanwhile.
        const { tf } = await tensorEngine();
        const inputs = standardise(standardiser, matrix);
        const logits = await inferLogits(tf, kind, description, kept, inputs, names.length, () => free.breathe());
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
    steps.dispose();
  }
};
