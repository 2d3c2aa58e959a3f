import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FigureTheme, PlotlyFigure } from '@cygnet/contract';

/** plotly.js as text, its licence comment at its head. Read once. */
let plotlyText: string | undefined;
const plotly = (): string =>
  (plotlyText ??= readFileSync(
    createRequire(import.meta.url).resolve('plotly.js/dist/plotly-cartesian.min.js'),
    'utf8',
  ).replaceAll('</script', '<\\/script'));

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** JSON that cannot end a script element. */
const inlineJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** One HTML file with the figure, its data and plotly.js in it; nothing is fetched. */
export const htmlPage = (
  figure: PlotlyFigure,
  options: {
    readonly theme: FigureTheme;
    readonly text: string;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
  },
): string => {
  const { theme, text, width, height } = options;
  const layout = {
    ...figure.layout,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(text.split('\n')[0] ?? 'Plot')}</title>
<style>html, body { margin: 0; background: ${theme.background}; } pre { position: absolute; left: -10000px; }</style>
</head>
<body>
<figure id="figure" role="img" aria-describedby="numbers" style="margin: 0"></figure>
<pre id="numbers">${escapeHtml(text)}</pre>
<script>${plotly()}</script>
<script>
const figure = ${inlineJson({ data: figure.data, layout, config: figure.config })};
Plotly.newPlot('figure', figure.data, figure.layout, figure.config);
</script>
</body>
</html>
`;
};
