import { once } from 'node:events';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GradeOptions, grade } from '../../src/io/grade.js';
import { type Authority, createAuthority, type Issued } from '../servers/authority.js';
import { closedPort, fullBacklog, resettingPeer } from '../servers/peers.js';

const never = new AbortController().signal;

let authority: Authority;
let leaf: Issued;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  leaf = await authority.issue({ names: ['example.com'], ips: ['127.0.0.1'] });
});
afterAll(async () => {
  await Promise.all(cleanups.map((cleanup) => cleanup()));
  authority.close();
});

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const chain = () => ({ key: leaf.key, cert: leaf.pem + authority.intermediate.pem });
const web = () => createHttps(chain(), (_, response) => response.end());

const graded = (port: number, options: Partial<GradeOptions> = {}, seconds = 20) =>
  grade(
    { kind: 'ip', address: '127.0.0.1', family: 4, port },
    { host: 'example.com', ...options },
    { signal: never, seconds },
  );

describe('no grade', () => {
  it.each([
    ['a port that is closed', async () => (await closedPort()).port, 'connection-refused', 'target'],
    [
      'a peer that resets',
      async () => {
        const { port, close } = await resettingPeer();
        cleanups.push(close);
        return port;
      },
      'connection-reset',
      'target',
    ],
    ['a peer without TLS', () => listening(createServer((socket) => socket.end('220 hello\r\n'))), 'not-tls', 'target'],
    [
      'a peer that answers with something else than HTTP',
      () => listening(createTlsServer(chain(), (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))),
      'malformed-response',
      'target',
    ],
    [
      'a peer that has no protocol of ours',
      () =>
        listening(
          createTlsServer({ ...chain(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
        ),
      'tls-protocol-mismatch',
      'target',
    ],
  ] as const)('comes from %s, and is called what it is', async (_, start, code, blame) => {
    const { failure } = await graded(await start(), { servername: 'example.com' });
    expect(failure).toMatchObject({ code, blame });
    expect(failure?.detail).toMatch(/^ssl-checker: /);
  });
});

describe('the time to connect', () => {
  it('bounds the request', async () => {
    const full = await fullBacklog();
    cleanups.push(() => full.close());
    const begun = performance.now();
    const { failure } = await graded(full.port, { connectTimeout: 0.3 });
    expect(performance.now() - begun).toBeLessThan(800);
    expect(failure).toMatchObject({
      code: 'timeout',
      blame: 'path',
      detail: 'ssl-checker: no connection within 0.3 s',
    });
  });

  it('bounds nothing once there is a connection', async () => {
    const port = await listening(
      createHttps(chain(), (_, response) => {
        setTimeout(() => response.end(), 400);
      }),
    );
    expect(await graded(port, { servername: 'example.com', connectTimeout: 0.2 })).toMatchObject({ hsts: null });
  });

  it.each([
    [undefined, undefined],
    [{ connectTimeout: 5 }, ['--connect-timeout while protocols and ciphers are tried']],
    [{ starttls: 'smtp' }, ['protocols and ciphers after STARTTLS', 'the authorities to trust']],
    [
      { starttls: 'smtp', connectTimeout: 5 },
      ['protocols and ciphers after STARTTLS', 'the authorities to trust', '--connect-timeout'],
    ],
  ] as const)('and what else is not honoured is said of %j', async (options, expected) => {
    expect((await graded((await closedPort()).port, options)).notHonoured).toEqual(expected);
  });
});

describe('warnings of Node', () => {
  it('are switched off while there is a grade to be made, and no longer', async () => {
    const heard: string[] = [];
    const hear = (warning: Error) => heard.push(warning.message);
    process.on('warning', hear);
    process.noDeprecation = false;
    const port = await listening(web());
    await Promise.all([graded(port), graded(port)]);
    expect(process.noDeprecation).toBe(false);
    process.off('warning', hear);
    expect(heard).toEqual([]);
  });
});
