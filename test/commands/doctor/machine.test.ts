import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DoctorFacts } from '../../../src/commands/doctor/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { program } from '../../cli/run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-own-machine-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, lines: readonly string[]): string {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return join(folder, name);
}

/** What doctor says of a machine with a network and files of its own; its checks are left out. */
function machineAfter(script: readonly string[], more: readonly string[] = []): DoctorFacts['machine'] {
  const skip = ['origin', 'certificate', 'trace', 'configuration', 'memcached', 'listener', 'logs'].flatMap((one) => [
    '--skip',
    one,
  ]);
  const doctor = [program, 'doctor', 'www.example.com', 'Shop.example.com', '--json', ...skip, ...more].join(' ');
  // Its exit code is no concern here.
  const line = ['set -e', 'ip link set lo up', ...script, `${doctor} || true`].join('\n');
  const stdout = execFileSync('unshare', ['--net', '--mount', 'sh', '-c', line], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
  });
  const { reports } = JSON.parse(stdout) as Envelope<DoctorFacts>;
  return reports[0]?.facts.machine ?? expect.fail('no report');
}

describe('the machine itself', () => {
  it('says which hosts its hosts file has, whom it asks, and which routes lead into Cloudflare’s ranges', () => {
    const hosts = file('hosts', ['127.0.0.1 localhost', '10.0.0.9 www.example.com other', '::1 shop.example.com # it']);
    const resolvConf = file('resolv.conf', ['nameserver 192.0.2.53']);
    const machine = machineAfter([
      `mount --bind ${hosts} /etc/hosts`,
      `mount --bind ${resolvConf} /etc/resolv.conf`,
      'ip link add lan0 type veth peer name lan1',
      'ip link set lan0 up && ip link set lan1 up',
      'ip addr add 10.0.0.2/24 dev lan0',
      'ip route add default via 10.0.0.1',
      'ip route add 172.0.0.0/8 via 10.0.0.3',
      'ip route add 192.168.0.0/16 via 10.0.0.3',
      'ip route add unreachable 104.16.0.0/13',
      'ip -6 route add 2606:4700::/32 dev lan0',
    ]);
    expect(machine).toEqual({
      hosts: [
        { line: 2, address: '10.0.0.9', name: 'www.example.com' },
        { line: 3, address: '::1', name: 'shop.example.com' },
      ],
      nameServers: ['192.0.2.53'],
      routes: expect.arrayContaining([
        { range: '172.64.0.0/13', route: '172.0.0.0/8', via: '10.0.0.3', device: 'lan0' },
        { range: '104.16.0.0/13', route: '104.16.0.0/13', device: '*', rejects: true },
        { range: '2606:4700::/32', route: '2606:4700::/32', device: 'lan0' },
      ]),
      unread: [],
    });
    expect(machine.routes).toHaveLength(3);
  });

  it('has lines for names that the configuration leads to', () => {
    const hosts = file('more-hosts', [
      '10.0.0.7 app.internal',
      '10.0.0.8 cache.internal',
      '10.0.0.9 stranger.internal',
    ]);
    const map = file('map', ['a.example.com = App.internal:8443']);
    const conf = file('railgun.conf', [`map.file = ${map}`, 'memcached.servers = cache.internal:11211']);
    const machine = machineAfter([`mount --bind ${hosts} /etc/hosts`], ['--config', conf]);
    expect(machine.hosts.map(({ name }) => name)).toEqual(['app.internal', 'cache.internal']);
  });

  it('goes without what is not there, and has no routes on a machine without a network', () => {
    const machine = machineAfter(['mount -t tmpfs tmpfs /etc']);
    expect(machine).toEqual({ hosts: [], nameServers: [], routes: [], unread: [] });
  });

  it('names a file that is none', () => {
    const own = ['mount -t tmpfs tmpfs /etc', 'mkdir /etc/resolv.conf'];
    expect(machineAfter(own).unread).toMatchObject([{ path: '/etc/resolv.conf', failure: { code: 'not-a-file' } }]);
  });
});
