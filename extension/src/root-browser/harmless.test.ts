import { describe, expect, it } from 'vitest';
import { isDrawable, makeHarmless } from './harmless.ts';

describe('makeHarmless', () => {
  it('leaves a function its saved points and no formula to compile', () => {
    const fit = {
      _typename: 'TF1',
      fName: 'fit',
      fFormula: { fFormula: 'alert(1)' },
      fSave: [1, 2, 3],
      evalPar: undefined as unknown,
    };
    makeHarmless({ _typename: 'TH1F', fFunctions: { _typename: 'TList', arr: [fit] } });
    expect(fit.fFormula).toBeNull();
    expect(fit.fSave).toEqual([1, 2, 3]);
    expect((fit.evalPar as () => number)()).toBeNaN();
  });

  it('takes links and markup out of every text', () => {
    const histogram = makeHarmless({
      fTitle: 'see #url[javascript:alert(1)]{here}',
      fXaxis: { fTitle: '<SVG onload=alert(1)>' },
    });
    expect(histogram.fTitle).toBe('see {here}');
    expect(histogram.fXaxis.fTitle).toBe('‹SVG onload=alert(1)>');
  });

  it('takes out links that appear when another is taken out', () => {
    expect(makeHarmless({ fTitle: '#ur#url[x]l[javascript:alert(1)]{here}' }).fTitle).toBe('{here}');
    expect(makeHarmless({ fTitle: '\\url[javascript:alert(1)]{here}' }).fTitle).toBe('{here}');
  });

  it('turns backslashes, for which MathJax would be fetched, into what ROOT writes', () => {
    expect(makeHarmless({ fTitle: 'p_{T}^{\\mu}' }).fTitle).toBe('p_{T}^{#mu}');
  });

  it('keeps comparison signs and formulas in titles', () => {
    expect(makeHarmless({ fTitle: 'p_{T} < 5 GeV' }).fTitle).toBe('p_{T} < 5 GeV');
  });

  it('drops pictures of a canvas that can carry scripts', () => {
    const primitives = {
      _typename: 'TList',
      arr: [{ _typename: 'TJSImage' }, { _typename: 'TH1F' }, { _typename: 'TWebPainting' }],
    };
    makeHarmless({ _typename: 'TCanvas', fPrimitives: primitives });
    expect(primitives.arr).toEqual([{ _typename: 'TH1F' }]);
  });

  it('survives objects that point at each other', () => {
    const a: Record<string, unknown> = { fName: 'a' };
    a.self = a;
    expect(makeHarmless(a)).toBe(a);
  });
});

describe('isDrawable', () => {
  it('says yes to histograms, graphs and canvases and no to trees and strings', () => {
    expect(['TH1F', 'TH2D', 'TProfile', 'TGraphErrors', 'TCanvas', 'TF1'].every(isDrawable)).toBe(true);
    expect(['TTree', 'TObjString', 'TList', 'TJSImage', 'ROOT::RNTuple'].some(isDrawable)).toBe(false);
  });
});
