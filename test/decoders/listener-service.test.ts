import { afterAll, describe, expect, it } from 'vitest';
import { listenerCertificateOf } from '../../src/decoders/listener-certificate.js';
import { decodeRailgunConf } from '../../src/decoders/railgun-conf.js';
import { listenPlaceOf, serviceSettings } from '../../src/decoders/railgun-listener-settings.js';
import { createAuthority } from '../servers/authority.js';

const valuesOf = (text: string) => {
  const { problems, ...settings } = serviceSettings(decodeRailgunConf(text));
  const values = Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value]));
  return { values, problems: problems.map(({ line, key, code }) => [line, key, code]) };
};

describe('where railgun.conf says that the listener is', () => {
  it('is what is documented, where it says nothing', () => {
    expect(valuesOf('')).toEqual({
      values: {
        wanIp: undefined,
        wanPort: 2408,
        wanTls: true,
        certFile: undefined,
        statsEnabled: false,
        statsListen: undefined,
        statsInterval: 1,
        pidFile: undefined,
        stderrFile: undefined,
      },
      problems: [],
    });
  });

  it('is what it says', () => {
    const text = [
      'wan.ip = 2001:db8::1',
      'wan.port = 2409',
      'wan.tls=0',
      'cert.file = /etc/own.pem',
      'stats.enabled = 1',
      'stats.listen = :24088',
      'stats.interval = 0',
      'pid.file = /var/run/railgun/railgun.pid',
      'stderr.file = /var/log/railgun/panic.log',
    ].join('\n');
    expect(valuesOf(text)).toEqual({
      values: {
        wanIp: '2001:db8::1',
        wanPort: 2409,
        wanTls: false,
        certFile: '/etc/own.pem',
        statsEnabled: true,
        statsListen: ':24088',
        statsInterval: 0,
        pidFile: '/var/run/railgun/railgun.pid',
        stderrFile: '/var/log/railgun/panic.log',
      },
      problems: [],
    });
  });

  it('is the default where it cannot be read, and that is a problem', () => {
    const { values, problems } = valuesOf('wan.ip = host\nwan.port = 99999\nstats.listen = 24088\npid.file = /a;\n');
    expect(values).toMatchObject({ wanIp: undefined, wanPort: 2408, statsListen: undefined, pidFile: '/a' });
    expect(problems).toEqual([
      [1, 'wan.ip', 'unreadable'],
      [2, 'wan.port', 'unreadable'],
      [3, 'stats.listen', 'unreadable'],
      [4, 'pid.file', 'semicolon'],
    ]);
  });

  it('says nothing of a token at the wrong place', () => {
    const token = '0123456789abcdef0123456789abcdef';
    const keys = [
      'wan.ip',
      'wan.port',
      'wan.tls',
      'cert.file',
      'stats.listen',
      'stats.interval',
      'pid.file',
      'stderr.file',
    ];
    const text = `activation.token = ${token}\n${keys.map((key) => `${key} = ${token}`).join('\n')}\n`;
    const settings = serviceSettings(decodeRailgunConf(text));
    expect(settings.problems.map(({ key }) => key)).toEqual(keys);
    expect(JSON.stringify(settings)).not.toContain(token.slice(0, 10));
  });

  it.each([
    [':24088', { port: 24088 }],
    ['127.0.0.1:24088', { host: '127.0.0.1', port: 24088 }],
    ['localhost:1', { host: 'localhost', port: 1 }],
    ['[::1]:24088', { host: '::1', port: 24088 }],
    ['24088', undefined],
    ['127.0.0.1', undefined],
    [':0', undefined],
    ['unix:/a', undefined],
    ['-x:1', undefined],
  ])('of statistics in %j is %j', (text, place) => {
    expect(listenPlaceOf(text)).toEqual(place);
  });
});

describe('the certificate of a listener', async () => {
  const authority = await createAuthority();
  afterAll(() => authority.close());
  const day = 86_400;
  const now = Date.now();

  it('has the name that activation gives, and the time that is left', async () => {
    const issued = await authority.issue({ names: ['www.example.com', 'RG-0123456789abcdef.port2408.net'], days: 10 });
    const seen = listenerCertificateOf({ certificates: [issued.der, authority.intermediate.der] }, now);
    expect(seen).toMatchObject({
      state: 'read',
      railgunName: 'rg-0123456789abcdef.port2408.net',
      chain: [{}, { isCa: true }],
    });
    if (seen.state !== 'read') return;
    expect(Math.round(seen.secondsRemaining / day)).toBe(10);
    expect(seen.secondsUntilValid).toBeUndefined();
  });

  it('may have the name in its common name only, or none', async () => {
    const common = await authority.issue({ commonName: 'rg-1.port2408.net' });
    const other = await authority.issue({ names: ['port2408.net.example.com'], commonName: 'rg-1.port2408.net' });
    const names = [common, other].map(({ der }) => {
      const seen = listenerCertificateOf({ certificates: [der] }, now);
      return seen.state === 'read' ? seen.railgunName : seen.state;
    });
    expect(names).toEqual(['rg-1.port2408.net', undefined]);
  });

  it('may not be valid yet, or no longer', async () => {
    const { der } = await authority.issue({ names: ['rg-1.port2408.net'], startsInDays: 2, days: 9 });
    const at = (days: number) => listenerCertificateOf({ certificates: [der] }, now + days * day * 1000);
    expect(at(0)).toMatchObject({ secondsUntilValid: expect.any(Number) });
    expect(at(5)).not.toHaveProperty('secondsUntilValid');
    const late = at(12);
    expect(late.state === 'read' && Math.round(late.secondsRemaining / day)).toBe(-3);
  });

  it('cannot be read where it is none, is cut, or could not be found', async () => {
    const failure = { code: 'malformed', step: 'tls', blame: 'target', detail: 'no TLS' } as const;
    expect(listenerCertificateOf({ failure }, now)).toEqual({ state: 'unread', failure });
    expect(listenerCertificateOf({ certificates: [] }, now)).toMatchObject({
      failure: { code: 'malformed-certificate' },
    });
    const { der } = await authority.issue({ names: ['rg-1.port2408.net'] });
    for (let length = 0; length < der.length; length += 7) {
      const cut = listenerCertificateOf({ certificates: [der.subarray(0, length)] }, now);
      expect(cut.state).toBe('unread');
    }
  });
});
