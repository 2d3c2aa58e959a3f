/**
 * How the learning rate goes with the steps of a training; factors multiply `learningRate`.
 * - `constant`: stays.
 * - `step`: times `factor` after every `every` share of the training (default: times 0.1 at each third).
 * - `cosine`: from 1 down to `final` along half a cosine, after a linear `warmUp` (I. Loshchilov and F. Hutter, arXiv 1608.03983).
 * - `one-cycle`: up from 1/25 to 1 along half a cosine in the first `warmUp` share, then down to 1e-4 of the start (L. Smith
 *   and N. Topin, arXiv 1708.07120).
 */
export type LearningRateSchedule =
  | { readonly kind: 'constant'; readonly warmUp?: number }
  | { readonly kind: 'step'; readonly every?: number; readonly factor?: number; readonly warmUp?: number }
  | { readonly kind: 'cosine'; readonly final?: number; readonly warmUp?: number }
  | { readonly kind: 'one-cycle'; readonly warmUp?: number };

const between = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;

const afterWarmUp = (schedule: LearningRateSchedule, share: number): number => {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return (schedule.factor ?? 0.1) ** Math.floor(share / (schedule.every ?? 1 / 3) + 1e-9);
    case 'cosine':
      return between(1, schedule.final ?? 0, share);
    case 'one-cycle':
      return between(1, 1 / 25 / 1e4, share);
  }
};

/** Factor at a share of the training in [0, 1). */
export const scheduleFactor = (schedule: LearningRateSchedule, share: number): number => {
  const isCycle = schedule.kind === 'one-cycle';
  const warmUp = schedule.warmUp ?? (isCycle ? 0.3 : 0);
  if (share < warmUp) return isCycle ? between(1 / 25, 1, share / warmUp) : share / warmUp;
  return afterWarmUp(schedule, (share - warmUp) / (1 - warmUp));
};

/** Learning rate of step number `step`, counted from 0, of `steps`. */
export const scheduledRate = (
  { learningRate, schedule }: { readonly learningRate: number; readonly schedule: LearningRateSchedule },
  step: number,
  steps: number,
): number =>
  // The middle of the step: a warm-up must not start with a step of no size.
  schedule.kind === 'constant' && schedule.warmUp === undefined
    ? learningRate
    : learningRate * scheduleFactor(schedule, (step + 0.5) / steps);
