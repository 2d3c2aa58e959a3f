import {
  exampleRocPlot,
  exampleScorePlot,
  exampleSignificancePlot,
  exampleTrainingProgress,
  lightTheme,
  plotlyMime,
  rocPlotMime,
  scorePlotMime,
  significancePlotMime,
  trainingMime,
} from '@cygnet/contract';
import { describe, expect, it } from 'vitest';
import { plotKinds } from './plot-kinds.ts';

const kind = (mime: string) => {
  const found = plotKinds.find((each) => each.mime === mime);
  if (!found) throw new Error(`No kind for ${mime}`);
  return found;
};

describe('plotKinds', () => {
  it.each([
    [rocPlotMime, exampleRocPlot],
    [scorePlotMime, exampleScorePlot],
    [significancePlotMime, exampleSignificancePlot],
    [trainingMime, exampleTrainingProgress],
    [plotlyMime, { data: [{ y: [1, 2] }] }],
  ])('draws a valid payload of %s', (mime, payload) => {
    const figure = kind(mime).figureOf(payload, lightTheme);
    expect(figure?.data.length).toBeGreaterThan(0);
    expect(figure?.layout.paper_bgcolor).toBe(lightTheme.background);
  });

  it.each([rocPlotMime, scorePlotMime, significancePlotMime, trainingMime, plotlyMime])(
    'draws nothing for an invalid payload of %s',
    (mime) => {
      for (const payload of [null, 1, 'text', {}, { title: 'x' }, { data: 1 }])
        expect(kind(mime).figureOf(payload, lightTheme)).toBeUndefined();
    },
  );

  it('keeps no image of a training that still runs', () => {
    expect(kind(trainingMime).isFinal(exampleTrainingProgress)).toBe(false);
    expect(kind(trainingMime).isFinal({ ...exampleTrainingProgress, state: 'finished' })).toBe(true);
  });

  it('leaves foreign figures to their own HTML where there is some', () => {
    expect(kind(rocPlotMime).rank).toBe(0);
    expect(kind(plotlyMime).rank).toBeGreaterThan(90);
  });
});
