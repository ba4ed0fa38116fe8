import { describe, expect, it } from 'vitest';
import type { Given } from '../../../src/commands/command.js';
import { ask } from '../../../src/commands/route/ask.js';
import {
  argumentsOf,
  flavourOf,
  lacksPrivilege,
  secondsFor,
  versionOf,
  waysOf,
} from '../../../src/commands/route/ways.js';

const given = (args: readonly string[], options: Given['options'] = {}, targets: readonly string[] = []): Given => ({
  args,
  options,
  targets,
  network: {},
  format: undefined,
  stdinIsTerminal: () => false,
});

const asked = { network: {}, protocol: 'auto', maxHops: 30, queries: 3 } as const;

describe('what is asked', () => {
  it('is the way to port 443 of each host', () => {
    expect(ask(given(['www.example.com', '192.0.2.1:80', '[2001:db8::1]']))).toEqual({
      asked,
      targets: [
        { label: 'www.example.com:443', host: 'www.example.com', port: 443 },
        { label: '192.0.2.1:80', host: '192.0.2.1', port: 80 },
        { label: '[2001:db8::1]:443', host: '2001:db8::1', port: 443 },
      ],
      unreadable: [],
    });
  });

  it('is what the options say', () => {
    const options = { port: 8443, protocol: 'udp', tool: 'traceroute', 'max-hops': 5, queries: 1, names: true };
    expect(ask(given(['www.example.com', 'www.example.net:80'], options))).toMatchObject({
      asked: { protocol: 'udp', tool: 'traceroute', maxHops: 5, queries: 1, names: true },
      targets: [{ port: 8443 }, { port: 80 }],
    });
  });

  it('leaves out what is no target in a list, and says so', () => {
    expect(ask(given([], { targets: '-' }, ['www.example.com', 'unix:/run/socket', '-x']))).toMatchObject({
      targets: [{ host: 'www.example.com' }],
      unreadable: [
        { label: 'unix:/run/socket', failure: { code: 'invalid-target' } },
        { label: '-x', failure: { code: 'invalid-target' } },
      ],
    });
  });

  it.each([
    [[], {}, 'no HOST given'],
    [['-x'], {}, 'begins with a dash'],
    [['unix:/run/socket'], {}, 'not to a unix socket'],
    [['https://www.example.com/'], {}, 'is a URL'],
    [['www.example.com'], { port: 65536 }, 'not a port'],
    [['www.example.com'], { queries: 11 }, 'more than 10'],
    [['www.example.com'], { 'max-hops': 256 }, 'more than 255'],
    [['www.example.com'], { tool: 'tracepath', protocol: 'tcp' }, 'tracepath cannot send probes of TCP'],
    [['www.example.com'], { tool: 'tracepath', protocol: 'icmp' }, 'tracepath cannot send probes of ICMP'],
  ])('is wrong: %j with %j', (args, options, problem) => {
    expect(ask(given(args, options))).toMatchObject({ problem: expect.stringContaining(problem) });
  });
});

describe('the ways', () => {
  it('are those over TCP first', () => {
    expect(
      waysOf({ protocol: 'auto' })
        .slice(0, 5)
        .map(({ tool, protocol }) => `${tool} ${protocol}`),
    ).toEqual(['mtr tcp', 'traceroute tcp', 'mtr icmp', 'traceroute udp', 'tracepath udp']);
    expect(waysOf({ protocol: 'tcp' }).map(({ tool }) => tool)).toEqual(['mtr', 'traceroute']);
    expect(waysOf({ protocol: 'udp', tool: 'mtr' })).toHaveLength(1);
  });

  const sending = { asked, address: '192.0.2.1', port: 443, flavour: 'linux' } as const;

  it.each([
    [{ tool: 'mtr', protocol: 'tcp' }, {}, '--raw -n -c 3 -m 30 -G 2 -T -P 443 192.0.2.1'],
    [{ tool: 'mtr', protocol: 'icmp' }, { asked: { ...asked, names: true } }, '--raw -c 3 -m 30 -G 2 192.0.2.1'],
    [{ tool: 'traceroute', protocol: 'tcp' }, {}, '-T -p 443 -n -q 3 -m 30 -w 3 192.0.2.1'],
    [{ tool: 'traceroute', protocol: 'icmp' }, {}, '-I -n -q 3 -m 30 -w 3 192.0.2.1'],
    [{ tool: 'traceroute', protocol: 'udp' }, { flavour: 'inetutils' }, '-q 3 -m 30 192.0.2.1'],
    [{ tool: 'traceroute', protocol: 'udp' }, { flavour: 'bsd' }, '-n -q 3 -m 30 192.0.2.1'],
    [{ tool: 'tracepath', protocol: 'udp' }, { asked: { ...asked, names: true } }, '-b -m 30 192.0.2.1'],
  ] as const)('%j with %j are %s', (way, other, words) => {
    expect(argumentsOf(way, { ...sending, ...other })?.join(' ')).toBe(words);
  });

  it.each([
    [{ tool: 'traceroute', protocol: 'tcp' }, { flavour: 'bsd' }],
    [{ tool: 'traceroute', protocol: 'tcp' }, { flavour: 'busybox' }],
    [{ tool: 'traceroute', protocol: 'icmp' }, { flavour: 'busybox' }],
    [
      { tool: 'traceroute', protocol: 'udp' },
      { flavour: 'inetutils', address: '2001:db8::1' },
    ],
  ] as const)('%j with %j is none', (way, other) => {
    expect(argumentsOf(way, { ...sending, ...other })).toBeUndefined();
  });

  it('have time for whatever a program waits for', () => {
    const flavour = 'linux';
    expect(secondsFor({ tool: 'mtr', protocol: 'tcp' }, { asked, flavour })).toBeGreaterThan(3 + 2);
    expect(secondsFor({ tool: 'traceroute', protocol: 'tcp' }, { asked, flavour })).toBeGreaterThan((90 / 16) * 3);
    expect(secondsFor({ tool: 'traceroute', protocol: 'udp' }, { asked, flavour: 'busybox' })).toBeGreaterThan(90 * 3);
    expect(secondsFor({ tool: 'tracepath', protocol: 'udp' }, { asked, flavour })).toBeGreaterThan(30 * 3);
  });
});

describe('what a program says about itself', () => {
  it.each([
    ['mtr 0.95\n', 'mtr 0.95', 'bsd'],
    ['\nModern traceroute for Linux, version 2.1.2\nCopyright', 'Modern traceroute for Linux, version 2.1.2', 'linux'],
    ['traceroute (GNU inetutils) 2.4\n', 'traceroute (GNU inetutils) 2.4', 'inetutils'],
    ["traceroute: unrecognized option '--version'\nBusyBox v1.35.0 (Debian)\n", 'BusyBox v1.35.0 (Debian)', 'busybox'],
    ['tracepath from iputils 20221126\n', 'tracepath from iputils 20221126', 'bsd'],
    ['Usage: tracepath [-n] <destination>', undefined, 'bsd'],
  ])('%j', (text, version, flavour) => {
    expect([versionOf(text), flavourOf(text)]).toEqual([version, flavour]);
  });

  it.each([
    ['mtr-packet: Failure to open IPv4 sockets: Permission denied', true],
    ['You do not have enough privileges to use this traceroute method.', true],
    ['socket: Operation not permitted', true],
    ["traceroute: invalid option -- 'T'", false],
  ])('%s', (text, lacks) => {
    expect(lacksPrivilege(text)).toBe(lacks);
  });
});
