import { dense } from '../src/models/index.ts';
import type { TrainOptions } from '../src/train/index.ts';
import { toyTable } from './toy-table.ts';

const options: TrainOptions = {
  epochs: 7,
  batchSize: 64,
  validation: 0.25,
  earlyStopping: { patience: 5 },
  schedule: { kind: 'cosine', warmUp: 0.1 },
  clipNorm: 0.5,
  seed: 5,
};

/** A training with everything that has a state: dropout, a schedule, early stopping. */
export const resumable = { model: dense({ hidden: [16], dropout: 0.3 }), table: toyTable(700), options };
