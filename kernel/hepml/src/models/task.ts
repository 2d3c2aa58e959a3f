/** Loss of a regression; {@link Regression} says what each makes the model predict. */
export type RegressionLoss = 'mse' | 'mae' | 'huber' | 'gaussian' | { readonly quantiles: readonly number[] };

/** Signal against background: one output, the signal probability. */
export interface SignalTask {
  readonly kind: 'signal';
}

/** One of several classes: one output a class, its probability; together 1. */
export interface ClassesTask {
  readonly kind: 'classes';
  /** Values of the label column, in the order of the outputs. */
  readonly classes: readonly (string | number)[];
}

/**
 * A number: `mse` predicts its mean, `mae` its median, `huber` something between the two, `{ quantiles }` one output a
 * quantile (pinball loss: Koenker and Bassett, Econometrica 46 (1978) 33), `gaussian` its mean and its standard deviation
 * (Nix and Weigend, IEEE ICNN 1994).
 */
export interface Regression {
  readonly kind: 'regression';
  /** The column that is predicted. */
  readonly target: string;
  readonly loss: RegressionLoss;
}

/** What a model is asked for. */
export type Task = SignalTask | ClassesTask | Regression;

const regressionOutputs = ({ target, loss }: Regression): readonly string[] => {
  if (typeof loss === 'object') return loss.quantiles.map((quantile) => `${target}_q${quantile}`);
  return loss === 'gaussian' ? [target, `${target}_sigma`] : [target];
};

/** Names of what a model predicts, in order: `['signal']`, the classes, `['energy', 'energy_sigma']`. */
export const outputNames = (task: Task): readonly string[] => {
  switch (task.kind) {
    case 'signal':
      return ['signal'];
    case 'classes':
      return task.classes.map(String);
    case 'regression':
      return regressionOutputs(task);
  }
};
