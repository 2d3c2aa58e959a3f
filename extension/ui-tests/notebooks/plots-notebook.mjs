/** A notebook with one saved output of each kind of plot, and an invalid one. */
import { writeFileSync } from 'node:fs';

const roc = {
  title: 'ROC curve',
  sample: 'test (30 %)',
  signalEvents: 3000,
  backgroundEvents: 3000,
  curves: ['trees', 'network'].map((name, index) => {
    const x = Array.from({ length: 101 }, (_, i) => i / 100);
    const y = x.map((value) => value ** (2.5 - 0.4 * index));
    return {
      name,
      signalEfficiency: x,
      backgroundEfficiency: y,
      cut: x.map((value, i) => (i === 0 ? null : 1 - value)),
      signalEfficiencyError: x.map((value) => Math.sqrt((value * (1 - value)) / 3000)),
      backgroundEfficiencyError: y.map((value) => Math.sqrt((value * (1 - value)) / 3000)),
      auc: 1 - 1 / (3.5 - 0.4 * index),
      aucError: 0.006,
      aucErrorMethod: 'DeLong',
    };
  }),
};
const edges = Array.from({ length: 21 }, (_, i) => i / 20);
const shape = (tilt) => edges.slice(1).map((edge) => 1 + tilt * (edge - 0.525) * 1.6);
const score = {
  title: 'Score distribution',
  scoreLabel: 'BDT score',
  edges,
  histograms: [
    ['signal', 1],
    ['background', -1],
  ].flatMap(([role, tilt]) =>
    ['test', 'train'].map((sample) => ({
      name: `${role} (${sample})`,
      role,
      sample,
      density: shape(tilt),
      densityError: shape(tilt).map(() => 0.05),
      events: 3000,
    })),
  ),
  overtraining: [
    { role: 'signal', ksPValue: 0.63 },
    { role: 'background', ksPValue: 0.41 },
  ],
};
const cuts = edges.toReversed();
const significance = {
  title: 'Cut on the score of trees',
  scoreLabel: 'trees score',
  figureLabel: 'Asimov significance Z',
  sample: 'test (30 %)',
  cut: cuts,
  value: cuts.map((cut, i) => (i === 0 ? null : 2.5 * Math.exp(-(((cut - 0.8) / 0.4) ** 2)))),
  valueError: cuts.map((cut, i) => (i === 0 ? null : 0.02 + 0.3 * cut ** 6)),
  signal: cuts.map((cut) => 200 * (1 - cut ** 3)),
  background: cuts.map((cut) => 20_000 * (1 - cut) ** 3),
  best: {
    cut: 0.8,
    value: 2.5,
    valueError: 0.1,
    signal: 98,
    background: 160,
    signalEfficiency: 0.49,
    backgroundEfficiency: 0.008,
    cutInterval: [0.74, 0.83],
    optimism: 0.05,
  },
};
const training = {
  id: 'training-1',
  model: 'dense-1',
  state: 'finished',
  engine: 'tf-eager on CPU',
  unit: 'epoch',
  steps: Array.from({ length: 12 }, (_, i) => ({
    step: i + 1,
    loss: 0.55 + 0.14 / (i + 1),
    validationLoss: 0.57 + 0.12 / (i + 1),
    validationAuc: 0.79 - 0.2 / (i + 1),
  })),
  totalSteps: 12,
  elapsedSeconds: 3.2,
  eventsPerSecond: 52_000,
};
const plotly = {
  data: [{ x: [1, 2, 3], y: [1, 4, 9], type: 'scatter', name: 'squares' }],
  layout: {
    title: { text: 'A plain plotly figure' },
    xaxis: { title: { text: 'x' } },
    yaxis: { title: { text: 'x²' } },
  },
};

const outputs = [
  ['application/vnd.cygnet.roc.v1+json', roc, 'ROC: trees AUC 0.714 ± 0.006, network AUC 0.677 ± 0.006'],
  ['application/vnd.cygnet.score.v1+json', score, 'Scores: KS p-value 0.63 (signal), 0.41 (background)'],
  ['application/vnd.cygnet.significance.v1+json', significance, 'Best cut: score >= 0.8, Z = 2.5 ± 0.1'],
  ['application/vnd.cygnet.training.v1+json', training, 'dense-1: finished after 12 epochs'],
  ['application/vnd.plotly.v1+json', plotly, 'Figure'],
  ['application/vnd.cygnet.roc.v1+json', { title: '<b>broken</b>', curves: 1 }, 'broken'],
];

export const writePlotsNotebook = (file) =>
  writeFileSync(
    file,
    JSON.stringify({
      cells: outputs.map(([mime, data, text], index) => ({
        cell_type: 'code',
        id: `plot-${index}`,
        execution_count: index + 1,
        metadata: {},
        source: `# ${text}`,
        outputs: [{ output_type: 'display_data', metadata: {}, data: { [mime]: data, 'text/plain': text } }],
      })),
      metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
