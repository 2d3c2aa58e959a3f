/** One direction of imports, one door per room and per heavy library. test/import-rules.test.ts plants a violation of each. */
const room = (name) => `^kernel/${name}/src/`;
const hepml = (name) => `^kernel/hepml/src/${name}/`;
const ownRoomOnly = (name, allowed) => ({
  name: `${name}-imports`,
  comment: `kernel/${name} may import ${allowed.length ? allowed.join(', ') : 'nothing'} of this repository`,
  severity: 'error',
  from: { path: room(name) },
  to: { path: '^(kernel|extension)/', pathNot: [room(name), ...allowed.map(room)] },
});
const door = (name, packages, homes) => ({
  name: `one-door-${name}`,
  comment: `${packages} is imported only from ${homes}`,
  severity: 'error',
  from: { path: '^(kernel|extension)/', pathNot: homes },
  to: { path: `(^|/)node_modules/(${packages})(/|$)` },
});
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { path: '^(kernel|extension)/' }, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(kernel|extension)/' },
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
    ownRoomOnly('contract', []),
    ownRoomOnly('columns', []),
    ownRoomOnly('rootio', ['columns']),
    ownRoomOnly('hepml', ['contract', 'columns', 'rootio']),
    ownRoomOnly('runtime', ['contract', 'hepml']),
    {
      name: 'extension-imports',
      severity: 'error',
      from: { path: '^extension/src' },
      to: { path: '^kernel/', pathNot: ['^kernel/(contract|columns|rootio)/src/'] },
    },
    {
      name: 'no-node-in-shared-rooms',
      severity: 'error',
      from: { path: '^kernel/(contract|columns|rootio)/src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'plots-compute-nothing',
      severity: 'error',
      from: { path: hepml('plots'), pathNot: '\\.test\\.ts$' },
      to: { path: hepml('(metrics|train|models|data)'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rooms-by-their-door',
      severity: 'error',
      from: { path: '^kernel/(hepml|runtime)/src/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^kernel/$1/src/[^/]+/', pathNot: '^kernel/$1/src/($2/|[^/]+/index\\.ts$)' },
    },
    door('jsroot', 'jsroot', ['^kernel/rootio/src/', '^extension/src/root-browser/']),
    door('koffi', 'koffi', ['^kernel/hepml/src/native/']),
    door('tfjs', '@tensorflow/[^/]+', ['^kernel/hepml/src/(models|train|export|native)/']),
    door('onnxruntime', 'onnxruntime-node', ['^kernel/hepml/src/export/']),
    door('duckdb', '@duckdb/[^/]+', ['^kernel/hepml/src/files/duckdb/']),
    door('h5wasm', 'h5wasm', ['^kernel/hepml/src/files/hdf5/']),
    door('arrow', 'apache-arrow', ['^kernel/hepml/src/files/arrow/']),
    door('zeromq', 'zeromq', ['^kernel/runtime/src/wire/', '^kernel/runtime/test/']),
    door('typescript', 'typescript', ['^kernel/runtime/src/engine/']),
    door('plotly', 'plotly\\.js[^/]*', ['^extension/src/plots/']),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|lib|cygnet_lab)/' },
    enhancedResolveOptions: {
      conditionNames: ['cygnet:source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
