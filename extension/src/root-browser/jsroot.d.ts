/** The few functions of JSROOT that this room calls. JSROOT's own declarations say `any` for everything. */
declare module 'jsroot/core' {
  export interface JsrootAxis {
    fNbins: number;
    fXmin: number;
    fXmax: number;
    fTitle: string;
    [member: string]: unknown;
  }
  export interface JsrootHistogram {
    fName: string;
    fTitle: string;
    fArray: Float64Array;
    fXaxis: JsrootAxis;
    fYaxis: JsrootAxis;
    [member: string]: unknown;
  }
  export const settings: Record<string, unknown>;
  export const gStyle: Record<string, unknown>;
  export function createHistogram(typeName: string, bins: number): JsrootHistogram;
}

declare module 'jsroot/draw' {
  export function draw(element: HTMLElement, object: object, option?: string): Promise<unknown>;
  export function cleanup(element: HTMLElement): void;
  export function resize(element: HTMLElement): void;
}

declare module 'jsroot/io' {
  export function R__unzip(block: DataView, size: number, quiet?: boolean): Promise<DataView | null>;
}
