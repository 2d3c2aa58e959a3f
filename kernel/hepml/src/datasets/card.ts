import { displaySymbol } from '@cygnet/contract';
import type { Displayable, MimeBundle } from '@cygnet/contract';
import { escapeHtml } from '../data/index.ts';

/** One column of a dataset. */
export interface DatasetField {
  readonly name: string;
  readonly description: string;
  /** For example `GeV`; `scaled` for quantities that were divided by a scale which was not published. */
  readonly unit: string;
}

/** A result somebody published, or that was measured with another library. */
export interface PublishedResult {
  readonly method: string;
  readonly metric: string;
  readonly value: number;
  /** Statistical, where known. */
  readonly error?: number;
  /** On what it was reached: published results often use far more events than the sample at hand. */
  readonly sample: string;
  readonly citation: string;
}

/** What a dataset is, for people inside and outside the field. */
export interface DatasetFacts {
  readonly name: string;
  readonly title: string;
  /** In words for people outside high-energy physics. */
  readonly description: string;
  readonly events: number;
  readonly fields: readonly DatasetField[];
  /** Column of 1 (signal) and 0 (background). */
  readonly label: string;
  readonly weight?: string;
  /** How to divide it, so that results can be compared. */
  readonly split: string;
  /** What is compared. */
  readonly metric: string;
  readonly origin: string;
  readonly licence: string;
  readonly citation: string;
  readonly doi?: string;
  readonly published: readonly PublishedResult[];
  /** Of the file; absent when the data are generated. */
  readonly bytes?: number;
  readonly sha256?: string;
}

const resultText = ({ method, metric, value, error, sample, citation }: PublishedResult): string =>
  `${method}: ${metric} ${value}${error === undefined ? '' : ` ± ${error}`} (${sample}; ${citation})`;

const factLines = (facts: DatasetFacts): readonly (readonly [string, string])[] => [
  ['Events', facts.events.toLocaleString('en-US')],
  ['Label', `${facts.label}: 1 signal, 0 background`],
  ...(facts.weight === undefined ? [] : ([['Weight', facts.weight]] as const)),
  ['Split', facts.split],
  ['Metric', facts.metric],
  ['Origin', facts.origin],
  ['Licence', facts.licence],
  ['Citation', facts.citation],
  ...(facts.doi === undefined ? [] : ([['DOI', facts.doi]] as const)),
  ...(facts.bytes === undefined ? [] : ([['File', `${facts.bytes.toLocaleString('en-US')} bytes`]] as const)),
  ...(facts.sha256 === undefined ? [] : ([['SHA-256', facts.sha256]] as const)),
];

const cardHtml = (facts: DatasetFacts): string => {
  const lines = factLines(facts).map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`);
  const fields = facts.fields.map(
    (field) => `<tr><td><code>${escapeHtml(field.name)}</code></td><td>${escapeHtml(field.unit)}</td><td>${escapeHtml(field.description)}</td></tr>`,
  );
  const results = facts.published.map((result) => `<li>${escapeHtml(resultText(result))}</li>`);
  return [
    `<div><h3>${escapeHtml(facts.title)} (<code>${escapeHtml(facts.name)}</code>)</h3>`,
    `<p>${escapeHtml(facts.description)}</p><table><tbody>${lines.join('')}</tbody></table>`,
    results.length > 0 ? `<p><strong>Results to compare with</strong></p><ul>${results.join('')}</ul>` : '',
    `<details><summary>${facts.fields.length} columns</summary><table><thead><tr><th>Column</th><th>Unit</th><th>Meaning</th></tr></thead>`,
    `<tbody>${fields.join('')}</tbody></table></details></div>`,
  ].join('');
};

const cardText = (facts: DatasetFacts): string =>
  [
    `${facts.title} (${facts.name})`,
    facts.description,
    ...factLines(facts).map(([name, value]) => `  ${name}: ${value}`),
    ...(facts.published.length > 0 ? ['Results to compare with:'] : []),
    ...facts.published.map((result) => `  ${resultText(result)}`),
    'Columns:',
    ...facts.fields.map((field) => `  ${field.name} [${field.unit}]: ${field.description}`),
  ].join('\n');

/** A dataset's facts, which show themselves in a notebook. */
export interface DatasetCard extends DatasetFacts, Displayable {
  toString(): string;
}

/** Lets a dataset's facts show themselves. */
export const datasetCard = (facts: DatasetFacts): DatasetCard => ({
  ...facts,
  [displaySymbol]: (): MimeBundle => ({ 'text/html': cardHtml(facts), 'text/plain': cardText(facts) }),
  toString: () => cardText(facts),
});
