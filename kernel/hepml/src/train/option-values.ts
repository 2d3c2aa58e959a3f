import { checkChoice, checkKnownOptions, checkNumber } from '../models/index.ts';
import type { TrainOptions } from './train-options.ts';

const owner = 'train';
const losses = ['mse', 'mae', 'huber', 'gaussian'] as const;

/** @throws TypeError or RangeError for a loss that is none. */
export const checkLoss = (loss: unknown): void => {
  if (loss === undefined) return;
  if (typeof loss !== 'object' || loss === null || !('quantiles' in loss)) {
    checkChoice(owner, 'loss', loss, losses);
    return;
  }
  const { quantiles } = loss;
  if (!Array.isArray(quantiles) || quantiles.length === 0)
    throw new TypeError(`${owner}: option "loss.quantiles" lists quantiles, for example [0.16, 0.5, 0.84].`);
  quantiles.forEach((quantile: unknown, i) =>
    checkNumber(owner, `loss.quantiles[${i}]`, quantile, { above: 0, below: 1 }),
  );
};

/** @throws TypeError or RangeError for options that ask for two things at once, or for classes that are none. */
export const checkTask = ({ classes, target, loss, signalValue, label }: TrainOptions): void => {
  const asked = { classes, target, signalValue };
  const together = Object.entries(asked).filter(([, value]) => value !== undefined);
  if (together.length > 1)
    throw new TypeError(
      `${owner}: options ${together.map(([name]) => `"${name}"`).join(' and ')} exclude each other: several classes, a number to predict, or signal against background.`,
    );
  if (loss !== undefined && target === undefined)
    throw new TypeError(`${owner}: option "loss" is for a regression: say what to predict with "target".`);
  if (target !== undefined && label !== undefined)
    throw new TypeError(`${owner}: options "target" and "label" exclude each other.`);
  if (classes === undefined || classes === 'all') return;
  const isList = Array.isArray(classes) && classes.length >= 2;
  if (!isList || new Set(classes).size !== classes.length)
    throw new RangeError(
      `${owner}: option "classes" lists at least two different values of the label column, or is "all"; it is ${JSON.stringify(classes)}.`,
    );
};

const shares: { readonly [kind: string]: readonly string[] } = {
  constant: ['warmUp'],
  step: ['warmUp', 'every', 'factor'],
  cosine: ['warmUp', 'final'],
  'one-cycle': ['warmUp'],
};

/** @throws TypeError or RangeError for a schedule that is none. */
export const checkSchedule = (schedule: TrainOptions['schedule']): void => {
  if (schedule === undefined) return;
  const kind = checkChoice(owner, 'schedule.kind', schedule.kind, ['constant', 'step', 'cosine', 'one-cycle']);
  checkKnownOptions(`${owner}: schedule "${kind}"`, schedule, ['kind', ...(shares[kind] ?? [])]);
  for (const [name, value] of Object.entries(schedule)) {
    if (name === 'warmUp') checkNumber(owner, 'schedule.warmUp', value, { min: 0, below: 1 });
    if (name === 'every') checkNumber(owner, 'schedule.every', value, { above: 0, below: 1 });
    if (name === 'factor') checkNumber(owner, 'schedule.factor', value, { above: 0, max: 1 });
    if (name === 'final') checkNumber(owner, 'schedule.final', value, { min: 0, max: 1 });
  }
};

/** @throws TypeError or RangeError for a treatment of weights that is none. */
export const checkWeighting = ({ negativeWeights, balance, target }: TrainOptions): void => {
  if (negativeWeights !== undefined) checkChoice(owner, 'negativeWeights', negativeWeights, ['keep', 'ignore', 'pair']);
  if (balance !== undefined && typeof balance !== 'boolean')
    throw new TypeError(`${owner}: option "balance" must be true or false.`);
  if (balance === true && target !== undefined)
    throw new TypeError(`${owner}: option "balance" is for classes; a regression has none.`);
};

/** @throws TypeError or RangeError unless a folder, with a whole number of epochs if any. */
export const checkCheckpoint = (checkpoint: TrainOptions['checkpoint']): void => {
  if (checkpoint === undefined) return;
  const folder: unknown = typeof checkpoint === 'object' ? checkpoint.folder : checkpoint;
  if (typeof folder !== 'string' || folder === '')
    throw new TypeError(`${owner}: option "checkpoint" is a folder, for example 'runs/higgs', or { folder, every }.`);
  if (typeof checkpoint !== 'object') return;
  checkKnownOptions(`${owner}: option "checkpoint"`, checkpoint, ['folder', 'every']);
  checkNumber(owner, 'checkpoint.every', checkpoint.every ?? 1, { min: 1, integer: true });
};
