import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A package of the registry: its files by their path. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const blockBytes = 512;

/** One file of a tar archive (ustar). */
const tarEntry = (name: string, text: string): Buffer => {
  const data = Buffer.from(text);
  const header = Buffer.alloc(blockBytes);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(`package/${name}`, 0);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7) + octal(0, 7) + octal(data.length, 11) + octal(0, 11), 108);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return Buffer.concat([header, data, Buffer.alloc((blockBytes - (data.length % blockBytes)) % blockBytes)]);
};

const archiveOf = ({ name, version, files, scripts = {} }: PublishedPackage): Buffer => {
  const manifest = JSON.stringify({
    name,
    version,
    type: 'module',
    exports: './index.js',
    types: './index.d.ts',
    scripts,
  });
  const entries = Object.entries({ 'package.json': manifest, ...files }).map(([file, text]) => tarEntry(file, text));
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * blockBytes)]));
};

/** A registry of packages on this machine that speaks npm's protocol. */
export class PackageRegistry {
  readonly #server: Server;
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** While set, packages are found but their archives never come. */
  isStalled = false;

  constructor(packages: readonly PublishedPackage[]) {
    this.#server = createServer((request, response) => {
      const url = decodeURIComponent(request.url ?? '');
      this.asked.push(url);
      const found = packages.filter(({ name }) => url === `/${name}`);
      const archive = packages.find((each) => url === archivePath(each));
      if (archive) return this.isStalled ? undefined : response.end(archiveOf(archive));
      if (found.length > 0)
        return response.setHeader('content-type', 'application/json').end(JSON.stringify(this.#document(found)));
      return response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
    });
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #document(versions: readonly PublishedPackage[]): unknown {
    const name = versions[0]?.name;
    const describe = (each: PublishedPackage): unknown => ({
      name,
      version: each.version,
      scripts: each.scripts ?? {},
      ...(each.scripts ? { hasInstallScript: true } : {}),
      dist: {
        tarball: `${this.address}${archivePath(each)}`,
        integrity: `sha512-${createHash('sha512').update(archiveOf(each)).digest('base64')}`,
      },
    });
    return {
      name,
      'dist-tags': { latest: versions.at(-1)?.version },
      versions: Object.fromEntries(versions.map((each) => [each.version, describe(each)])),
    };
  }
}

const archivePath = ({ name, version }: PublishedPackage): string => `/${name}/-/${version}.tgz`;
