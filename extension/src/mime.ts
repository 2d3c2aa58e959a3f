import { plotRenderers } from './plots/renderers.ts';

/** The MIME renderers of this extension. */
export default plotRenderers;
