/** A plotly trace or a part of a layout, as JSON. */
export type PlotlyObject = { readonly [key: string]: unknown };

/** What `application/vnd.plotly.v1+json` holds and plotly.js draws. Numbers that do not exist are null. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
  readonly config: PlotlyObject;
}

/** MIME type that JupyterLab, VS Code and nbviewer draw with plotly.js. */
export const plotlyMime = 'application/vnd.plotly.v1+json';
