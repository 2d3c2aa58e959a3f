/**
 * What the kernel side and the JupyterLab extension say to each other: every MIME payload and comm message with its
 * type, its guard and an example, and the figure that draws each plot. Imports nothing.
 */
export * from './protocol.ts';
export * from './shapes.ts';
export * from './roc-plot.ts';
export * from './score-plot.ts';
export * from './significance-plot.ts';
export * from './training.ts';
export * from './model-export.ts';
export * from './notebook-host.ts';
export * from './figures/index.ts';
