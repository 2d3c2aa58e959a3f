import type { Pointer } from '../../pinned-library.ts';
import type { TensorFlowApi } from '../c-api.ts';
import { dataType } from '../tensors.ts';
import type { GraphApi, GraphOutput } from './graph-api.ts';
import { packOutputs, type GraphBuilder } from './graph-builder.ts';
import { adoptTensor, newNativeTensor, type GraphTensor } from './graph-tensor.ts';

/** A function of tensors as one graph of TensorFlow, with a session of its own. It keeps nothing from run to run. */
export interface GraphFunction {
  /** Operations in the graph that stand for kernels of tfjs. */
  readonly operations: number;
  /**
   * Runs the graph off the main thread. The inputs stay the caller's, the outputs become the caller's.
   * @param seed What random numbers inside follow from: a whole number in [0, 2^31).
   */
  run(inputs: readonly GraphTensor[], seed: number): Promise<readonly GraphTensor[]>;
  /** Frees graph and session. Not while a run is under way. */
  dispose(): void;
}

/** A graph with its ends. */
export interface FinishedGraph {
  readonly builder: GraphBuilder;
  readonly operations: number;
  readonly inputs: readonly GraphOutput[];
  readonly seed: GraphOutput;
  readonly outputs: readonly GraphOutput[];
}

export const graphFunction = (api: TensorFlowApi, graphs: GraphApi, finished: FinishedGraph): GraphFunction => {
  const { builder, operations } = finished;
  const status = api.newStatus();
  const sessionOptions = graphs.newSessionOptions();
  const session: Pointer = graphs.newSession(builder.graph, sessionOptions, status);
  graphs.deleteSessionOptions(sessionOptions);
  api.check('new session', status);
  const inputs = packOutputs([...finished.inputs, finished.seed]);
  const outputs = packOutputs(finished.outputs);
  const count = finished.outputs.length;
  return {
    operations,
    run: async (tensors, seed) => {
      const seedTensor = newNativeTensor(api, dataType.int32, [2], Int32Array.of(seed, 0));
      const fed = BigUint64Array.from([...tensors.map(({ address }) => address), seedTensor]);
      const fetched = new BigUint64Array(count);
      try {
        await new Promise<void>((resolve, reject) => {
          graphs.run.async(
            session,
            null,
            inputs,
            fed,
            fed.length,
            outputs,
            fetched,
            count,
            null,
            0,
            null,
            status,
            (error) =>
              error
                ? reject(error instanceof Error ? error : new Error('A graph did not run.', { cause: error }))
                : resolve(),
          );
        });
        api.check('run of a graph', status);
      } finally {
        api.deleteTensor(seedTensor);
      }
      return Array.from(fetched, (address) => adoptTensor(api, address));
    },
    dispose: () => {
      graphs.closeSession(session, status);
      graphs.deleteSession(session, status);
      graphs.deleteGraph(builder.graph);
      api.deleteStatus(status);
    },
  };
};
