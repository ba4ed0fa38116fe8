import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from './authority.js';
import { freePort, untilListening } from './listening.js';

export interface HaproxyOptions {
  /** The leaf first; absent: plain HTTP. */
  readonly chain?: readonly Issued[];
  /** The protocols that it offers in the handshake; default `h2,http/1.1`. */
  readonly alpn?: string;
  /** Lines of its frontend: `http-request return status 200`. */
  readonly frontend?: readonly string[];
  /** Lines of the backend that everything goes to: `server web 127.0.0.1:8080`; absent: there is none. */
  readonly backend?: readonly string[];
}

export interface RunningHaproxy {
  readonly port: number;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

/** Runs Debian's HAProxy on a port of 127.0.0.1, accepting when this resolves. */
export async function startHaproxy(options: HaproxyOptions): Promise<RunningHaproxy> {
  const { chain, alpn = 'h2,http/1.1', frontend = [], backend } = options;
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-haproxy-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const port = await freePort();
  // The key stands behind the certificates, in the same file.
  const identity = chain && file('site.pem', [...chain.map(({ pem }) => pem), chain[0]?.key ?? ''].join('\n'));
  const config = [
    'global',
    // It becomes quiet before its clients have gone.
    'hard-stop-after 1s',
    'defaults',
    'mode http',
    'timeout connect 1s',
    'timeout client 10s',
    // Short: what is behind it and silent is what tests wait for.
    'timeout server 200ms',
    'retries 0',
    'frontend site',
    `bind 127.0.0.1:${port}${identity === undefined ? '' : ` ssl crt ${identity} alpn ${alpn}`}`,
    ...frontend,
    ...(backend === undefined ? [] : ['default_backend pool', 'backend pool', ...backend]),
    '',
  ].join('\n');
  const child = spawn('haproxy', ['-db', '-f', file('haproxy.cfg', config)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const exited = once(child, 'exit');
  await untilListening(port, child, () => complaint);
  return {
    port,
    async close() {
      child.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
