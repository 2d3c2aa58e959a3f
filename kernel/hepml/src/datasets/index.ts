/**
 * Named benchmark datasets with their cards: what they are, where they come from, what others reached on them.
 * Imports data and root.
 */
export { card, list, load } from './catalogue.ts';
export type { LoadOptions } from './catalogue.ts';
export type { DatasetCard, DatasetFacts, DatasetField, PublishedResult } from './card.ts';
export { optimum } from './optimum.ts';
export type { Optimum } from './generated-dataset.ts';
