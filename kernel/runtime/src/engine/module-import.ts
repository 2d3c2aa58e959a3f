import path from 'node:path';
import vm from 'node:vm';

/** Imports a module for a cell and gives the wanted exports in order; `*` is the module itself. */
export type ImportForCell = (specifier: string, names: readonly string[]) => Promise<unknown[]>;

type ModuleNamespace = Readonly<Record<string, unknown>>;

/** Imports as if from a file in the notebook's folder. */
export const createCellImport = (folder: string): ImportForCell => {
  const load = vm.runInThisContext('(x) => /\\.json$/.test(x) ? import(x, { with: { type: "json" } }) : import(x)', {
    filename: path.join(folder, 'cygnet_cell_import.ts'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as (specifier: string) => Promise<ModuleNamespace>;
  return async (specifier, names) => {
    const module = await load(specifier);
    return names.map((name) => exportOf(module, name, specifier));
  };
};

/** CommonJS modules: names that Node does not see are taken from `module.exports`, and `__esModule` is honoured. */
const exportOf = (module: ModuleNamespace, name: string, specifier: string): unknown => {
  const inner = module.default;
  const common =
    (typeof inner === 'object' && inner !== null) || typeof inner === 'function'
      ? (inner as ModuleNamespace)
      : undefined;
  const isTranspiled = common?.__esModule === true;
  if (name === '*') return isTranspiled ? common : module;
  if (name === 'default') {
    if (isTranspiled && 'default' in common) return common.default;
    return 'default' in module ? module.default : module;
  }
  if (name in module) return module[name];
  if (common && name in common) return common[name];
  throw new SyntaxError(`The module '${specifier}' has no export named '${name}'.`);
};
