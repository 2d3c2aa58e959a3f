import { modelExportPlugin } from './model-export/plugin.ts';
import { rootBrowserPlugin } from './root-browser/plugin.ts';

/** The plugins of this extension; the renderers of plots are in `mime.ts`. */
export default [rootBrowserPlugin, modelExportPlugin];
