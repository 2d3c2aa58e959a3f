import net from 'node:net';
import { StepFailure } from './failure.mjs';

export const defaultPort = 8888;

export const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

/**
 * The port to serve on: the one asked for, or else 8888 or the next free one.
 * @param {string | undefined} asked
 * @throws {StepFailure} when the port asked for is taken, or is none
 */
export async function choosePort(asked) {
  if (asked === undefined) {
    for (let port = defaultPort; port < defaultPort + 50; port += 1) if (await isFree(port)) return port;
    throw new StepFailure({
      what: `the ports ${defaultPort} to ${defaultPort + 49} are all in use.`,
      remedy: ['Name another: npm start -- --port 9000'],
    });
  }
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StepFailure({
      what: `"${asked}" is not a port.`,
      remedy: ['Give a number from 1024 to 65535: npm start -- --port 9000'],
    });
  }
  if (await isFree(port)) return port;
  throw new StepFailure({
    what: port < 1024 ? `port ${port} cannot be used (in use, or reserved for root).` : `port ${port} is in use.`,
    remedy: [
      'Leave --port out to take the next free one, or name another.',
      `What uses it: ss -ltnp 'sport = :${port}' (Linux), lsof -i :${port} (macOS).`,
    ],
  });
}
