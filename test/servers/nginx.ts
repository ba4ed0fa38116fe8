import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from './authority.js';
import { freePort, untilListening } from './listening.js';

export interface NginxOptions {
  /** The leaf first; absent: plain HTTP. */
  readonly chain?: readonly Issued[];
  /** HTTP/2 is offered; default true, with TLS only. */
  readonly http2?: boolean;
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

/** Runs Debian's nginx on a port of 127.0.0.1, with TLS where it is given certificates, accepting when this resolves. */
export async function startNginx({ chain, http2 = true, staple, lines = [] }: NginxOptions): Promise<RunningNginx> {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-nginx-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const stapling = staple === undefined ? [] : ['ssl_stapling on;', `ssl_stapling_file ${staple};`];
  const tls = [
    `ssl_certificate ${file('chain.pem', chain?.map(({ pem }) => pem).join('') ?? '')};`,
    `ssl_certificate_key ${file('key.pem', chain?.[0]?.key ?? '')};`,
    // Without it, nginx 1.22 knows no TLS 1.3.
    'ssl_protocols TLSv1.2 TLSv1.3;',
  ];
  const config = [
    'daemon off; master_process off; pid pid; error_log stderr;',
    'events {}',
    'http {',
    'access_log off;',
    ...temporary.map((kind) => `${kind}_temp_path ${kind};`),
    'server {',
    `listen 127.0.0.1:${port}${chain === undefined ? '' : ` ssl${http2 ? ' http2' : ''}`};`,
    ...(chain === undefined ? [] : tls),
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
