import { lightTheme, type PlotlyFigure } from '@cygnet/contract';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { Plotly } from 'plotly.js/dist/plotly-cartesian.min.js';
import { onThemeChange } from '../theme.ts';
import { currentFigureTheme } from './figure-theme.ts';
import type { PlotKind } from './plot-kinds.ts';
import { RedrawPace } from './redraw-pace.ts';

/** At most ten pictures a second. */
const redrawIntervalMs = 100;
/** A picture is kept in the notebook when it has stood this long. */
const settleMs = 400;
/** Size and resolution of the image kept in the notebook. */
const imageSize = { width: 760, height: 440, scale: 1.5 };

const png = 'image/png';

const loadPlotly = async (): Promise<Plotly> => (await import('plotly.js/dist/plotly-cartesian.min.js')).default;

/** Draws one output with plotly, in place as it changes, and leaves an image of it in the notebook. */
export class PlotView extends Widget implements IRenderMime.IRenderer {
  readonly #kind: PlotKind;
  readonly #pace: RedrawPace;
  readonly #themeWatch: IDisposable;
  readonly #resizes: ResizeObserver;
  readonly #plot = document.createElement('div');
  #model: IRenderMime.IMimeModel | undefined;
  #plotly: Plotly | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(kind: PlotKind) {
    super();
    this.#kind = kind;
    this.addClass('cyg-Plot');
    this.node.append(this.#plot);
    this.#pace = new RedrawPace(() => this.#draw(), redrawIntervalMs);
    this.#themeWatch = onThemeChange(() => {
      if (this.#plotly) void this.#pace.request();
    });
    this.#resizes = new ResizeObserver(() => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#resize());
    });
    this.#resizes.observe(this.node);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    await this.#pace.request();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    clearTimeout(this.#settling);
    cancelAnimationFrame(this.#frame);
    this.#themeWatch.dispose();
    this.#resizes.disconnect();
    this.#plotly?.purge(this.#plot);
    super.dispose();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#resize();
  }

  async #draw(): Promise<void> {
    const model = this.#model;
    if (!model || this.isDisposed) return;
    const payload: unknown = model.data[this.#kind.mime];
    const figure = this.#kind.figureOf(payload, currentFigureTheme());
    if (!figure) {
      this.#say(
        `This ${this.#kind.name} cannot be drawn: its data do not follow ${this.#kind.mime}. It may come from a newer version: update Cygnet.`,
      );
      return;
    }
    try {
      this.#plotly ??= await loadPlotly();
      if (this.isDisposed) return;
      if (this.#plot.parentNode !== this.node) this.node.replaceChildren(this.#plot);
      // Plotly sizes itself by this node when the notebook is resized; without a height of its own the plot would shrink away.
      this.#plot.style.height = `${typeof figure.layout.height === 'number' ? figure.layout.height : imageSize.height}px`;
      await this.#plotly.react(this.#plot, figure.data, figure.layout, figure.config);
      if (this.isDisposed) return this.#plotly.purge(this.#plot);
    } catch (error) {
      this.#say(`This ${this.#kind.name} cannot be drawn: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    this.#describe(model);
    this.#keepImage(model, payload);
  }

  #describe({ data }: IRenderMime.IMimeModel): void {
    const text = data['text/plain'];
    this.#plot.setAttribute('role', 'img');
    this.#plot.setAttribute(
      'aria-label',
      typeof text === 'string' ? text : Array.isArray(text) ? text.join('') : this.#kind.name,
    );
  }

  /** Setting data draws again: an output that has its image is left alone. */
  #keepImage(model: IRenderMime.IMimeModel, payload: unknown): void {
    clearTimeout(this.#settling);
    if (png in model.data || !this.#kind.isFinal(payload)) return;
    this.#settling = setTimeout(() => void this.#addImage(model, payload), settleMs);
  }

  async #addImage(model: IRenderMime.IMimeModel, payload: unknown): Promise<void> {
    const figure = this.#kind.figureOf(payload, lightTheme);
    const image = figure && (await this.#imageOf(figure));
    if (image === undefined || this.isDisposed || this.#model !== model || png in model.data) return;
    model.setData({ data: { ...model.data, [png]: image }, metadata: model.metadata });
  }

  /** The figure on white as base64, whatever the theme: saved notebooks are read elsewhere too. */
  async #imageOf({ data, layout, config }: PlotlyFigure): Promise<string | undefined> {
    const height = typeof layout.height === 'number' ? layout.height : imageSize.height;
    const { updatemenus: _, ...still } = layout;
    try {
      const url = await this.#plotly?.toImage({ data, layout: still, config }, { format: 'png', ...imageSize, height });
      return url?.slice(url.indexOf(',') + 1);
    } catch (error) {
      console.warn('Cygnet could not make an image of a plot:', error);
      return undefined;
    }
  }

  #resize(): void {
    if (this.#plotly && this.isVisible && this.#plot.clientWidth > 0 && this.#plot.classList.contains('js-plotly-plot'))
      void this.#plotly.Plots.resize(this.#plot);
  }

  #say(text: string): void {
    const message = document.createElement('div');
    message.className = 'cyg-Plot-message';
    message.setAttribute('role', 'alert');
    message.textContent = text;
    this.node.replaceChildren(message);
  }
}
