import { fileURLToPath } from 'node:url';

/** Path of a data file that comes with the package: `data/` beside `src/` and `dist/`. */
export const preloadedFile = (name: string): string => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
