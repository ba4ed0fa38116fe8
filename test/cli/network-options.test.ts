import { afterAll, describe, expect, it } from 'vitest';
import { createDnsServer } from '../servers/dns.js';
import { closedPort, fullBacklog, silentPeer } from '../servers/peers.js';
import { rgDiag } from './run.js';

const open = await silentPeer();
const closed = await closedPort();
const server = await createDnsServer({
  'www.example': { addresses: ['127.0.0.1', '127.0.0.2'] },
  'both.example': { addresses: ['127.0.0.1', '::1'] },
});
afterAll(() => Promise.all([open.close(), server.close()]));

const resolver = ['--resolver', `127.0.0.1:${server.port}`];

async function probed(...args: readonly string[]) {
  const { stdout, stderr, exit } = await rgDiag(['probe', '--json', ...args]);
  expect(stderr).toBe('');
  const { reports } = JSON.parse(stdout) as {
    reports: { target: string; facts: { address?: string; asked: { network: unknown }; failure?: { code: string } } }[];
  };
  return { reports, exit, network: reports[0]?.facts.asked.network };
}

describe('the options of every network command', () => {
  it('--resolver asks that name server, and every address is tried', async () => {
    // The second address has no listener.
    const { reports, exit } = await probed(`www.example:${open.port}`, ...resolver);
    expect(reports.map(({ facts }) => facts.address)).toEqual(['127.0.0.1', '127.0.0.2']);
    expect(exit).toBe(2);
  });

  it.each([
    ['-4', ['127.0.0.1'], 4],
    ['--ipv4', ['127.0.0.1'], 4],
    ['-6', ['::1'], 6],
    ['--ipv6', ['::1'], 6],
  ] as const)('%s uses addresses of that family only', async (option, addresses, family) => {
    const { reports, network } = await probed(`both.example:${open.port}`, ...resolver, option);
    expect(reports.map(({ facts }) => facts.address)).toEqual(addresses);
    expect(network).toMatchObject({ family });
  });

  it.each([
    ['a name', 'nowhere.invalid', 'nowhere.invalid', '127.0.0.1', ['127.0.0.1']],
    ['a name of any script', 'bücher.invalid', 'xn--bcher-kva.invalid', '127.0.0.1', ['127.0.0.1']],
    ['a name whatever its case', 'nowhere.invalid', 'NOWHERE.Invalid', '127.0.0.1', ['127.0.0.1']],
    [
      'several addresses',
      'nowhere.invalid',
      'nowhere.invalid',
      '127.0.0.1,[::1], 127.0.0.3',
      ['127.0.0.1', '::1', '127.0.0.3'],
    ],
    ['an IPv6 address without brackets', 'nowhere.invalid', 'nowhere.invalid', '::1', ['::1']],
  ])('--resolve gives the addresses of %s', async (_, host, given, list, addresses) => {
    const { reports } = await probed(`${host}:${open.port}`, '--resolve', `${given}:${open.port}:${list}`);
    expect(reports.map(({ facts }) => facts.address)).toEqual(addresses);
  });

  it('--resolve is for its port', async () => {
    const { reports, exit } = await probed(
      'nowhere.invalid',
      `${open.port}`,
      '--resolve',
      `nowhere.invalid:1:127.0.0.1`,
      ...resolver,
    );
    expect(reports[0]?.facts.failure).toMatchObject({ code: 'name-not-found' });
    expect(exit).toBe(2);
  });

  it.each([
    ['127.0.0.1', ['127.0.0.1'], { host: '127.0.0.1' }],
    [`127.0.0.1:${open.port}`, ['127.0.0.1'], { host: '127.0.0.1', port: open.port }],
  ] as [string, string[], { host: string; port?: number }][])(
    '--connect-to %s leads there',
    async (place, addresses, connectTo) => {
      const port = connectTo.port === undefined ? open.port : 1;
      const { reports, network, exit } = await probed(`nowhere.invalid:${port}`, '--connect-to', place);
      expect(reports.map(({ facts }) => facts.address)).toEqual(addresses);
      expect(network).toEqual({ connectTo });
      expect(exit).toBe(0);
    },
  );

  it('--connect-timeout gives up', async () => {
    const full = await fullBacklog();
    const started = performance.now();
    const { network, exit } = await probed(`${full.address}:${full.port}`, '--connect-timeout', '0.3');
    expect(performance.now() - started).toBeLessThan(3000);
    await full.close();
    expect(network).toEqual({ connectTimeout: 0.3 });
    expect(exit).toBe(2);
  });

  it('add nothing to what was asked where none is given', async () => {
    const { network } = await probed(`${closed.address}:${closed.port}`);
    expect(network).toEqual({});
  });
});

describe('a network option that makes no sense', () => {
  it.each([
    [['-4', '-6'], /-4 and -6 exclude each other/],
    [['--resolver', 'dns.example'], /--resolver dns\.example: 'dns\.example' is a name\n.*--resolver 1\.1\.1\.1/],
    [['--resolver', '1.1.1.1:0'], /--resolver: '0' in '1\.1\.1\.1:0' is not a port/],
    [['--resolver', 'unix:/run/dns'], /--resolver takes an address, not a unix socket/],
    [['--resolver', ''], /--resolver: an empty target/],
    [
      ['--resolve', 'www.example'],
      /--resolve 'www\.example' is not HOST:PORT:ADDR\n.*www\.example\.com:443:203\.0\.113\.7/,
    ],
    [['--resolve', 'www.example:443'], /is not HOST:PORT:ADDR/],
    [['--resolve', 'www.example:443:'], /is not HOST:PORT:ADDR/],
    [['--resolve', 'www.example:https:127.0.0.1'], /is not HOST:PORT:ADDR/],
    [['--resolve', 'www.example:443:other.example'], /is not HOST:PORT:ADDR/],
    [['--resolve', 'www.example:443:127.0.0.1,'], /is not HOST:PORT:ADDR/],
    [['--resolve', ':443:127.0.0.1'], /is not HOST:PORT:ADDR/],
    [['--connect-to', 'unix:/run/x'], /--connect-to takes an address, not a unix socket/],
    [['--connect-to', 'a b'], /--connect-to: 'a b' is not a host name or address/],
    [['--connect-to', '[::1'], /--connect-to: .*is neither host:port nor an IPv6 address/],
    [['--connect-timeout', '0'], /'0' is invalid/],
    [['--connect-timeout', 'soon'], /'soon' is invalid/],
  ])('is refused: %j', async (options, message) => {
    const ran = await rgDiag(['probe', '127.0.0.1:1', ...options]);
    expect(ran).toMatchObject({ stdout: '', exit: 64 });
    expect(ran.stderr).toMatch(message);
  });
});
