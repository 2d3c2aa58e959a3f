/**
 * Run by `node --build-snapshot`: brings the TypeScript engine into the memory that becomes the snapshot. Node loads
 * neither ES modules nor packages there, so the compiled engine is turned into CommonJS, and TypeScript into a function,
 * on the way in.
 */
'use strict';
const { readFileSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const { CYGNET_TYPESCRIPT: typescriptFile, CYGNET_ENGINE_ENTRY: entry } = process.env;

const run = (file, code, load) => {
  const module = { exports: {} };
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  vm.compileFunction(code, names, { filename: file })(module.exports, load, module, file, path.dirname(file));
  return module.exports;
};

const ts = run(typescriptFile, readFileSync(typescriptFile, 'utf8'), require);

const loaded = new Map([['typescript', ts]]);
const loadFrom = (folder) => (name) => {
  const file = name.startsWith('.') ? path.join(folder, name) : name;
  if (!loaded.has(file))
    loaded.set(file, path.isAbsolute(file) ? run(file, asCommonJS(file), loadFrom(path.dirname(file))) : require(file));
  return loaded.get(file);
};
const asCommonJS = (file) =>
  ts
    .transpileModule(readFileSync(file, 'utf8'), {
      fileName: file,
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ESNext, esModuleInterop: true },
    })
    .outputText.replaceAll('import.meta.url', JSON.stringify(require('node:url').pathToFileURL(file).href))
    .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));

loadFrom(path.dirname(entry))(`./${path.basename(entry)}`);
