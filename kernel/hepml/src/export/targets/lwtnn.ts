import { lwtnnNetwork } from '../lwtnn-network.ts';
import { evaluateLwtnn } from '../lwtnn-evaluator.ts';
import { refuseUnlessNetwork } from '../network-checks.ts';
import type { TargetFormat } from '../target-format.ts';

/**
 * The JSON of lwtnn, ATLAS's evaluator of small networks (https://github.com/lwtnn/lwtnn), in its sequential form. No
 * package registry has lwtnn, so a second evaluator of the format verifies the file, and the record says so.
 */
export const lwtnnTarget: TargetFormat = {
  name: 'lwtnn',
  title: 'lwtnn',
  ending: '.lwtnn.json',
  tolerances: { dense: 2e-6 },
  tasks: ['signal'],
  runsCode: false,
  usage: (name) =>
    `auto config = lwt::parse_json(stream of ${name}.lwtnn.json); lwt::LightweightNeuralNetwork network(config.inputs, ` +
    'config.layers, config.outputs); pass inputs through lwt::NanReplacer(config.defaults, lwt::rep::nan) first.',
  missingValues: 'replaced by lwt::NanReplacer with the defaults that stand in the file, before the network',
  write: ({ blueprint, model }) => {
    refuseUnlessNetwork(blueprint);
    return Buffer.from(`${JSON.stringify(lwtnnNetwork(blueprint, model))}\n`);
  },
  run: ({ content, events, features }) =>
    Promise.resolve({
      scores: evaluateLwtnn(Buffer.from(content).toString('utf8'), events, features),
      tool: 'second evaluator, not lwtnn itself',
    }),
};
