import { escapeHtml } from '../data/index.ts';
import type { TrainedModel } from '../models/index.ts';
import { engineInWords } from './monitor.ts';

/** What a person wants to know of a trained model, as label and value. */
export const modelFacts = (model: TrainedModel): readonly (readonly [label: string, value: string])[] => {
  const { history, provenance, summary } = model;
  const validation = provenance.validationEvents > 0 ? `, ${provenance.validationEvents} validation events` : '';
  return [
    ['kind', model.kind],
    ['engine', engineInWords(model.engine)],
    ...(model.engine.note === undefined ? [] : [['engine note', model.engine.note] as const]),
    ['features', String(model.features.length)],
    ['trained on', `${provenance.trainingEvents} events${validation}`],
    [`${history.unit}s`, `${history.steps.length}${history.message === undefined ? '' : ` (${history.message})`}`],
    ...Object.entries(summary.metrics).map(([name, value]) => [name, value.toPrecision(4)] as const),
    ['time', `${history.elapsedSeconds.toFixed(1)} s`],
  ];
};

/** A trained model as a small table. */
export const modelHtml = (model: TrainedModel): string => {
  const rows = modelFacts(model).map(
    ([label, value]) =>
      `<tr><th style="text-align:left">${escapeHtml(label)}</th><td style="text-align:left">${escapeHtml(value)}</td></tr>`,
  );
  return `<table><caption>${escapeHtml(model.name)}</caption><tbody>${rows.join('')}</tbody></table>`;
};

/** A trained model in lines of text. */
export const modelText = (model: TrainedModel): string =>
  [model.name, ...modelFacts(model).map(([label, value]) => `  ${label}: ${value}`)].join('\n');
