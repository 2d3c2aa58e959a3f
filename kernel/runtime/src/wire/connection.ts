import { readFileSync } from 'node:fs';

/** What a client's connection file says. */
export interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly ports: Readonly<Record<SocketName, number>>;
}

export type SocketName = 'shell' | 'control' | 'stdin' | 'iopub' | 'hb';

export const socketNames: readonly SocketName[] = ['shell', 'control', 'stdin', 'iopub', 'hb'];

/**
 * Reads a Jupyter connection file.
 *
 * @throws Error when the file is unreadable, lacks a port or names a signature scheme other than hmac-sha256.
 */
export const readConnection = (file: string): Connection => {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const scheme = raw.signature_scheme;
  if (typeof scheme === 'string' && scheme !== '' && scheme !== 'hmac-sha256')
    throw new Error(`Connection file ${file} asks for signatures by ${scheme}; this kernel knows hmac-sha256.`);
  const port = (name: SocketName): number => {
    const value = raw[`${name}_port`];
    if (typeof value !== 'number') throw new Error(`Connection file ${file} has no number under "${name}_port".`);
    return value;
  };
  const text = (key: string, fallback: string): string => (typeof raw[key] === 'string' ? raw[key] : fallback);
  return {
    transport: text('transport', 'tcp'),
    ip: text('ip', '127.0.0.1'),
    key: text('key', ''),
    ports: {
      shell: port('shell'),
      control: port('control'),
      stdin: port('stdin'),
      iopub: port('iopub'),
      hb: port('hb'),
    },
  };
};

/** ZeroMQ address of a socket. */
export const addressOf = (connection: Connection, name: SocketName): string => {
  const separator = connection.transport === 'ipc' ? '-' : ':';
  return `${connection.transport}://${connection.ip}${separator}${connection.ports[name]}`;
};
