import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseServices, portOfService, serviceOf, servicesOf } from '../../src/io/services.js';

/** What the system's own getservent(3) says: `name port/protocol`. */
function getent(key: string): string {
  return execFileSync('getent', ['services', key], { encoding: 'utf8' }).trim();
}

describe('the services of this machine', () => {
  it.each(['http', 'https', 'ssh', 'domain', 'memcached', 'www', 'mail'] as const)(
    'have the port of %s that getservbyname finds',
    (name) => {
      let line: string;
      try {
        line = getent(`${name}/tcp`);
      } catch {
        line = '';
      }
      const port = / (\d+)\/tcp/.exec(line)?.[1];
      expect(portOfService(name, 'tcp')).toBe(port === undefined ? undefined : Number(port));
    },
  );

  it('are called as getservbyport calls them, every one', () => {
    const known = [...servicesOf('udp').names].slice(0, 40);
    expect(known.length).toBeGreaterThan(10);
    for (const [port, name] of known) expect(getent(`${port}/udp`).split(/\s+/)[0], String(port)).toBe(name);
  });

  it('do not know what nobody wrote down', () => {
    expect(portOfService('no-such-service', 'tcp')).toBeUndefined();
    expect(serviceOf(65432, 'tcp')).toBeUndefined();
  });
});

describe('a services file', () => {
  const text = [
    '# comment',
    'http\t80/tcp\twww web # WorldWideWeb',
    'other 80/tcp',
    'late 81/tcp www',
    'syslog 514/udp',
    'shell 514/tcp cmd',
    'broken line',
    'far 123456/tcp',
    '',
  ].join('\n');

  it('gives names and aliases their port, the first entry first', () => {
    expect(Object.fromEntries(parseServices(text, 'tcp').ports)).toEqual({
      http: 80,
      www: 80,
      web: 80,
      other: 80,
      late: 81,
      shell: 514,
      cmd: 514,
    });
  });

  it('keeps protocols apart', () => {
    expect(Object.fromEntries(parseServices(text, 'tcp').names)).toEqual({ 80: 'http', 81: 'late', 514: 'shell' });
    expect(Object.fromEntries(parseServices(text, 'udp').names)).toEqual({ 514: 'syslog' });
  });
});
