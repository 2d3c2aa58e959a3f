/** One pass over the tree of a file: `rootio-pass.ts FILE THREADS`; tells its parent time, sums and peak of memory. */
import { root } from 'cygnet';
import { checksum } from './rootio-files.ts';

const [path = '', threads = '1'] = process.argv.slice(2);
const cpu = process.cpuUsage();
const started = performance.now();
let [events, total] = [0, 0];
for await (const chunk of await root.stream(path, { threads: Number(threads) })) {
  events += chunk.length;
  for (const name of chunk.columnNames) {
    const column = chunk.column(name);
    if (column.kind === 'flat') total = (total + checksum(column.values)) % 2 ** 52;
  }
}
const { user, system } = process.cpuUsage(cpu);
process.send?.({
  seconds: (performance.now() - started) / 1e3,
  cpu: (user + system) / 1e6,
  events,
  checksum: total,
  peakMB: process.resourceUsage().maxRSS / 1024,
});
process.disconnect();
