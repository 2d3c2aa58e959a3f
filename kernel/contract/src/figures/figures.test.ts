import { describe, expect, it } from 'vitest';
import {
  exampleRocPlot,
  exampleScorePlot,
  exampleSignificancePlot,
  exampleTrainingProgress,
  type TrainingProgress,
} from '../index.ts';
import {
  darkTheme,
  lightTheme,
  plainText,
  rocFigure,
  scoreFigure,
  significanceFigure,
  trainingFigure,
  valueWithError,
} from './index.ts';
import { shortText } from './figure-text.ts';

interface Trace {
  name?: string;
  x: (number | null)[];
  y: (number | null)[];
  visible?: boolean;
  fill?: string;
  line?: { color: string };
  marker?: { color: string; opacity: number };
  error_y?: { array?: number[] };
  customdata?: (number | string)[][];
  hovertemplate?: string;
  yaxis?: string;
  showlegend?: boolean;
}
interface Layout {
  title: { text: string };
  annotations: { text: string }[];
  xaxis: { title: { text: string } };
  yaxis: { type?: string; title: { text: string } };
  yaxis2?: { title: { text: string }; side: string };
  updatemenus?: { buttons: { label: string; args: [{ visible: boolean[] }, Layout] }[] }[];
}
const parts = (figure: { data: unknown; layout: unknown }) => ({
  traces: figure.data as Trace[],
  layout: figure.layout as Layout,
});
const named = (traces: Trace[], text: string): Trace => traces.find(({ name }) => name?.startsWith(text)) as Trace;

const hostile = '<b>bold</b> %{x} $x^2$ & co';
const everyFigure = (theme = lightTheme) => [
  rocFigure(exampleRocPlot, theme),
  scoreFigure(exampleScorePlot, theme),
  significanceFigure(exampleSignificancePlot, theme),
  trainingFigure(exampleTrainingProgress, theme),
];

describe('every figure', () => {
  it('is plain JSON without NaN or undefined', () => {
    for (const figure of everyFigure()) expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  it('takes its colours from the theme', () => {
    for (const theme of [lightTheme, darkTheme])
      for (const { layout } of everyFigure(theme))
        expect(layout).toMatchObject({ paper_bgcolor: theme.background, font: { color: theme.text } });
  });

  it('keeps plotly from offering to upload the data', () => {
    for (const { config } of everyFigure()) expect(config).toMatchObject({ showSendToCloud: false });
  });

  it('shows names from users as they are, not as markup, template or TeX', () => {
    const curves = exampleRocPlot.curves.map((curve) => ({ ...curve, name: hostile }));
    const histograms = exampleScorePlot.histograms.map((histogram) => ({ ...histogram, name: hostile }));
    const figures = [
      rocFigure({ title: hostile, sample: hostile, curves }, lightTheme),
      scoreFigure({ ...exampleScorePlot, title: hostile, scoreLabel: hostile, histograms }, lightTheme),
      significanceFigure(
        { ...exampleSignificancePlot, title: hostile, scoreLabel: hostile, figureLabel: hostile, sample: hostile },
        lightTheme,
      ),
      trainingFigure({ ...exampleTrainingProgress, model: hostile, engine: hostile, message: hostile }, lightTheme),
    ];
    for (const figure of figures) {
      const text = JSON.stringify(figure);
      expect(text).not.toContain('<b>bold');
      expect(text).not.toContain('%{x} ');
      expect(text).not.toContain('$x');
      expect(text).toContain('&lt;b&gt;');
    }
  });
});

describe('rocFigure', () => {
  it('draws rejection over signal efficiency on a log axis first, and the linear view behind a button', () => {
    const { traces, layout } = parts(rocFigure(exampleRocPlot, lightTheme));
    const shown = traces.filter(({ visible }) => visible);
    expect(layout.yaxis.type).toBe('log');
    expect(named(shown, 'trees')).toMatchObject({
      name: 'trees: AUC = 0.740 ± 0.055',
      x: [0, 0.4, 0.8, 1],
      y: [null, 10, 2.5, 1],
    });
    const linear = layout.updatemenus?.[0]?.buttons[1];
    expect(linear?.label).toBe('Linear');
    const behind = traces.filter((_, i) => linear?.args[0].visible[i]);
    expect(named(behind, 'trees')).toMatchObject({ x: [0, 0.1, 0.4, 1], y: [0, 0.4, 0.8, 1] });
    expect(behind.length + shown.length).toBe(traces.length);
    expect(linear?.args[1].yaxis.type).toBe('linear');
  });

  it('draws one view alone, without buttons, when asked', () => {
    const { traces, layout } = parts(rocFigure(exampleRocPlot, lightTheme, { view: 'linear' }));
    expect(layout.updatemenus).toBeUndefined();
    expect(named(traces, 'random')).toMatchObject({ x: [0, 1], y: [0, 1] });
    expect(traces.every(({ visible }) => visible)).toBe(true);
  });

  it('fills one standard deviation around the curve, and nothing when errors are missing', () => {
    const band = parts(rocFigure(exampleRocPlot, lightTheme, { view: 'rejection' })).traces.find(({ fill }) => fill);
    expect(band?.x).toEqual([0.4, 0.8, 1, 1, 0.8, 0.4]);
    expect(band?.y.map((value) => value?.toFixed(3))).toEqual(['18.868', '3.096', '1.000', '1.000', '2.096', '6.803']);
    const bare = exampleRocPlot.curves.map(({ name, signalEfficiency, backgroundEfficiency, cut, auc, aucError }) => ({
      ...{ name, signalEfficiency, backgroundEfficiency, cut, auc, aucError },
    }));
    const { traces } = parts(rocFigure({ title: 'bare', curves: bare }, lightTheme));
    expect(traces.some(({ fill }) => fill)).toBe(false);
    expect(named(traces, 'trees').hovertemplate).not.toContain('±  %');
  });

  it('tells cut, efficiencies and rejection with errors under the mouse', () => {
    const trace = named(parts(rocFigure(exampleRocPlot, lightTheme)).traces, 'trees');
    expect(trace.customdata?.[1]).toEqual(['0.8', 0.4, 0.077, 0.1, 0.047, 10, 4.7]);
    expect(trace.hovertemplate).toContain('rejection %{customdata[5]} ± %{customdata[6]}');
  });

  it('names the sample and its size', () => {
    expect(parts(rocFigure(exampleRocPlot, lightTheme)).layout.annotations[0]?.text).toBe(
      'test · 40 signal events · 40 background events',
    );
  });
});

describe('scoreFigure', () => {
  const { traces, layout } = parts(scoreFigure(exampleScorePlot, lightTheme));

  it('draws the test sample as filled steps along the bin edges', () => {
    const steps = traces.find(({ fill }) => fill) as Trace;
    expect(steps.name).toBe('signal (test)');
    expect(steps.x).toEqual([0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1, 1]);
    expect(steps.y).toEqual([0, 0.4, 0.4, 0.8, 0.8, 1.2, 1.2, 1.6, 1.6, 0]);
  });

  it('draws the training sample as points with error bars in the colour of its class', () => {
    const points = named(traces, 'signal (train)');
    expect(points).toMatchObject({ x: [0.125, 0.375, 0.625, 0.875], y: [0.36, 0.8, 1.2, 1.64] });
    expect(points.error_y?.array).toEqual([0.07, 0.1, 0.12, 0.14]);
    expect(points.marker).toMatchObject({ color: lightTheme.palette[0], opacity: 1 });
  });

  it('names its axes and gives the p-values', () => {
    expect(layout.xaxis.title.text).toBe('BDT score');
    expect(layout.yaxis.title.text).toBe('Events / bin width (normalised)');
    expect(layout.annotations[0]?.text).toBe('KS p-value train/test: signal 0.93');
  });

  it('lists each distribution once in the legend', () => {
    expect(traces.filter(({ showlegend }) => showlegend !== false).map(({ name }) => name)).toEqual([
      'signal (test)',
      'background (test)',
      'signal (train)',
    ]);
  });
});

describe('significanceFigure', () => {
  const { traces, layout } = parts(significanceFigure(exampleSignificancePlot, lightTheme));

  it('draws the figure of merit over the cut, and the expected events on a log axis of their own', () => {
    expect(named(traces, 'Asimov')).toMatchObject({ x: exampleSignificancePlot.cut, y: exampleSignificancePlot.value });
    expect(named(traces, 'background events')).toMatchObject({ yaxis: 'y2', y: [null, 100, 600, 2400, 10_000] });
    expect(named(traces, 'signal events').line?.color).toBe(lightTheme.palette[0]);
    expect(layout.yaxis.title.text).toBe('Asimov significance Z');
    expect(layout.yaxis2).toMatchObject({ side: 'right', type: 'log', title: { text: 'Expected events' } });
    expect(layout.xaxis).toMatchObject({ range: [0, 1], title: { text: 'Cut: keep trees score ≥' } });
  });

  it('leaves a gap in line and band where there is no figure of merit', () => {
    const band = traces.find(({ fill }) => fill);
    expect(band?.x).toEqual([0.8, 0.6, 0.4, 0, 0, 0.4, 0.6, 0.8]);
    expect(band?.y.map((value) => Number(value?.toFixed(2)))).toEqual([2.29, 2.56, 1.89, 0.99, 0.99, 1.75, 2.26, 1.67]);
  });

  it('marks the best cut with its error and its interval', () => {
    expect(named(traces, 'best cut')).toMatchObject({ x: [0.6], y: [2.41], error_y: { array: [0.15] } });
    expect(layout).toMatchObject({
      shapes: [
        { type: 'rect', x0: 0.55, x1: 0.7 },
        { type: 'line', x0: 0.6, x1: 0.6 },
      ],
    });
    expect(layout.annotations[0]?.text).toBe(
      'test · best cut 0.6 (68 &#37;: 0.55 to 0.7): 2.41 ± 0.15<br>s = 60, b = 600',
    );
    const { cutInterval: _, ...best } = exampleSignificancePlot.best;
    const bare = parts(significanceFigure({ ...exampleSignificancePlot, best }, lightTheme)).layout;
    expect(bare).toMatchObject({ shapes: [{ type: 'line' }] });
    expect(bare.annotations[0]?.text).toContain('best cut 0.6: 2.41');
  });
});

describe('trainingFigure', () => {
  it('draws losses on the left axis and the AUC on the right one', () => {
    const { traces, layout } = parts(trainingFigure(exampleTrainingProgress, lightTheme));
    expect(traces.map(({ name, yaxis }) => [name, yaxis])).toEqual([
      ['training loss', undefined],
      ['validation loss', undefined],
      ['validation AUC', 'y2'],
    ]);
    expect(layout.yaxis2).toMatchObject({ side: 'right', title: { text: 'Validation AUC' } });
    expect(layout.title.text).toBe('dense-1: epoch 2 of 10');
    expect(layout.annotations[0]?.text).toBe('tf-eager on CPU<br>1.5 s · 20,000 events/s');
  });

  it('leaves out what was not measured, and leaves a gap where a loss was not finite', () => {
    const progress: TrainingProgress = {
      ...exampleTrainingProgress,
      unit: 'round',
      state: 'failed',
      steps: [
        { step: 1, loss: 0.6 },
        { step: 2, loss: null },
      ],
    };
    const { traces, layout } = parts(trainingFigure(progress, lightTheme));
    expect(traces.map(({ y }) => y)).toEqual([[0.6, null]]);
    expect(layout.yaxis2).toBeUndefined();
    expect(layout.title.text).toBe('dense-1: failed at round 2 of 10');
  });

  it('can be drawn before the first step', () => {
    const { layout } = parts(trainingFigure({ ...exampleTrainingProgress, steps: [] }, lightTheme));
    expect(layout.title.text).toBe('dense-1: epoch 0 of 10');
  });
});

describe('text in figures', () => {
  it('writes a value with as many decimals as its error needs', () => {
    expect(valueWithError(0.78712, 0.0061)).toBe('0.787 ± 0.006');
    expect(valueWithError(0.78712, 0.00042)).toBe('0.7871 ± 0.0004');
    expect(valueWithError(0.78712, null)).toBe('0.787');
    expect(valueWithError(1, 0)).toBe('1.000 ± 0.000');
  });

  it('shortens in the middle and never cuts an entity or a character in two', () => {
    expect(shortText('a-very-long-name-<of>-a-model', 11)).toBe('a-ver…model');
    expect(shortText('😀'.repeat(9), 5)).toBe('😀😀…😀😀');
    expect(plainText('a\nb<c')).toBe('a b&lt;c');
  });
});
