/** Imports the library and prints how long that took and which native or heavy files came with it. */
const start = performance.now();
await import('cygnet');
const milliseconds = performance.now() - start;
const { createRequire } = await import('node:module');
const required = Object.keys(createRequire(import.meta.url).cache);
const heavy = required.filter((path) =>
  /tensorflow|koffi|onnxruntime|xgboost|plotly|jsroot|duckdb|h5wasm|apache-arrow/.test(path),
);
const mapped = process.report.getReport() as unknown as { readonly sharedObjects: readonly string[] };
const native = mapped.sharedObjects.filter((path) => /tensorflow|koffi|onnxruntime|xgboost|duckdb/.test(path));
console.log(JSON.stringify({ milliseconds, heavy, native }));
