import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from './authority.js';

export interface NginxOptions {
  /** The leaf first. */
  readonly chain: readonly Issued[];
  /** A DER file with the OCSP answer to staple. */
  readonly staple?: string;
  /** More lines of its `server` block: `location = /x { return 200 "y"; }`. */
  readonly lines?: readonly string[];
}

export interface RunningNginx {
  readonly port: number;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

/** Runs Debian's nginx with TLS on a port of 127.0.0.1, accepting when this resolves. */
export async function startNginx({ chain, staple, lines = [] }: NginxOptions): Promise<RunningNginx> {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-nginx-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const stapling = staple === undefined ? [] : ['ssl_stapling on;', `ssl_stapling_file ${staple};`];
  const config = [
    'daemon off; master_process off; pid pid; error_log stderr;',
    'events {}',
    'http {',
    'access_log off;',
    ...temporary.map((kind) => `${kind}_temp_path ${kind};`),
    'server {',
    `listen 127.0.0.1:${port} ssl http2;`,
    `ssl_certificate ${file('chain.pem', chain.map(({ pem }) => pem).join(''))};`,
    `ssl_certificate_key ${file('key.pem', chain[0]?.key ?? '')};`,
    // Without it, nginx 1.22 knows no TLS 1.3.
    'ssl_protocols TLSv1.2 TLSv1.3;',
    ...stapling,
    ...lines,
    '} }',
    '',
  ].join('\n');
  const child = spawn('nginx', ['-p', `${folder}/`, '-e', 'stderr', '-c', file('nginx.conf', config)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const exited = once(child, 'exit');
  for (let attempt = 0; ; attempt += 1) {
    try {
      const socket = createConnection(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.destroy();
      break;
    } catch (error) {
      if (child.exitCode !== null) throw new Error(`nginx has ended: ${complaint}`);
      if (attempt > 250) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return {
    port,
    async close() {
      child.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Nginx cannot pick one itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
