import { describe, expect, it } from 'vitest';
import type { Given } from '../../../src/commands/command.js';
import { ask } from '../../../src/commands/probe/ask.js';
import { bytesOf, escapeProblem } from '../../../src/commands/probe/payload.js';
import { portListText } from '../../../src/commands/probe/port-list.js';
import { portsOf } from '../../../src/commands/probe/ports.js';

describe('ports', () => {
  it.each([
    [['80'], [80]],
    [
      ['80,443', '8080'],
      [80, 443, 8080],
    ],
    [['8000-8003'], [8000, 8001, 8002, 8003]],
    [['22-24,23-25'], [22, 23, 24, 25]],
    [
      ['https', 'ssh,http'],
      [443, 22, 80],
    ],
    [
      ['443', '80', '443'],
      [443, 80],
    ],
    [
      ['65535', '1'],
      [65535, 1],
    ],
    [[], []],
  ])('of %j are %j', (words, ports) => {
    expect(portsOf(words, 'tcp')).toEqual(ports);
  });

  it.each([
    ['0', "'0': ports go from 1 to 65535"],
    ['65536', "'65536': ports go from 1 to 65535"],
    ['1-70000', "'1-70000': ports go from 1 to 65535"],
    ['20-10', "'20-10': the range ends before it begins"],
    ['80,', 'an empty port'],
    ['no-such', "'no-such' is no port, no range of ports, and no tcp service of /etc/services"],
  ])('are not %s', (word, problem) => {
    expect(portsOf([word], 'tcp')).toEqual({ problem });
  });

  it('are all of them where all are asked for', () => {
    expect(portsOf(['1-65535'], 'tcp')).toHaveLength(65535);
  });

  it.each([
    [[80], '80'],
    [[80, 81, 82, 443], '80-82,443'],
    [[443, 80, 81], '443,80-81'],
    [[1, 3, 5, 7], '1,3,5,…'],
  ])('%j are written as %s', (ports, text) => {
    expect(portListText(ports, 3)).toBe(text);
  });
});

describe('escapes', () => {
  it.each([
    ['plain', 'plain'],
    [String.raw`a\r\n\tb`, 'a\r\n\tb'],
    [String.raw`\0\x00\x1b\\n`, '\0\0\x1b\\n'],
    ['é', 'é'],
  ])('%j stands for %j', (text, bytes) => {
    expect(escapeProblem(text)).toBeUndefined();
    expect(bytesOf(text)).toEqual(Buffer.from(bytes));
  });

  it('stand for bytes that are no text', () => {
    expect([...bytesOf(String.raw`\xff\x00A`)]).toEqual([0xff, 0, 0x41]);
  });

  it.each([String.raw`\q`, String.raw`\x1`, 'end\\', String.raw`\\\z`])('are not in %j', (text) => {
    expect(escapeProblem(text)).toContain('none of the escapes');
  });
});

function asked(args: readonly string[], more: Partial<Given> = {}): ReturnType<typeof ask> {
  const given = { args, options: {}, targets: [], network: {}, format: undefined, stdinIsTerminal: () => false };
  return ask({ ...given, ...more });
}

describe('what is asked', () => {
  it.each([
    [['192.0.2.1', '80', '443'], '192.0.2.1:80,443', '192.0.2.1', [80, 443]],
    [['example.com:443'], 'example.com:443', 'example.com', [443]],
    [['example.com:https', 'ssh'], 'example.com:443,22', 'example.com', [443, 22]],
    [['example.com:8000-8002'], 'example.com:8000-8002', 'example.com', [8000, 8001, 8002]],
    [['[2001:db8::1]:80'], '[2001:db8::1]:80', '2001:db8::1', [80]],
    [['2001:db8::1', '80'], '[2001:db8::1]:80', '2001:db8::1', [80]],
  ])('by %j is %s', (args, label, host, ports) => {
    expect(asked(args)).toMatchObject({ targets: [{ kind: 'ports', label, host, ports }] });
  });

  it('can be a unix socket', () => {
    expect(asked(['unix:/run/a b'])).toMatchObject({ targets: [{ kind: 'unix', path: '/run/a b' }] });
  });

  it.each([
    [['192.0.2.1'], {}, 'no port given for 192.0.2.1'],
    [[], {}, 'nothing to probe: no HOST given'],
    [['443'], {}, "'443' is a port: the host comes first"],
    [['-x', '80'], {}, "'-x' begins with a dash, which no host does"],
    [['unix:/run/a', '80'], {}, "a unix socket has no ports, and '80' was given"],
    [['unix:/run/a'], { udp: true }, 'unix:/run/a: --udp is not for unix sockets'],
    [['h', '80'], { udp: true, tls: true }, '--tls needs TCP: leave out --udp'],
    [['h', '80'], { warning: 2, critical: 1 }, '--warning 2 is more than --critical 1, so it would never warn'],
    [['h', '80'], { expect: '' }, '--expect needs a text'],
    [['h', '80'], { send: '\\q' }, "--send: '\\q' is none of the escapes \\r \\n \\t \\0 \\xNN \\\\"],
    [['h:nope'], {}, "'nope' is no port, no range of ports, and no tcp service of /etc/services"],
  ])('by %j and %j is nothing', (args, options, problem) => {
    expect(asked(args, { options })).toMatchObject({ problem });
  });

  it('of one port cannot be done with many', () => {
    const network = { connectTo: { host: '127.0.0.1', port: 8443 } };
    expect(asked(['h', '80,443'], { network })).toMatchObject({
      problem: '--connect-to with the port 8443 leaves one port to connect to, and 2 are asked for',
    });
    expect(asked(['h', '443'], { network })).toMatchObject({ targets: [{ ports: [443] }] });
  });

  it('of a list is asked of every line, with its own ports or those of the command line', () => {
    const targets = ['a', 'b:22', 'c 80,81 90', 'unix:/run/d', 'e:nope', 'f 0', '-g'];
    const answer = asked(['443', 'https'], { targets, options: { targets: 'list' } });
    expect(answer).toMatchObject({
      targets: [
        { host: 'a', ports: [443] },
        { host: 'b', ports: [22] },
        { host: 'c', ports: [80, 81, 90] },
        { kind: 'unix', path: '/run/d' },
      ],
      unreadable: [
        { label: 'e:nope', failure: { code: 'invalid-target' } },
        { label: 'f 0', failure: { code: 'invalid-target', detail: "'0': ports go from 1 to 65535" } },
        { label: '-g', failure: { code: 'invalid-target' } },
      ],
    });
  });

  it('of a list can have a host before it', () => {
    const answer = asked(['a', '80'], { targets: ['b'], options: { targets: 'list' } });
    expect(answer).toMatchObject({ targets: [{ host: 'a' }, { host: 'b', ports: [80] }], unreadable: [] });
  });
});
