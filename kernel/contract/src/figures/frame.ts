import type { PlotlyObject } from './plotly-figure.ts';
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

/** What all our figures share: colours, fonts, title at the left with a smaller second line, room for the axes. */
export const frame = (
  theme: FigureTheme,
  text: { readonly title: string; readonly subtitle?: string },
  layout: PlotlyObject,
): PlotlyObject => ({
  title: {
    text: text.title,
    ...(text.subtitle ? { subtitle: { text: text.subtitle, font: { size: 12, color: theme.muted } } } : {}),
    x: 0,
    xref: 'paper',
    xanchor: 'left',
    y: 0.97,
    yanchor: 'top',
    font: { size: 15 },
  },
  paper_bgcolor: theme.background,
  plot_bgcolor: theme.background,
  font: { color: theme.text, size: 12, family: 'Helvetica, Arial, sans-serif' },
  margin: { l: 60, r: 16, t: 62, b: 52 },
  height: 440,
  autosize: true,
  hovermode: 'closest',
  hoverlabel: { bgcolor: theme.background, bordercolor: theme.muted, font: { color: theme.text }, align: 'left' },
  ...layout,
});

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
    font: { size: 11 },
  };
};

/** plotly's own settings: no advertising, the width of the cell. */
export const figureConfig: PlotlyObject = { responsive: true, displaylogo: false };
