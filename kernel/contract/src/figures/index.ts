/**
 * How a payload looks: pure functions from a payload and a theme to a plotly figure in JSON. The extension draws with
 * them, and the library puts the same figure beside our payload for other front ends. Imports no plotting library.
 */
export { rocFigure, type RocView } from './roc-figure.ts';
export { scoreFigure } from './score-figure.ts';
export { significanceFigure } from './significance-figure.ts';
export { trainingFigure } from './training-figure.ts';
export { darkTheme, lightTheme, type FigureTheme } from './theme.ts';
export { plainText, pValueText, valueWithError } from './figure-text.ts';
export { plotlyMime, type PlotlyFigure, type PlotlyObject } from './plotly-figure.ts';
