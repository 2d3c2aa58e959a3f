import type { JsrootHistogram } from 'jsroot/core';
import { isDarkTheme } from '../theme.ts';
import { makeHarmless } from './harmless.ts';
import type { Picture } from './read-picture.ts';

/** ROOT's colour numbers for the line and the filling of histograms. */
const lineColor = 602;
const fillColor = 590;

/** Helvetica at sizes in pixels: text does not grow with the drawing. */
const pixelFont = 43;
const labelPixels = 14;
const titlePixels = 16;

/** Room around the frame, and the statistics box in its corner, in pixels. */
const room = { left: 78, right: 22, top: 38, bottom: 54 };
const statisticsBox = { width: 150, height: 84 };

/** JSROOT wants fractions of the drawing. */
const styleFor = (width: number, height: number): Record<string, unknown> => {
  const right = room.right / width;
  const top = room.top / height;
  return {
    fTitleFont: pixelFont,
    fTitleFontSize: titlePixels,
    fStatFont: pixelFont,
    fStatFontSize: labelPixels,
    fStatX: 1 - right,
    fStatY: 1 - top,
    fStatW: Math.min(0.4, statisticsBox.width / width),
    fStatH: Math.min(0.3, statisticsBox.height / height),
    fPadLeftMargin: Math.min(0.3, room.left / width),
    fPadRightMargin: right,
    fPadTopMargin: top,
    fPadBottomMargin: Math.min(0.3, room.bottom / height),
  };
};

interface Painter {
  checkResize?(force?: unknown): unknown;
}

const load = async () => {
  const [core, drawing] = await Promise.all([import('jsroot/core'), import('jsroot/draw')]);
  core.settings.PreferSavedPoints = true;
  core.settings.IgnoreUrlOptions = true;
  core.settings.DragAndDrop = false;
  core.settings.ContextMenu = false;
  core.settings.HandleKeys = false;
  core.settings.ZoomWheel = false;
  return { ...core, ...drawing };
};

const axisText = { fLabelFont: pixelFont, fLabelSize: labelPixels, fTitleFont: pixelFont, fTitleSize: titlePixels };

const widthText = (width: number): string => Number(width.toPrecision(3)).toString();

const asJsroot = (
  picture: Extract<Picture, { kind: 'histogram' }>,
  create: (typeName: string, bins: number) => JsrootHistogram,
): JsrootHistogram => {
  const { counts, low, high, values, mean, standardDeviation } = picture.histogram;
  const histogram = create('TH1D', counts.length);
  histogram.fName = picture.name;
  histogram.fTitle = picture.title;
  histogram.fArray.set(counts, 1);
  const width = (high - low) / counts.length;
  Object.assign(histogram.fXaxis, { fXmin: low, fXmax: high, fTitle: picture.name });
  Object.assign(histogram.fYaxis, {
    fTitle: `${picture.ofLists ? 'Values' : 'Entries'} / ${widthText(width)}`,
  });
  Object.assign(histogram, {
    fEntries: values,
    fTsumw: values,
    fTsumw2: values,
    fTsumwx: values * mean,
    fTsumwx2: values * (standardDeviation ** 2 + mean ** 2),
    fLineColor: lineColor,
    fFillColor: fillColor,
    fLineWidth: 1,
  });
  return makeHarmless(histogram);
};

/** Room for the colour scale of a two-dimensional histogram and its numbers. */
const colorScalePixels = 84;

const classOf = (object: object): string => {
  const { _typename: name } = object as { readonly _typename?: unknown };
  return typeof name === 'string' ? name : '';
};

const isColorMap = (object: object): boolean => /^T(H2[CSIFDL]|Profile2D)$/.test(classOf(object));

/** Axis text of a single histogram at our size; canvases keep the style that their author gave them. */
const withPixelText = (object: object): void => {
  if (!/^T(H[123]|Profile)/.test(classOf(object))) return;
  const { fXaxis, fYaxis, fZaxis } = object as { readonly [axis: string]: object | undefined };
  if (fXaxis) Object.assign(fXaxis, axisText);
  if (fYaxis) Object.assign(fYaxis, axisText, { fTitleOffset: 2.3 });
  if (fZaxis) Object.assign(fZaxis, axisText);
};

/** What a screen reader says of a picture. */
export const describePicture = (picture: Picture): string => {
  if (picture.kind === 'object') return `Drawing of ${picture.name}`;
  const { values, mean, standardDeviation, low, high } = picture.histogram;
  return `Histogram of ${picture.name}: ${values} values from ${widthText(low)} to ${widthText(high)}, mean ${mean.toPrecision(4)}, standard deviation ${standardDeviation.toPrecision(4)}`;
};

/** The end of the drawing under way: JSROOT's style is one for the whole page, so pictures are drawn one after another. */
let turn: Promise<void> = Promise.resolve();

/** One picture drawn by JSROOT in an element, until it is disposed. */
export class JsrootDrawing {
  readonly #element: HTMLElement;
  #painter: Painter | null = null;
  #isDisposed = false;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Draws; rejects with a clear error when JSROOT cannot. */
  async draw(picture: Picture): Promise<void> {
    const drawn = turn.then(() => this.#drawNow(picture));
    turn = drawn.catch(() => undefined); // the next picture is drawn whatever became of this one
    return drawn;
  }

  /** Fits the drawing to its element; a hidden one is fitted when it shows again. */
  resize(): void {
    if (this.#element.clientWidth > 0) this.#painter?.checkResize?.(true);
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#painter) void load().then(({ cleanup }) => cleanup(this.#element));
    this.#painter = null;
  }

  async #drawNow(picture: Picture): Promise<void> {
    const jsroot = await load();
    if (this.#isDisposed) return;
    jsroot.settings.DarkMode = isDarkTheme();
    const { clientWidth, clientHeight } = this.#element;
    if (clientWidth > 0 && clientHeight > 0) Object.assign(jsroot.gStyle, styleFor(clientWidth, clientHeight));
    const object = picture.kind === 'histogram' ? asJsroot(picture, jsroot.createHistogram) : picture.object;
    const isMap = isColorMap(object);
    if (isMap) {
      const margin = colorScalePixels / Math.max(clientWidth, 2 * colorScalePixels);
      Object.assign(jsroot.gStyle, { fPadRightMargin: margin, fStatX: 1 - margin });
    }
    withPixelText(object);
    try {
      const painter = await jsroot.draw(this.#element, object, isMap ? 'colz' : '');
      if (painter === null) throw new Error(`JSROOT draws nothing for "${picture.name}".`);
      if (this.#isDisposed) jsroot.cleanup(this.#element);
      else this.#painter = painter as Painter;
    } catch (error) {
      jsroot.cleanup(this.#element);
      throw error;
    }
  }
}
