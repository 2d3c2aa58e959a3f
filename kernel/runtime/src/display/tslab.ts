/** What `import … from 'tslab'` gives in a cell: tslab's names, this kernel's displays. */
import { createRequire } from 'node:module';
import { createDisplay, createUpdatableDisplay } from './display-functions.ts';

const versionOf = (name: string): string =>
  (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

/** Shows rich contents. */
export const display = createDisplay();

/** A display whose calls overwrite one output. */
export const newDisplay = createUpdatableDisplay;

/** Versions of tslab's interface and of what runs the notebook. */
export const versions = { tslab: versionOf('tslab'), typescript: versionOf('typescript'), node: process.version };
