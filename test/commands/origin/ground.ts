import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Authority, type CertificateOptions, createAuthority, type Issued } from '../../servers/authority.js';
import { type HaproxyOptions, startHaproxy } from '../../servers/haproxy.js';
import { type NginxOptions, startNginx } from '../../servers/nginx.js';
import { host, type Served } from './scenario.js';

/** What scenarios share: an authority that is trusted, and the web servers of which one is enough. */
export interface Ground {
  readonly authority: Authority;
  /** A certificate for the host that nothing is wrong with, and its intermediate. */
  readonly good: readonly Issued[];
  /** A certificate and the intermediate that issued it. */
  chain(options: CertificateOptions): Promise<readonly Issued[]>;
  /** Writes a file into a folder that goes with the ground; its path. */
  file(text: string): string;
  /** Nginx and HAProxy, one of each name; ended with the ground. */
  nginx(name: string, options: NginxOptions): Promise<Served>;
  haproxy(name: string, options: HaproxyOptions): Promise<Served>;
  /** Anything else that goes with the ground, made when it is first asked for. */
  once<T extends { close(): unknown }>(name: string, make: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function createGround(): Promise<Ground> {
  const authority = await createAuthority();
  const made = new Map<string, Promise<{ close(): unknown }>>();
  let files = 0;
  const once = <T extends { close(): unknown }>(name: string, make: () => Promise<T>): Promise<T> => {
    const there = made.get(name) as Promise<T> | undefined;
    if (there !== undefined) return there;
    const begun = make();
    made.set(name, begun);
    return begun;
  };
  // It goes on for the others when one of them is done with it.
  const shared = async (server: Promise<{ readonly port: number }>): Promise<Served> => ({ port: (await server).port });
  const chain = async (options: CertificateOptions) => [await authority.issue(options), authority.intermediate];
  return {
    authority,
    good: await chain({ names: [host] }),
    chain,
    file(text) {
      files += 1;
      const path = join(authority.folder, `ground-${files}`);
      writeFileSync(path, text);
      return path;
    },
    nginx: (name, options) => shared(once(`nginx ${name}`, () => startNginx(options))),
    haproxy: (name, options) => shared(once(`haproxy ${name}`, () => startHaproxy(options))),
    once,
    async close() {
      await Promise.allSettled([...made.values()].map(async (server) => (await server).close()));
      authority.close();
    },
  };
}
