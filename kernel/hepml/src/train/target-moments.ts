import type { Sample } from './sample.ts';

/** Weighted mean and deviation of the labels. Negative weights count by their size: scaling only conditions the fit. */
export const targetMoments = ({ labels, weights }: Sample): { readonly mean: number; readonly deviation: number } => {
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const mean = labels.reduce((sum, label, event) => sum + Math.abs(weights[event] as number) * label, 0) / total;
  const square = labels.reduce(
    (sum, label, event) => sum + Math.abs(weights[event] as number) * (label - mean) ** 2,
    0,
  );
  return { mean, deviation: Math.sqrt(square / total) };
};
