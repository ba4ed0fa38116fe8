import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDnsServer, type DnsServer } from '../../servers/dns.js';
import { closedPort, fullBacklog, type Peer, peer } from '../../servers/peers.js';
import { configurations, resolveBy } from './resolved.js';

const configuration = configurations();

let open: Peer;
let closed: Peer;
let stalling: Peer;
let names: DnsServer;
beforeAll(async () => {
  open = await peer(() => undefined);
  closed = await closedPort();
  stalling = await fullBacklog('127.0.0.1');
  names = await createDnsServer({ 'both.example': { addresses: ['127.0.0.1', '127.0.0.9'] } });
});
afterAll(async () => {
  await Promise.all([open.close(), stalling.close(), names.close()]);
});

describe('config resolve --probe', () => {
  it('connects to the destination, and sends nothing', async () => {
    const config = configuration(`example.com = 127.0.0.1:${open.port}\n`);
    const { facts, exit, bad } = await resolveBy(['example.com', '--config', config, '--probe']);
    expect(facts.attempts).toEqual([{ address: '127.0.0.1', port: open.port, ms: expect.any(Number) }]);
    expect([exit, bad]).toEqual([0, []]);
    expect(open.received().length).toBe(0);
  });

  it('tells refused from filtered, and fails', async () => {
    const refused = configuration(`example.com = 127.0.0.1:${closed.port}\n`);
    const first = await resolveBy(['example.com', '--config', refused, '--probe']);
    expect([first.exit, first.bad]).toEqual([2, ['fail config-resolve/reachable connection-refused']]);
    const says = first.findings.find(({ rule }) => rule === 'config-resolve/reachable');
    expect(says?.says).toContain(`127.0.0.1:${closed.port} is closed`);
    expect(says?.remedy).toContain(`rg-diag probe 127.0.0.1 ${closed.port}`);
    const silent = configuration(`example.com = 127.0.0.1:${stalling.port}\n`);
    const second = await resolveBy(['example.com', '--config', silent, '--probe', '--connect-timeout', '0.4']);
    expect([second.exit, second.bad]).toEqual([2, ['fail config-resolve/reachable timeout']]);
  });

  it('tries every address of a name, and warns where some are dead', async () => {
    const config = configuration(`example.com = both.example:${open.port}\n`);
    const resolver = ['--resolver', `127.0.0.1:${names.port}`];
    const { facts, exit, bad } = await resolveBy(['example.com', '--config', config, '--probe', ...resolver]);
    expect(facts.attempts?.map(({ address, failure }) => [address, failure?.code])).toEqual([
      ['127.0.0.1', undefined],
      ['127.0.0.9', 'connection-refused'],
    ]);
    expect(facts.share).toEqual({ host: 'both.example', tried: 2, dead: ['127.0.0.9'] });
    expect([exit, bad]).toEqual([1, ['warn config-resolve/addresses some-addresses-dead']]);
  });

  it('asks nobody for a name without --probe, and fails with it where there is none', async () => {
    const config = configuration('example.com = nowhere.example\n');
    const resolver = ['--resolver', `127.0.0.1:${names.port}`];
    const before = names.asked.length;
    const quiet = await resolveBy(['example.com', '--config', config, ...resolver]);
    expect([quiet.exit, names.asked.length]).toEqual([0, before]);
    const asked = await resolveBy(['example.com', '--config', config, ...resolver, '--probe']);
    expect([asked.exit, asked.bad]).toEqual([2, ['fail config-resolve/reachable name-not-found']]);
    expect(names.asked.slice(before)).toContain('A nowhere.example udp');
  });

  it('says that a name leads back to rg-listener, where it was asked for', async () => {
    const config = configuration('example.com = back.example:2408\n');
    const line = ['example.com', '--config', config, '--resolve', 'back.example:2408:127.0.0.1'];
    expect((await resolveBy(line)).bad).toEqual([]);
    expect((await resolveBy([...line, '--probe'])).bad).toContain('fail config-resolve/pointing request-loop');
  });

  it('is unknown where the address in DNS was not named, and judges the one that was', async () => {
    const config = configuration();
    const unknown = await resolveBy(['example.com', '--config', config, '--probe']);
    expect([unknown.exit, unknown.bad]).toEqual([3, ['broken config-resolve/reachable no-value']]);
    const port = configuration(`default = 127.0.0.1:${closed.port}\n`);
    const line = ['example.com', '--config', port, '--probe', '--origin-ip', '127.0.0.2'];
    expect((await resolveBy(line)).facts.attempts?.[0]?.address).toBe('127.0.0.1');
    const insecure = configuration(undefined, 'insecure.origin = 1\n');
    const named = await resolveBy(['example.com', '--config', insecure, '--probe', '--origin-ip', '127.0.0.2']);
    expect(named.facts.attempts?.map(({ address, port: to }) => [address, to])).toEqual([['127.0.0.2', 80]]);
  });

  it('is ended by the deadline, which counts as was asked', async () => {
    const config = configuration(`example.com = 127.0.0.1:${stalling.port}\n`);
    const line = ['example.com', '--config', config, '--probe', '-t', '0.5', '--timeout-result', 'warn'];
    const { facts, exit, bad } = await resolveBy(line);
    expect([exit, bad]).toEqual([1, ['warn config-resolve/reachable timeout']]);
    expect(facts.attempts?.[0]?.failure?.byRun).toBe(true);
  });
});
