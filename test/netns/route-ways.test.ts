import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/io/spawn.js';
import { program } from '../cli/run.js';
import { addressIn } from './routed-network.js';
import { createRouting, hop, target } from './routing.js';

const { client, second, routed } = await createRouting();

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-route-'));
// Other users are to run what is in it.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the probes', () => {
  it('reach a port that is closed too', async () => {
    const { exit, found } = await routed([target(4), '--port', '444', '--tool', 'traceroute']);
    expect(found('reached')).toMatchObject({ status: 'pass', says: expect.stringContaining('TCP to port 444') });
    expect(exit).toBe(0);
  });

  it.each([
    ['mtr', 'icmp'],
    ['mtr', 'udp'],
    ['traceroute', 'icmp'],
    ['traceroute', 'udp'],
  ])('of %s may be those of %s', async (tool, protocol) => {
    const { facts, found, exit } = await routed([target(4), '--tool', tool, '--protocol', protocol, '--queries', '1']);
    expect(facts).toMatchObject({ protocol, reached: true, tool: { name: tool } });
    expect(found('probes')).toMatchObject({ status: 'pass' });
    expect(exit).toBe(0);
  });

  it('that are lost on the way to the destination warn', async () => {
    await second.forward(`ip daddr ${target(4)} numgen inc mod 2 0 drop`);
    const { facts, found, exit } = await routed([target(4), '--tool', 'traceroute']);
    expect(facts).toMatchObject({ reached: true });
    expect(found('loss')).toMatchObject({ status: 'warn', code: 'packet-loss' });
    expect(exit).toBe(1);
  });

  it('go to every address of a name, and a dead one of two is told', async () => {
    client.etc('hosts', `127.0.0.1 localhost\n${target(4)} www.example\n${target(6)} www.example\n`);
    await second.forward(`ip6 daddr ${target(6)} drop`);
    const { reports, exit } = await routed([
      'www.example',
      '--tool',
      'traceroute',
      '--queries',
      '1',
      '--max-hops',
      '4',
    ]);
    expect(reports.map((report) => report.target).sort()).toEqual(
      [`www.example:443 (${target(4)})`, `www.example:443 (${target(6)})`].sort(),
    );
    for (const { findings } of reports) {
      expect(findings).toContainEqual(
        expect.objectContaining({ rule: 'route/addresses', status: 'warn', code: 'some-addresses-dead' }),
      );
    }
    expect(exit).toBe(2);
  });

  it('go where --connect-to says', async () => {
    const { facts } = await routed(['www.example', '--connect-to', `${target(4)}:8443`, '--tool', 'traceroute']);
    expect(facts).toMatchObject({ host: 'www.example', address: target(4), port: 8443, reached: true });
    expect(facts['command']).toContain('8443');
  });
});

describe('without privileges', () => {
  /** No process may send what it likes, not even one of root. */
  const incapable = ['setpriv', '--bounding-set', '-net_raw', '--inh-caps', '-net_raw'];
  const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];

  /** The program where every user may read it. */
  const readable = join(folder, 'readable');
  for (const part of ['bin', 'dist']) cpSync(join(program, '../..', part), join(readable, part), { recursive: true });
  const asNobody = async (words: readonly string[], ...restrictions: readonly string[]) => {
    const [start = '', ...args] = [
      ...nobody,
      ...restrictions,
      join(readable, 'bin/rg-diag'),
      'route',
      ...words,
      '--json',
    ];
    return client.run(start, ...args);
  };

  it('the next way is taken, and the report says what was missing', async () => {
    const { exit, facts, found } = await routed([target(4)], incapable);
    expect(facts).toMatchObject({
      protocol: 'udp',
      reached: true,
      tool: { name: 'traceroute' },
      tried: [
        { tool: 'mtr', protocol: 'tcp', failure: { code: 'program-failed', step: 'spawn', blame: 'us' } },
        { tool: 'traceroute', protocol: 'tcp', failure: { code: 'permission-denied' } },
      ],
    });
    const probes = found('probes');
    expect(probes).toMatchObject({ status: 'note', says: expect.stringContaining('TCP was not possible') });
    expect(probes?.remedy).toContain('cap_net_raw');
    expect(probes?.remedy).not.toContain('sudo');
    expect(exit).toBe(0);
  });

  it('what is asked for and cannot be done is unknown', async () => {
    const { exit, facts, found } = await routed([target(4), '--protocol', 'tcp'], incapable);
    expect(facts).toMatchObject({ kind: 'failed', failure: { code: 'permission-denied' } });
    expect(found('reached')).toMatchObject({ status: 'broken', code: 'permission-denied' });
    expect(found('reached')?.remedy).not.toContain('sudo');
    expect(exit).toBe(3);
  });

  it('a user needs none for mtr, whose helper has them', async () => {
    const { stdout, exit } = await asNobody([target(4), '--queries', '1']);
    expect(JSON.parse(stdout)).toMatchObject({
      reports: [{ facts: { protocol: 'tcp', reached: true, tool: { name: 'mtr' }, tried: [] } }],
    });
    expect(exit).toBe(0);
  });

  it('a user who can get none has traceroute over UDP', async () => {
    const { stdout, exit } = await asNobody([target(6)], '--no-new-privs');
    expect(JSON.parse(stdout)).toMatchObject({
      reports: [{ facts: { protocol: 'udp', reached: true, tool: { name: 'traceroute' } } }],
    });
    expect(exit).toBe(0);
  });
});

describe('a system that has', () => {
  const folders = { count: 0 };

  /** A PATH of one folder with these programs (`traceroute=busybox`: under another name), and Node. */
  const pathOf = (...names: readonly string[]) => {
    const path = mkdtempSync(join(folder, `path-${folders.count++}-`));
    for (const name of [...names, 'env']) {
      const [as = '', real = as] = name.split('=');
      symlinkSync(findProgram(real) ?? expect.fail(name), join(path, as));
    }
    symlinkSync(process.execPath, join(path, 'node'));
    return ['env', `PATH=${path}`];
  };

  it.each([
    [['tracepath'], 'tracepath', 'udp'],
    [['traceroute', 'tracepath'], 'traceroute', 'tcp'],
  ])('%j uses what is there', async (names, tool, protocol) => {
    const { facts, exit } = await routed([target(4)], pathOf(...names));
    expect(facts).toMatchObject({ protocol, tool: { name: tool }, reached: true });
    expect(facts.tried[0]).toMatchObject({ tool: 'mtr', failure: { code: 'program-not-found' } });
    expect(exit).toBe(0);
  });

  it.each([
    ['inetutils-traceroute', 4, 'traceroute (GNU inetutils)'],
    ['busybox', 4, 'BusyBox'],
    ['busybox', 6, 'BusyBox'],
  ] as const)('the traceroute of %s has probes of UDP over IPv%i', async (name, family, version) => {
    const { facts, exit, addresses } = await routed([target(family)], pathOf(`traceroute=${name}`));
    expect(facts).toMatchObject({
      protocol: 'udp',
      reached: true,
      tool: { name: 'traceroute', version: expect.stringContaining(version) },
      tried: [{ tool: 'mtr' }, { tool: 'traceroute', protocol: 'tcp', failure: { code: 'protocol-unavailable' } }],
    });
    expect(addresses).toEqual([hop(1, family), hop(2, family), target(family)]);
    expect(exit).toBe(0);
  });

  it('none of the programs is told which packages have them', async () => {
    const { facts, found, exit } = await routed([target(4)], pathOf());
    expect(facts).toMatchObject({ kind: 'failed', failure: { code: 'program-not-found', step: 'spawn', blame: 'us' } });
    const { status, remedy } = found('reached') ?? {};
    expect(status).toBe('broken');
    for (const name of ['mtr-tiny', 'traceroute', 'iputils-tracepath']) expect(remedy).toContain(name);
    expect(exit).toBe(3);
  });
});

describe('a run that ends early', () => {
  beforeEach(() => second.forward(`ip daddr ${target(4)} drop`));

  it('keeps what each program had printed', async () => {
    const started = performance.now();
    const words = [target(4), '--timeout', '3.5', '--tool'];
    const seen = await Promise.all(['mtr', 'traceroute', 'tracepath'].map((tool) => routed([...words, tool])));
    expect(performance.now() - started).toBeLessThan(3500 + 2000);
    for (const { exit, facts, found } of seen) {
      const stopped = { code: 'timeout' };
      expect(facts).toMatchObject({ kind: 'route', cut: { code: 'timeout', byRun: true }, stopped });
      expect(facts.hops.slice(0, 2)).toMatchObject([
        { ttl: 1, hosts: [{ address: hop(1, 4) }] },
        { ttl: 2, hosts: [{ address: hop(2, 4) }] },
      ]);
      expect(found('reached')).toMatchObject({ status: 'skip' });
      expect(found('finished')).toMatchObject({ status: 'fail', code: 'timeout' });
      expect(exit).toBe(2);
    }
  });
});

describe('Cloudflare', async () => {
  const links = [
    { 4: '192.0.2', 6: '2001:db8:0:1' },
    { 4: '162.158.1', 6: '2400:cb00:0:2' },
    { 4: '198.41.128', 6: '2606:4700:0:3' },
  ];
  const edge = await createRouting(links);

  it.each([4, 6] as const)('is marked where the way is in its ranges, over IPv%i', async (family) => {
    const address = addressIn(links[2], family, 2);
    const { facts, found, exit } = await edge.routed([address, '--tool', 'traceroute']);
    expect(facts).toMatchObject({ cloudflare: true, reached: true });
    expect(facts.hops.map(({ hosts }) => hosts[0]?.cloudflare)).toEqual([undefined, true, true]);
    expect(found('cloudflare')).toMatchObject({ status: 'pass', says: expect.stringContaining('at hop 2') });
    expect(exit).toBe(0);
  });

  it('is where the way may end', async () => {
    const address = addressIn(links[2], 4, 2);
    await edge.second.forward('ip daddr 198.41.128.0/24 drop');
    const { facts, found } = await edge.routed([
      address,
      '--protocol',
      'icmp',
      '--tool',
      'traceroute',
      '--max-hops',
      '3',
    ]);
    expect(facts).toMatchObject({ reached: false });
    expect(found('cloudflare')).toMatchObject({ status: 'note', says: expect.stringContaining('ends there') });
    expect(found('reached')).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining('limits how many pings'),
    });
  });
});
