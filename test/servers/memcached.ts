import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection, type NetConnectOpts, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningMemcached {
  /** Absent: it listens on a unix socket. */
  readonly port: number;
  readonly socketPath: string;
  /** Sends bytes and waits until what came back ends with `until`; the connection stays open until `close`. */
  tell(bytes: string, until: string): Promise<string>;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

export interface MemcachedOptions {
  /** Absent: 127.0.0.1. `unix`: a unix socket of its own. */
  readonly listen?: string;
  /** More arguments: `-m 1`, `-I 1k`, `-c 20`, `-Y file`. */
  readonly args?: readonly string[];
}

/** Runs Debian's memcached on a port that it picks itself, ready when this resolves. */
export async function startMemcached({
  listen = '127.0.0.1',
  args = [],
}: MemcachedOptions = {}): Promise<RunningMemcached> {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-memcached-'));
  chmodSync(folder, 0o777);
  const socketPath = join(folder, 'socket');
  const ports = join(folder, 'ports');
  const place = listen === 'unix' ? ['-s', socketPath] : ['-l', listen, '-p', '-1', '-U', '0'];
  // Not root, which memcached refuses to be; under another user it gives up being root by itself.
  const child = spawn('memcached', ['-u', 'nobody', '-t', '1', ...place, ...args], {
    env: { ...process.env, MEMCACHED_PORT_FILENAME: ports },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const exited = once(child, 'exit');
  const to = await ready(() => {
    if (child.exitCode !== null) throw new Error(`memcached has ended: ${complaint}`);
    return listen === 'unix' ? { path: socketPath } : { host: listen, port: portIn(ports) };
  });
  const opened: Socket[] = [];
  return {
    port: 'port' in to ? to.port : 0,
    socketPath,
    async tell(bytes, until) {
      const socket = createConnection(to);
      opened.push(socket);
      socket.write(bytes);
      let text = '';
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        text += String(chunk);
        if (text.endsWith(until)) break;
      }
      return text;
    },
    async close() {
      for (const socket of opened) socket.destroy();
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Way = NetConnectOpts & ({ readonly path: string } | { readonly host: string; readonly port: number });

/** Tries until somebody accepts: memcached says nowhere that it is ready. */
async function ready(way: () => Way): Promise<Way> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const to = way();
      const socket = createConnection(to);
      await once(socket, 'connect');
      socket.destroy();
      return to;
    } catch (error) {
      if (attempt > 250 || String(error).includes('has ended')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** What memcached writes: `TCP INET: 40123`. */
function portIn(file: string): number {
  const port = /TCP INET6?: (\d+)/.exec(readFileSync(file, 'utf8'))?.[1];
  if (port === undefined) throw new Error('no port yet');
  return Number(port);
}
