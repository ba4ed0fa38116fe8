import { readFileSync } from 'node:fs';

/** The ends of a TCP connection, as a socket of Node has them. */
export interface Ends {
  readonly localPort?: number;
  readonly remotePort?: number;
  readonly remoteFamily?: string;
}

const established = '01';

/**
 * How many bytes that were sent over a connection its peer has not acknowledged yet (or that could not be sent); nothing
 * where the system does not tell: Linux does, in /proc, but not where two connections have the same ports.
 */
export function unacknowledgedBytes({ localPort, remotePort, remoteFamily }: Ends): number | undefined {
  if (localPort === undefined || remotePort === undefined) return undefined;
  const file = remoteFamily === 'IPv6' ? '/proc/self/net/tcp6' : '/proc/self/net/tcp';
  let table: string;
  try {
    table = readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
  // Number, local address:port, remote address:port, state, bytes to send:bytes to read (proc(5)).
  const rows = table.matchAll(
    new RegExp(`^ *\\d+: [0-9A-F]+:${hex(localPort)} [0-9A-F]+:${hex(remotePort)} ${established} ([0-9A-F]{8}):`, 'gm'),
  );
  const [row, other] = rows;
  return row === undefined || other !== undefined ? undefined : Number.parseInt(row[1] ?? '', 16);
}
