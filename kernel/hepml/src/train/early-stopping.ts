/** Follows a loss and says when it has stopped getting better. */
export interface EarlyStopping {
  /** Best step so far, counted from 1; 0 before the first. */
  readonly bestStep: number;
  /** Takes a step's validation loss; true when it is the best so far. */
  observe(step: number, loss: number): boolean;
  isOver(step: number): boolean;
}

/** @param patience Steps to wait for a better loss; without it the training runs to its end and no step is preferred. */
export const earlyStopping = (patience?: number): EarlyStopping => {
  let best = Infinity;
  let bestStep = 0;
  return {
    get bestStep() {
      return bestStep;
    },
    observe: (step, loss) => {
      if (!(loss < best)) return false;
      best = loss;
      bestStep = step;
      return true;
    },
    isOver: (step) => patience !== undefined && step - bestStep >= patience,
  };
};
