import { afterAll, describe, expect, it } from 'vitest';
import type { PortsFacts } from '../../../src/commands/probe/facts.js';
import { program } from '../../cli/run.js';
import { createNetwork, serverAddress } from '../../netns/namespaces.js';

const network = createNetwork();
afterAll(() => network.close());

const address = serverAddress[4];

async function probe(...args: readonly string[]): Promise<{ facts: PortsFacts; exit: unknown; remedies: string }> {
  const { stdout, stderr, exit } = await network.client.run(program, 'probe', ...args, '--json');
  if (stdout === '') expect.fail(stderr);
  const [report] = JSON.parse(stdout).reports;
  const remedies = report.findings.map(({ remedy }: { remedy: string }) => remedy).join('\n');
  return { facts: report.facts, exit, remedies };
}

describe('behind a firewall', () => {
  it('ports are open, closed, filtered or unreachable, as it answers', async () => {
    network.server.firewall(
      'tcp dport 443 drop',
      'tcp dport 8443 reject with icmp type host-unreachable',
      'tcp dport 8080 reject with tcp reset',
    );
    const { facts, exit, remedies } = await probe(address, '443,8443,8080', '--connect-timeout', '0.5');
    expect(facts.attempts).toMatchObject([
      { port: 443, service: 'https', state: 'filtered', failure: { code: 'timeout', blame: 'path' } },
      { port: 8443, state: 'unreachable', failure: { code: 'host-unreachable', blame: 'path' } },
      { port: 8080, state: 'closed', failure: { code: 'connection-refused', blame: 'target' } },
    ]);
    expect(exit).toBe(2);
    expect(remedies).toContain('error 52');
  });

  it('a thousand silent ports take little more than one', async () => {
    network.server.firewall('tcp dport 1-1000 drop');
    const started = performance.now();
    const { facts } = await probe(address, '1-1000', '--connect-timeout', '1');
    expect(performance.now() - started).toBeLessThan(3000);
    expect(facts.counts).toMatchObject({ asked: 1000, filtered: 1000 });
  });

  it('what the deadline leaves out is counted, and what it cuts short is filtered', async () => {
    network.server.firewall('tcp dport 1-100 drop');
    const { facts, exit } = await probe(address, '1-100', '--concurrency', '10', '-t', '0.5');
    expect(facts.counts).toMatchObject({ asked: 100, filtered: 10, untried: 90 });
    expect(facts.stopped).toMatchObject({ code: 'timeout' });
    expect(exit).toBe(2);
  });

  it('datagrams that are dropped or rejected are told apart', async () => {
    network.server.firewall('udp dport 53 drop', 'udp dport 123 reject with icmp type admin-prohibited');
    const { facts } = await probe('-u', address, '53,123,9999', '--read-timeout', '0.5');
    expect(facts.attempts).toMatchObject([
      { port: 53, state: 'filtered', failure: { code: 'timeout' } },
      { port: 123, state: 'unreachable', failure: { code: 'host-unreachable' } },
      { port: 9999, state: 'closed', failure: { code: 'connection-refused' } },
    ]);
  });
});

it('an address without a route is unreachable', async () => {
  const { facts } = await probe('203.0.113.1', '443');
  expect(facts.attempts).toMatchObject([{ state: 'unreachable', failure: { code: 'no-route' } }]);
});

it('an attempt that meets itself finds nobody', async () => {
  // With two ports to take, one of the attempts has the port as its own that it connects to.
  await network.client.run('sysctl', '-qw', 'net.ipv4.ip_local_port_range=40000 40001');
  const { facts } = await probe('127.0.0.1', '40000,40001', '--concurrency', '1');
  await network.client.run('sysctl', '-qw', 'net.ipv4.ip_local_port_range=32768 60999');
  expect(facts.counts).toMatchObject({ open: 0, closed: 2 });
  const details = facts.attempts.map(({ failure }) => failure?.detail);
  expect(details).toContain('the attempt was connected with itself: nothing listens there');
});
