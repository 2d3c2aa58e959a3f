import { CygnetError, type Column } from '@cygnet/columns';
import type { ClassSample } from './class-quality.ts';
import type { Numbers } from './labelled-scores.ts';

/** What is asked of a table: its label column and the weights. `Table` has both. */
interface ClassEvents {
  readonly label: string | undefined;
  readonly length: number;
  column(name: string): Column;
  weights(): Float64Array;
}

/** What is asked of a model of several classes. `TrainedModel` has it. */
interface ClassScorer<Events> {
  readonly task:
    | { readonly kind: 'classes'; readonly classes: readonly (string | number)[] }
    | { readonly kind: 'signal' | 'regression' };
  readonly outputs: readonly string[];
  predict(events: Events): Promise<Numbers>;
}

/**
 * Scores of a classifier of several classes on a table, with the numbers of the true classes and the weights: what
 * {@link classQuality} takes.
 *
 * @param options.label Label column. Default: the table's.
 * @throws CygnetError `model-mismatch` for another kind of model, or a label that is none of its classes.
 * @example
 * metrics.classQuality(await metrics.classScores(model, testTable)).confusion;
 */
export const classScores = async <Events extends ClassEvents>(
  model: ClassScorer<NoInfer<Events>>,
  events: Events,
  options: { readonly label?: string } = {},
): Promise<ClassSample> => {
  const { task } = model;
  if (task.kind !== 'classes')
    throw new CygnetError(
      'model-mismatch',
      `The model predicts ${model.outputs.join(', ')}, not several classes. Train it with classes: 'all'.`,
    );
  const name = options.label ?? events.label;
  if (name === undefined)
    throw new CygnetError('column-not-found', "The table has no label column. Name it: { label: 'particle' }.");
  const column = events.column(name);
  const places = new Map<unknown, number>(task.classes.map((value, place) => [value, place]));
  const labels = Int32Array.from({ length: events.length }, (_, event) => {
    const raw: unknown = 'values' in column ? column.values[event] : undefined;
    const place = places.get(typeof raw === 'bigint' ? Number(raw) : raw);
    if (place !== undefined) return place;
    throw new CygnetError(
      'model-mismatch',
      `Label "${name}" of event ${event} is ${String(raw)}, none of the model's classes ${task.classes.join(', ')}.`,
    );
  });
  return { classes: model.outputs, scores: await model.predict(events), labels, weights: events.weights() };
};
