/** Runs under Node 24 in a process of its own: trains one tiny model of each kind through the library and says what ran. */
const { Table, models, train } = await import('cygnet');

const rows = 64;
const value = Float32Array.from({ length: rows }, (_, row) => Math.sin(row));
const isSignal = Uint8Array.from(value, (x) => (x > 0 ? 1 : 0));
const table = Table.from({ value, isSignal }, { name: 'probe', label: 'isSignal' });

const engineOf = async (blueprint, options) =>
  (await train(blueprint, table, { name: 'probe', seed: 1, ...options })).engine.name;
const dense = await engineOf(models.dense({ hidden: [4] }), { epochs: 1, batchSize: 32 });
const trees = await engineOf(models.boostedTrees({ trees: 2, maxDepth: 2 }), {});
console.log(JSON.stringify({ dense, trees }));
process.exit(0);
