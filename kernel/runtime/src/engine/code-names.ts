/** Names under which compiled code finds the runner's services. Users' code must not collide with them. */
export const serviceNames = {
  define: '__cygnet_define',
  importModule: '__cygnet_import',
  meta: '__cygnet_meta',
  flag: '__cygnet_flag',
  stop: '__cygnet_stop',
} as const;

/** Local name of the box that holds a notebook name. */
export const boxName = (name: string): string => `__cygnet_box_${name}`;

/** Name of a cell's async function in stack traces. */
export const cellFunctionName = '__cygnet_cell';

const cellFilePrefix = 'cygnet_cell_';
export const cellModuleName = (id: number | 'draft'): string => `${cellFilePrefix}${id}`;
export const isCellModule = (specifier: string): boolean => /^\.\/cygnet_cell_\d+$/.test(specifier);
export const cellFilePattern = /cygnet_cell_(\d+)\.ts/;
