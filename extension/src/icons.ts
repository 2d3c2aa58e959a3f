import { LabIcon } from '@jupyterlab/ui-components';

/** A small histogram: ROOT files. */
export const rootIcon = new LabIcon({
  name: 'cygnet:root',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 22 22"><path class="jp-icon3" fill="#616161" d="M3 19h16v-2H3zM4 15h3V8H4zm5 0h3V3H9zm5 0h3v-5h-3z"/></svg>',
});

/** A box with an arrow out of it: model export. */
export const exportIcon = new LabIcon({
  name: 'cygnet:export-model',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 22 22"><path class="jp-icon3" fill="#616161" d="M11 2 6.5 6.5l1.4 1.4L10 5.8V14h2V5.8l2.1 2.1 1.4-1.4zM4 11v7h14v-7h-2v5H6v-5z"/></svg>',
});
