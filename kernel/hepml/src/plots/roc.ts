import { rocFigure, rocPlotMime, valueWithError, type RocPlot, type RocPlotCurve } from '@cygnet/contract';
import type { RocCurve } from '../metrics/index.ts';
import { finiteOrNull, roundTo } from './json-numbers.ts';
import { ShownPlot } from './shown-plot.ts';
import { thinCurve } from './thin-curve.ts';

/** A classifier on a ROC plot. */
export interface RocEntry {
  readonly name: string;
  readonly curve: RocCurve;
}

/**
 * ROC curves of one or several classifiers on the same axes, with bands of one standard deviation.
 *
 * Curves are thinned for drawing: no point moves by more than 1e-3 of an axis (see `thinCurve`). The areas are those of
 * the whole curves.
 * @param options.sample What the classifiers were tried on, for the caption.
 * @throws RangeError when there is no curve, TypeError when it is handed something else than named curves.
 * @example
 * plots.roc([{ name: 'trees', curve: await metrics.roc(trees, test) }], { sample: 'test (30 %)' });
 */
export const roc = (
  entries: readonly RocEntry[],
  options: { readonly title?: string; readonly sample?: string } = {},
): ShownPlot<RocPlot> => {
  checkEntries(entries);
  const [first] = entries;
  if (!first) throw new RangeError('No curve to draw: give at least one { name, curve }.');
  const { title = entries.length > 1 ? 'ROC curves' : 'ROC curve', sample } = options;
  const areSameEvents = entries.every(
    ({ curve }) =>
      curve.signalEvents === first.curve.signalEvents && curve.backgroundEvents === first.curve.backgroundEvents,
  );
  const payload: RocPlot = {
    title,
    curves: entries.map(plotCurve),
    ...(sample === undefined ? {} : { sample }),
    ...(areSameEvents
      ? { signalEvents: first.curve.signalEvents, backgroundEvents: first.curve.backgroundEvents }
      : {}),
  };
  return new ShownPlot({
    mime: rocPlotMime,
    payload,
    draw: (plot, theme, { isStill }) => rocFigure(plot, theme, { view: isStill ? 'rejection' : 'both' }),
    text: [[title, sample].filter(Boolean).join(', '), ...entries.map(entryText)].join('\n'),
  });
};

/** Where the compiler does not look: in plain JavaScript. */
const checkEntries = (entries: readonly Partial<RocEntry>[]): void => {
  const isCurve = ({ curve }: Partial<RocEntry>): boolean => curve?.signalEfficiency !== undefined;
  if (Array.isArray(entries) && entries.every(isCurve)) return;
  throw new TypeError(
    'plots.roc draws a list of named curves: plots.roc([{ name: "trees", curve: await metrics.roc(trees, test) }]).',
  );
};

const plotCurve = ({ name, curve }: RocEntry): RocPlotCurve => {
  const points = thinCurve(curve.signalEfficiency, curve.backgroundEfficiency);
  const pick = (values: Float64Array): number[] => points.map((i) => roundTo(values[i] as number, 7));
  return {
    name,
    signalEfficiency: pick(curve.signalEfficiency),
    backgroundEfficiency: pick(curve.backgroundEfficiency),
    cut: pick(curve.cut).map(finiteOrNull),
    signalEfficiencyError: points.map((i) => roundTo(curve.signalEfficiencyError[i] as number, 4)),
    backgroundEfficiencyError: points.map((i) => roundTo(curve.backgroundEfficiencyError[i] as number, 4)),
    auc: curve.auc,
    aucError: finiteOrNull(curve.aucError),
    aucErrorMethod: curve.aucErrorMethod,
  };
};

const entryText = ({ name, curve }: RocEntry): string => {
  const rejection = (efficiency: number): string => {
    const background = curve.backgroundEfficiency[curve.signalEfficiency.findIndex((value) => value >= efficiency)];
    return background ? (1 / background).toPrecision(3) : 'infinite';
  };
  const area = valueWithError(curve.auc, curve.aucError);
  return `${name}: AUC ${area} (${curve.aucErrorMethod}), background rejection ${rejection(0.3)} at 30 %, ${rejection(0.5)} at 50 % signal efficiency`;
};
