import { isCygnetError } from '@cygnet/columns';
import type { EngineReport } from '../models/index.ts';
import { batchSizes } from './batches.ts';
import { eagerSteps } from './eager-steps.ts';
import { graphSteps } from './graph-steps.ts';
import type { StepPlan, TrainingSteps } from './step-plan.ts';
import type { TensorEngine } from './tensor-engine.ts';

/** Steps on the engine, as one graph where that is possible; the report says when it was not, and why. */
export const trainingSteps = async <Description>(
  { tf, graphs, report }: TensorEngine,
  plan: StepPlan<Description>,
): Promise<{ readonly steps: TrainingSteps; readonly report: EngineReport }> => {
  if (graphs === undefined) return { steps: eagerSteps(tf, plan), report };
  try {
    return { steps: await graphSteps(tf, graphs, plan, batchSizes(plan.events, plan.batchSize)), report };
  } catch (error) {
    if (!isCygnetError(error, 'unsupported')) throw error;
    const note = `Steps were not captured into a graph: ${error.message}`;
    return { steps: eagerSteps(tf, plan), report: { ...report, name: 'tf-eager', note } };
  }
};
