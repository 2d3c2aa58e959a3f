import { extname } from 'node:path';
import {
  darkTheme,
  displaySymbol,
  lightTheme,
  plotlyMime,
  type Displayable,
  type FigureTheme,
  type MimeBundle,
  type PlotlyFigure,
} from '@cygnet/contract';
import { CygnetError } from '@cygnet/columns';
import { htmlPage } from './html-page.ts';
import { renderPng } from './png.ts';
import { writeAtomically } from './write-atomically.ts';

/** How a plot is drawn outside of the notebook. */
export interface DrawOptions {
  /** Default `light`. */
  readonly theme?: 'light' | 'dark';
  /** Pixels; default 800 for pictures, the window's width for pages. */
  readonly width?: number;
  /** Pixels; default is the figure's own height. */
  readonly height?: number;
}

/** What a kind of plot brings along. */
export interface PlotSource<Payload> {
  readonly mime: string;
  readonly payload: Payload;
  /** `isStill`: leave out what only makes sense with a mouse. */
  readonly draw: (payload: Payload, theme: FigureTheme, options: { readonly isStill: boolean }) => PlotlyFigure;
  /** The numbers that matter, for terminals and screen readers. */
  readonly text: string;
}

/**
 * A plot: shows itself in a notebook, and writes itself as a self-contained page or a picture.
 *
 * @example
 * const plot = plots.roc([{ name: 'trees', curve }]);
 * await plot.save('roc.html');
 * if (plots.canRenderPng()) await plot.save('roc.png', { theme: 'dark' });
 */
export class ShownPlot<Payload> implements Displayable {
  /** What our notebook extension draws: the numbers behind the plot, as JSON. */
  readonly payload: Payload;
  readonly mime: string;
  readonly text: string;
  readonly #draw: PlotSource<Payload>['draw'];

  constructor({ mime, payload, draw, text }: PlotSource<Payload>) {
    this.mime = mime;
    this.payload = payload;
    this.text = text;
    this.#draw = draw;
  }

  /** Our payload, the same as a plotly figure, and the numbers as text. */
  [displaySymbol](): MimeBundle {
    return {
      [this.mime]: this.payload,
      [plotlyMime]: this.#draw(this.payload, lightTheme, { isStill: true }),
      'text/plain': this.text,
    };
  }

  /** The plotly figure. */
  figure(theme: 'light' | 'dark' = 'light'): PlotlyFigure {
    return this.#draw(this.payload, themes[theme], { isStill: false });
  }

  /** A page that needs no network: figure, data and plotly.js in one file of about 1.5 MB. */
  html(options: DrawOptions = {}): string {
    const { theme = 'light', width, height } = options;
    return htmlPage(this.figure(theme), { theme: themes[theme], text: this.text, width, height });
  }

  /**
   * Writes the plot to a file, whole or not at all. The ending says what: `.html` (self-contained page) or `.png`
   * (drawn by a local Chromium at two pixels a point).
   * @throws CygnetError `unsupported` for another ending; `engine-missing` when there is no Chromium for a PNG.
   */
  async save(path: string, options: DrawOptions & { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { theme = 'light', width = 800, height, signal } = options;
    const ending = extname(path).toLowerCase();
    if (ending === '.html') return writeAtomically(path, this.html(options));
    if (ending !== '.png')
      throw new CygnetError('unsupported', `Cannot write "${path}": plots are saved as .html or .png.`);
    const figure = this.#draw(this.payload, themes[theme], { isStill: true });
    const size = { width, height: height ?? Number(figure.layout.height ?? 440) };
    const page = htmlPage(
      { ...figure, config: { ...figure.config, displayModeBar: false } },
      { theme: themes[theme], text: this.text, ...size },
    );
    return writeAtomically(path, await renderPng(page, { ...size, ...(signal ? { signal } : {}) }));
  }
}

const themes = { light: lightTheme, dark: darkTheme };
