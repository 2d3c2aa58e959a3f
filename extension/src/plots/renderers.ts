import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { pluginIds } from '../tokens.ts';
import { plotKinds } from './plot-kinds.ts';
import { PlotView } from './plot-view.ts';

/** MIME renderers for every kind of plot, ours and plain plotly. */
export const plotRenderers: IRenderMime.IExtension[] = plotKinds.map((kind) => ({
  id: `${pluginIds.plots}-${kind.name.replaceAll(' ', '-')}`,
  description: `Draws ${kind.mime}.`,
  rendererFactory: { safe: true, mimeTypes: [kind.mime], createRenderer: () => new PlotView(kind) },
  rank: kind.rank,
  dataType: 'json',
}));
