/** Trains the kinds of model named on the command line on a toy table and prints a JSON line for each. */
import { boostedTrees, dense } from '../../src/models/index.ts';
import { fitModel } from '../../src/train/index.ts';
import { toyTable } from '../toy-table.ts';

const table = toyTable(2000);
for (const kind of process.argv.slice(2)) {
  const model =
    kind === 'trees'
      ? await fitModel(boostedTrees({ trees: 10 }), table, { validation: 0.3 })
      : await fitModel(dense({ hidden: [8], dropout: 0.1 }), table, { epochs: 5, learningRate: 0.02, validation: 0.3 });
  const scores = await model.predict(toyTable(1000, { seed: 2 }));
  console.log(JSON.stringify({ engine: model.engine, metrics: model.summary.metrics, scores: scores.length }));
}
