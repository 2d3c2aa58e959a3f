/** The few functions of plotly.js that this room calls, from its bundle for plots on flat axes. */
declare module 'plotly.js/dist/plotly-cartesian.min.js' {
  export interface Figure {
    readonly data: readonly unknown[];
    readonly layout?: { readonly [key: string]: unknown };
    readonly config?: { readonly [key: string]: unknown };
  }
  export interface ImageOptions {
    readonly format: 'png';
    readonly width: number;
    readonly height: number;
    readonly scale?: number;
  }
  export interface Plotly {
    react(element: HTMLElement, data: readonly unknown[], layout?: unknown, config?: unknown): Promise<unknown>;
    purge(element: HTMLElement): void;
    toImage(figure: Figure, options: ImageOptions): Promise<string>;
    readonly Plots: { resize(element: HTMLElement): Promise<unknown> | undefined };
  }
  const plotly: Plotly;
  export default plotly;
}
