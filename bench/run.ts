/**
 * Benchmarks against a peer measured in the same run: `npm run bench -- <name> [--json] [--rounds N]`.
 * `--events N` is for `formats`, `training` and `rootio…`, `--only TEXT` (cases whose name contains it) for `formats` and
 * `rootio`.
 * With `--json` the rows go to stdout, one JSON object a line, and the readable table to stderr.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Benchmark } from './harness.ts';
import { compare } from './harness.ts';
import { figureTable, markdownTable } from './table.ts';

/** What a benchmark may be told on the command line. */
interface Size {
  /** As many as the benchmark takes by itself when undefined. */
  readonly events: number | undefined;
  /** Only cases whose name contains this. */
  readonly only: string;
}

const benchmarks: { readonly [name: string]: (size: Size) => Promise<Benchmark | readonly Benchmark[]> } = {
  formats: async (size) => (await import('./formats.ts')).formatsBenchmark(size),
  kernel: async () => (await import('./kernel.ts')).kernelBenchmarks(),
  metrics: async () => (await import('./metrics.ts')).metricsBenchmark(),
  predict: async () => (await import('./predict.ts')).predictBenchmark(),
  rootio: async (size) => (await import('./rootio.ts')).rootioBenchmark(size),
  'rootio-http': async (size) => (await import('./rootio-http.ts')).rootioHttpBenchmark(size),
  'rootio-stream': async (size) => (await import('./rootio-stream.ts')).rootioStreamBenchmark(size),
  training: async ({ events = 100_000 }) => (await import('./training.ts')).trainingBenchmark({ events }),
};

const usage = `Usage: npm run bench -- <${Object.keys(benchmarks).join(' | ')}> [--json] [--rounds N] [--events N] [--only TEXT]`;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    events: { type: 'string' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});
const prepare = benchmarks[positionals[0] ?? ''];
if (prepare === undefined || values.help) {
  console.error(usage);
  process.exit(values.help ? 0 : 2);
}

const say = values.json ? console.error : console.log;
const load = (): string => loadavg()[0]?.toFixed(1) ?? '?';
const run = async (benchmark: Benchmark): Promise<void> => {
  const loadBefore = load();
  const rows = await compare(benchmark, {
    rounds: Number(values.rounds),
    onRound: (round) => process.stderr.write(`round ${round} of ${values.rounds}\n`),
  });
  say(
    `\n${benchmark.name}: peer ${benchmark.peer}; ${values.rounds} rounds in turns; medians ± half the interquartile distance`,
  );
  for (const note of benchmark.notes) say(note);
  say(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, load ${loadBefore} before and ${load()} after\n`,
  );
  say(markdownTable(rows));
  if (values.json) for (const { row } of rows) console.log(JSON.stringify(row));
  if (!rows.every(({ row }) => row.agree)) {
    console.error('\nThe results do not agree: these times compare different work.');
    process.exitCode = 1;
  }
  const figures = await benchmark.figures?.();
  if (figures === undefined) return;
  say(`\n${figureTable(figures)}`);
  if (values.json) for (const figure of figures) console.log(JSON.stringify({ bench: benchmark.name, ...figure }));
};

const events = values.events === undefined ? undefined : Number(values.events);
const prepared = await prepare({ events, only: values.only });
const all = Array.isArray(prepared) ? (prepared as readonly Benchmark[]) : [prepared as Benchmark];
try {
  for (const benchmark of all) await run(benchmark);
} finally {
  for (const benchmark of all) await benchmark.close();
}
