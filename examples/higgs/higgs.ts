/**
 * A Higgs boson tagger from data to exported model, without a notebook: `npm run example -- higgs [--out folder]`.
 * Exits with 1 when a model misses its target or its exported file gives other scores.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { datasets, exporters, metrics, models, plots, train } from 'cygnet';
import type { Table } from 'cygnet';

const { values: options } = parseArgs({
  options: { out: { type: 'string', default: 'results/higgs' }, seed: { type: 'string', default: '1' } },
});
const seed = Number(options.seed);

/** Area under the ROC curve that each model must reach on the held-out events. */
const targets = { 'higgs-trees': 0.775, 'higgs-network': 0.72 };

/** Everything we want to know about a trained model, on events it has not seen. */
const evaluate = async (model: models.TrainedModel, seen: Table, unseen: Table) => {
  const test = await metrics.scores(model, unseen);
  const distributions = metrics.scoreDistributions({ train: await metrics.scores(model, seen), test });
  const roc = metrics.rocCurve(test.labels, test.scores, { weights: test.weights });
  return { roc, distributions, at50: metrics.rejectionAt(roc, 0.5) };
};

/** Always a page that opens anywhere; a picture too where a Chromium can draw it. */
const save = async (figure: { save(path: string): Promise<void> }, path: string): Promise<string[]> => {
  const files = plots.canRenderPng() ? [`${path}.html`, `${path}.png`] : [`${path}.html`];
  for (const file of files) await figure.save(file);
  return files;
};

const higgs = await datasets.load('higgs-uci-20k');
const { train: seen, test: unseen } = higgs.split({ test: 0.3, seed });
console.log(
  `${higgs.name}: ${seen.length} events to train on, ${unseen.length} to test on, ${higgs.featureNames().length} features`,
);

const trees = await train(models.boostedTrees({ trees: 200, maxDepth: 4, learningRate: 0.1 }), seen, {
  name: 'higgs-trees',
  seed,
});
const network = await train(models.dense({ hidden: [64, 64], dropout: 0.2, standardise: true }), seen, {
  name: 'higgs-network',
  epochs: 20,
  batchSize: 256,
  learningRate: 3e-3,
  seed,
});

await mkdir(options.out, { recursive: true });
const results = [];
for (const [model, target] of [
  [trees, targets['higgs-trees']],
  [network, targets['higgs-network']],
] as const) {
  const { roc, distributions, at50 } = await evaluate(model, seen, unseen);
  const exported = await exporters.onnx(model, { folder: join(options.out, model.name) });
  const figures = await save(
    plots.scores(distributions, { name: model.name }),
    join(options.out, `scores-${model.name}`),
  );
  results.push({ model, target, roc, distributions, at50, exported, figures });
}
const curves = results.map(({ model, roc }) => ({ name: model.name, curve: roc }));
const rocFiles = await save(
  plots.roc(curves, { title: 'Higgs boson tagger', sample: 'test (30 %)' }),
  join(options.out, 'roc'),
);

const rows = results.map(({ model, target, roc, distributions, at50, exported }) => ({
  model: model.name,
  engine: model.engine.name,
  auc: roc.auc,
  aucError: roc.aucError,
  target,
  rejectionAt50: at50.rejection,
  rejectionAt50Error: at50.rejectionError,
  overtrainingPValue: Object.fromEntries(distributions.overtraining.map(({ role, test }) => [role, test.pValue])),
  verification: exported.verification,
  passed: roc.auc >= target && exported.verification.passed,
}));
await writeFile(
  join(options.out, 'summary.json'),
  JSON.stringify(
    {
      dataset: higgs.name,
      trainingEvents: seen.length,
      testEvents: unseen.length,
      seed,
      models: rows,
      files: [...rocFiles, ...results.flatMap(({ figures, exported }) => [...figures, ...exported.files])],
    },
    null,
    2,
  ) + '\n',
);

console.table(
  Object.fromEntries(
    rows.map((row) => [
      row.model,
      {
        AUC: `${row.auc.toFixed(4)} ± ${row.aucError.toFixed(4)}`,
        target: row.target,
        'rejection at 50 %': `${row.rejectionAt50.toFixed(1)} ± ${row.rejectionAt50Error.toFixed(1)}`,
        'KS p signal, background': Object.values(row.overtrainingPValue)
          .map((p) => p.toPrecision(2))
          .join(', '),
        'ONNX difference': row.verification.maxAbsoluteDifference.toExponential(1),
        passed: row.passed ? 'yes' : 'NO',
      },
    ]),
  ),
);
console.log(`Plots, models and summary.json are in ${options.out}`);
for (const { model } of results) model.dispose();
if (!rows.every((row) => row.passed)) process.exitCode = 1;
