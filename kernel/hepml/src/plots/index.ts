/**
 * Results to plots: a payload for our notebook extension, a plotly figure for others, HTML and PNG files. Computes no
 * physics: metrics, models and tables come in as finished numbers, so those rooms are imported as types only.
 */
export { roc, type RocEntry } from './roc.ts';
export { scores } from './scores.ts';
export { significance } from './significance.ts';
export { training } from './training.ts';
export { canRenderPng } from './png.ts';
export { ShownPlot, type DrawOptions, type PlotSource } from './shown-plot.ts';
export { thinningBound } from './thin-curve.ts';
