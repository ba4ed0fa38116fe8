import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Issued } from './authority.js';

export interface TlsServerOptions {
  /** The certificate of the server, sent first. */
  readonly leaf: Issued;
  /** What is sent behind it, in this order: any certificates, none, some twice. */
  readonly chain?: readonly Issued[];
  /** More arguments of `openssl s_server`: `-tls1_2`, `-Verify 1`, `-ciphersuites …`, `-status_file …`. */
  readonly args?: readonly string[];
}

export interface RunningServer {
  readonly port: number;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

/** Runs `openssl s_server` on 127.0.0.1, ready when it resolves; it says nothing after the handshake, and ends with `close`. */
export async function startTlsServer({ leaf, chain = [], args = [] }: TlsServerOptions): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-s_server-'));
  const chainFile = join(folder, 'chain.pem');
  writeFileSync(chainFile, chain.map(({ pem }) => pem).join(''));
  const behind = chain.length === 0 ? [] : ['-cert_chain', chainFile];
  const identity = ['-cert', leaf.file, '-key', leaf.keyFile, ...behind];
  // Its input stays open: at the end of it the server would end.
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...identity, ...args]);
  const exited = once(child, 'exit');
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (text) => {
      const accepting = /^ACCEPT .*:(\d+)$/.exec(text);
      if (accepting !== null) resolve(Number(accepting[1]));
    });
    child.once('exit', () => reject(new Error(`openssl s_server has ended: ${complaint}`)));
    child.once('error', reject);
  });
  return {
    port,
    async close() {
      child.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
