import type { PlotlyObject } from './plotly-figure.ts';
import { shortText } from './figure-text.ts';
import type { FigureTheme } from './theme.ts';

/** An axis as physicists draw it: closed frame, ticks on both sides pointing in. */
export const axis = (theme: FigureTheme, title: string, options: PlotlyObject = {}): PlotlyObject => ({
  title: { text: title, standoff: 8 },
  automargin: true,
  showline: true,
  mirror: 'ticks',
  ticks: 'inside',
  linecolor: theme.muted,
  tickcolor: theme.muted,
  gridcolor: theme.grid,
  zeroline: false,
  ...options,
});

/** Room for title, caption and axis titles; axes widen it when their numbers are long. */
export const margin = { l: 60, r: 16, t: 56, b: 52 };

/** What all our figures share: colours, fonts, title at the left, a caption between it and the frame. */
export const frame = (
  theme: FigureTheme,
  text: {
    /** As the user wrote it. */
    readonly title: string;
    /** Escaped; may hold `<br>`. */
    readonly caption?: string;
  },
  layout: PlotlyObject,
): PlotlyObject => ({
  title: {
    text: shortText(text.title, 64),
    x: 0,
    xref: 'paper',
    xanchor: 'left',
    y: 1,
    yref: 'container',
    yanchor: 'top',
    pad: { t: 12 },
    font: { size: text.title.length > 40 ? 11 : text.title.length > 26 ? 13 : 15 },
  },
  annotations: text.caption
    ? [
        {
          text: text.caption,
          font: { size: 11.5, color: theme.text },
          showarrow: false,
          ...{ xref: 'paper', x: 0, xanchor: 'left' },
          ...{ yref: 'paper', y: 1, yanchor: 'bottom', yshift: 1 },
          align: 'left',
          borderpad: 0,
        },
      ]
    : [],
  paper_bgcolor: theme.background,
  plot_bgcolor: theme.background,
  font: { color: theme.text, size: 12, family: 'Helvetica, Arial, sans-serif' },
  margin,
  height: 440,
  autosize: true,
  hovermode: 'closest',
  hoverlabel: { bgcolor: theme.background, bordercolor: theme.muted, font: { color: theme.text }, align: 'left' },
  ...layout,
});

/** A legend in a row below the axis title; it breaks into several rows where the figure is narrow. */
export const belowLegend = {
  orientation: 'h',
  x: 0,
  xanchor: 'left',
  y: -0.17,
  yanchor: 'top',
  font: { size: 11 },
  tracegroupgap: 0,
};

/** A legend inside of the frame, readable over whatever is below. */
export const insideLegend = (theme: FigureTheme, corner: 'top-right' | 'bottom-right' | 'top-left'): PlotlyObject => {
  const [vertical, horizontal] = corner.split('-');
  return {
    x: horizontal === 'right' ? 0.985 : 0.015,
    xanchor: horizontal,
    y: vertical === 'top' ? 0.985 : 0.02,
    yanchor: vertical,
    bgcolor: `${theme.background}cc`,
    borderwidth: 0,
    tracegroupgap: 0,
    font: { size: 11 },
  };
};

/**
 * plotly's own settings: the width of the cell, few buttons that leave the title readable, no advertising, and above all
 * not plotly 4's button that uploads the chart's data to a cloud service.
 */
export const figureConfig: PlotlyObject = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  displayModeBar: 'hover',
  modeBarButtons: [['toImage', 'zoom2d', 'pan2d', 'resetScale2d']],
};
