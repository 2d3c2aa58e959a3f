/** A web server with one file for `rootio-http`: `rootio-server.ts FILE several|one LATENCY_MS`. Tells its parent the traffic. */
import { openSync, readSync, statSync } from 'node:fs';
import { startRangeServer } from '../kernel/hepml/test/range-server.ts';

const [path = '', ranges = 'several', latency = '0'] = process.argv.slice(2);
const descriptor = openSync(path, 'r');
const slice = (start: number, stop: number): Uint8Array => {
  const bytes = Buffer.allocUnsafe(stop - start);
  readSync(descriptor, bytes, 0, bytes.length, start);
  return bytes;
};
const server = await startRangeServer(statSync(path).size, slice, {
  latencyMs: Number(latency),
  ranges: ranges === 'one' ? 'refused' : 'several',
});
process.on('message', () => {
  process.send?.({ url: server.url, requests: server.requests.length, bytes: server.bytesSent });
  server.requests.length = 0;
  server.bytesSent = 0;
});
process.on('disconnect', () => process.exit(0));
