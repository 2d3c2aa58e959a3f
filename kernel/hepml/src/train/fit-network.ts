import { CygnetError } from '@cygnet/columns';
import { randomSource, shuffleInPlace } from '../data/index.ts';
import { auc } from '../metrics/index.ts';
import { joinedParameters, separatedParameters } from './adam.ts';
import { batches } from './batches.ts';
import { earlyStopping } from './early-stopping.ts';
import type { FitContext, Fitted } from './fit.ts';
import { inferOutputs } from './infer.ts';
import { networkModel, prepareInputs } from './network-model.ts';
import { fitFrame } from './network-frame.ts';
import type { NetworkKind, NetworkParameter } from './networks/network.ts';
import { chooseObjective } from './objectives/choose-objective.ts';
import type { Objective } from './objectives/objective.ts';
import { networkSchedule } from './options.ts';
import { scheduledRate } from './schedule.ts';
import type { EventInputs, Sample } from './sample.ts';
import { tensorEngine, type TensorEngine } from './tensor-engine.ts';
import { trainingSteps } from './training-steps.ts';

/** Events whose predictions are looked at when the training is over. */
const probeEvents = 256;

/** What the loop needs of any network's description. */
interface NetworkDescription {
  readonly standardise: boolean;
}

/** Weighted mean loss of raw outputs. */
const lossOf = (raw: Float32Array, objective: Objective, sample: Sample): number => {
  const { width } = objective;
  let sum = 0;
  for (let event = 0; event < sample.events; event++)
    sum += (sample.weights[event] as number) * objective.eventLoss(raw, event * width, sample.labels[event] as number);
  return sum / sample.events;
};

/** Random numbers of one epoch: they follow from the seed and the epoch alone, so that a training can be resumed. */
const epochRandom = (seed: number, epoch: number) => randomSource(seed * 2 ** 21 + epoch);

/** The first events of a sample. */
const firstEvents = (inputs: EventInputs, count: number): EventInputs => {
  const events = Math.min(count, inputs.events);
  const { offsets, rowsPerEvent, featureCount, matrix } = inputs;
  const rows = offsets ? (offsets[events] as number) : events * rowsPerEvent;
  return { ...inputs, events, matrix: matrix.subarray(0, rows * featureCount) };
};

/** @throws CygnetError `engine-missing` when the engine has no kernel for a part of the network's gradient. */
const refuseMissingKernels = ({ tf, report }: TensorEngine, kernels: readonly string[] = []): void => {
  const missing = kernels.find((name) => tf.getKernel(name, tf.getBackend()) === undefined);
  if (missing === undefined) return;
  throw new CygnetError(
    'engine-missing',
    `The engine ${report.name} cannot train this network: it has no ${missing}. ${report.note ?? ''}. Run "npm run setup" for TensorFlow.`,
  );
};

/** Fits any kind of network: minibatches in a new random order each epoch, Adam, weighted loss. */
export const fitNetwork = async <Description extends NetworkDescription>(
  kind: NetworkKind<Description>,
  description: Description,
  context: FitContext,
): Promise<Fitted> => {
  const { options, features, task, seed } = context;
  const names = features.map((feature) => feature.name);
  const objective = chooseObjective(task, context.training);
  const { frame, standardiser } = fitFrame(kind.layout(description), names, context.training, {
    standardise: description.standardise,
    outputs: objective.width,
  });
  const prepared = (sample: Sample): Sample => ({
    ...prepareInputs(sample, standardiser),
    labels: objective.targets(sample.labels),
  });
  const training = prepared(context.training);
  const validation = context.validation && prepared(context.validation);
  const schedule = networkSchedule(options);
  const { epochs, batchSize, learningRate, clipNorm } = schedule;
  const engine = await tensorEngine();
  const { tf, versions } = engine;
  refuseMissingKernels(engine, kind.kernels);

  const calmer = `Try a smaller learningRate (it is ${learningRate})${description.standardise ? '' : ', or standardise: true'}.`;
  const initial = kind.initialise(description, frame, randomSource(seed));
  const earlier = await context.checkpoint?.load();
  const { steps, report } = await trainingSteps(engine, {
    kind,
    description,
    frame,
    objective,
    initial,
    ...(earlier ? { start: earlier.optimiser } : {}),
    events: training.events,
    batchSize,
    learningRate,
    ...(clipNorm === undefined ? {} : { clipNorm }),
  });

  const rawOutputs = (weights: readonly NetworkParameter[], inputs: EventInputs): Promise<Float32Array> =>
    inferOutputs(tf, { kind, description, frame, weights }, inputs, () => context.interruption.breathe());
  const refuseLostWeights = (quantity: number, at: number): void => {
    if (Number.isFinite(quantity)) return;
    throw new CygnetError('training-failed', `The network's output left the numbers in epoch ${at}. ${calmer}`);
  };

  const stopping = earlyStopping(options.earlyStopping?.patience);
  let best = earlier?.best ? separatedParameters(earlier.best, initial) : undefined;
  earlier?.history.forEach(({ step, validationLoss }) => stopping.observe(step, validationLoss ?? Infinity));
  const order = new Int32Array(training.events);
  const stepsPerEpoch = Math.ceil(training.events / batchSize);
  let epoch = earlier?.epoch ?? 0;
  try {
    const monitor = context.startMonitor({
      ...{ engine: report, unit: 'epoch', totalSteps: epochs },
      ...(earlier ? { earlier: earlier.history } : {}),
    });
    const leaveState = async (): Promise<void> => {
      const { checkpoint } = context;
      if (checkpoint === undefined || (epoch % checkpoint.every !== 0 && epoch < epochs)) return;
      await checkpoint.save({
        epoch,
        optimiser: steps.state(),
        ...(best ? { best: joinedParameters(best) } : {}),
        history: monitor.progress.steps,
      });
    };
    while (epoch < epochs && !stopping.isOver(epoch)) {
      let loss = 0;
      let step = epoch * stepsPerEpoch;
      const random = epochRandom(seed, epoch + 1);
      order.forEach((_, event) => (order[event] = event));
      shuffleInPlace(order, random);
      for (const batch of batches(training, order, batchSize, frame.inputShape)) {
        await context.interruption.breathe();
        const rate = scheduledRate(schedule, step++, epochs * stepsPerEpoch);
        loss += batch.events * (await steps.train(batch, random.below(2 ** 30), rate));
        if (!Number.isFinite(loss)) {
          throw new CygnetError('training-failed', `The loss became ${loss} in epoch ${epoch + 1}. ${calmer}`);
        }
      }
      epoch++;
      const done = { step: epoch, loss: loss / training.events };
      if (!validation) {
        monitor.step(done);
        await leaveState();
        continue;
      }
      const raw = await rawOutputs(steps.weights(), validation);
      const validationLoss = lossOf(raw, objective, validation);
      refuseLostWeights(validationLoss, epoch);
      if (stopping.observe(epoch, validationLoss) && options.earlyStopping) best = steps.weights();
      const quality =
        task.kind === 'signal'
          ? { validationAuc: auc(validation.labels, raw, validation.isWeighted ? validation : {}) }
          : {};
      monitor.step({ ...done, validationLoss, ...quality });
      await leaveState();
    }
    const isCut = best !== undefined && stopping.bestStep < epoch;
    const kept = isCut && best ? best : steps.weights();
    // The very last step shows in no loss.
    const probe = await rawOutputs(kept, firstEvents(training, probeEvents));
    refuseLostWeights(
      probe.reduce((sum, output) => sum + output, 0),
      epoch,
    );
    return {
      engine: report,
      versions,
      keptStep: isCut ? stopping.bestStep : epoch,
      ...(isCut
        ? { message: `Best validation loss at epoch ${stopping.bestStep} of ${epoch}; its weights were kept.` }
        : {}),
      ...networkModel({
        network: { kind, description, frame, weights: kept },
        name: options.name ?? '',
        features,
        task,
        standardiser,
        scale: { link: objective.link, scale: objective.scale, shift: objective.shift },
      }),
    };
  } finally {
    steps.dispose();
  }
};
