import { describe, expect, it } from 'vitest';
import type { Given } from '../../../src/commands/command.js';
import { ask, timeoutFor } from '../../../src/commands/doctor/ask.js';
import type { NetworkOptions } from '../../../src/model/network.js';

function asked(args: readonly string[], options: Given['options'] = {}, network: NetworkOptions = {}) {
  return ask({ args, options, network, targets: [], format: undefined, stdinIsTerminal: () => true });
}

function problem(args: readonly string[], options: Given['options'] = {}, network: NetworkOptions = {}): string {
  const answer = asked(args, options, network);
  return 'problem' in answer ? answer.problem : expect.fail('it was accepted');
}

describe('what is asked', () => {
  it('is this machine where no host is named', () => {
    expect(asked([])).toEqual({
      asked: { network: {}, hosts: [], mode: 'strict', edgeProfile: '2026', since: '24h' },
      targets: [{ hosts: [], places: [], modeGiven: false }],
    });
  });

  it('has all that was given, once', () => {
    const options = {
      config: 'railgun.conf',
      ip: ['[2001:db8::7]', '2001:db8::7', '203.0.113.7'],
      mode: 'full',
      'edge-profile': '2023',
      'read-timeout': 3,
      timeout: 9,
      log: ['a.log', 'a.log'],
      since: '2h',
      skip: ['trace', 'trace', 'machine'],
      'dry-run': true,
      'ca-file': 'ca.pem',
      'add-ca': ['more.pem'],
    };
    const answer = asked(['www.example.com'], options, { connectTimeout: 1 });
    expect('problem' in answer ? answer : answer.asked).toEqual({
      network: { connectTimeout: 1 },
      hosts: ['www.example.com'],
      config: 'railgun.conf',
      ip: ['2001:db8::7', '203.0.113.7'],
      mode: 'full',
      modeGiven: true,
      edgeProfile: '2023',
      readTimeout: 3,
      timeout: 9,
      logs: ['a.log'],
      since: '2h',
      caFile: 'ca.pem',
      addCa: ['more.pem'],
      skip: ['trace', 'machine'],
      dryRun: true,
    });
  });

  it('keeps the query of a URL for the checks, and out of the facts', () => {
    const answer = asked(['https://WWW.example.com/a?token=abc#secret']);
    if ('problem' in answer) return expect.fail(answer.problem);
    expect(JSON.stringify(answer.asked)).not.toMatch(/abc|#/);
    expect(answer.targets[0]?.hosts).toEqual(['https://WWW.example.com/a?token=***']);
    expect(answer.targets[0]?.places).toEqual([
      {
        shown: 'https://WWW.example.com/a?token=***',
        scheme: 'https',
        host: 'www.example.com',
        port: 443,
        path: '/a?token=abc',
      },
    ]);
  });

  it('is a name in letters of ASCII, and the scheme of its port', () => {
    const answer = asked(['bücher.example', 'www.example.com:8080', '[2001:db8::1]:2083']);
    const places = 'problem' in answer ? [] : answer.targets[0]?.places;
    expect(places?.map(({ scheme, host, port }) => [scheme, host, port])).toEqual([
      ['https', 'xn--bcher-kva.example', 443],
      ['http', 'www.example.com', 8080],
      ['https', '2001:db8::1', 2083],
    ]);
  });
});

describe('what cannot be asked', () => {
  it.each([
    [['ftp://www.example.com'], {}, /URL of ftp/],
    [['www.example.com/a'], {}, /neither a host nor a URL/],
    [['unix:/tmp/s'], {}, /unix socket/],
    [['443'], {}, /a number/],
    [['-x'], {}, /dash/],
    [['www..example.com'], {}, /not a host/],
    [['https://www.example.com/a b'], {}, /blanks/],
    [['www.example.com'], { ip: ['origin'] }, /--ip origin: not an address/],
    [[], { ip: ['203.0.113.7'] }, /--ip .* no HOST/],
    [[], { since: 'tomorrow' }, /--since tomorrow is no time/],
    [[], { config: '-' }, /standard input/],
    [[], { log: ['a', '-'] }, /standard input/],
    [[], { config: '' }, /empty/],
    [Array.from({ length: 51 }, (_, index) => `h${index}.example.com`), {}, /51 hosts/],
  ])('%j %j', (args, options, says) => {
    expect(problem(args, options as Given['options'])).toMatch(says);
  });

  it('has where the origin is from one option, for hosts that were named, of the family that is allowed', () => {
    const ip = { ip: ['203.0.113.7'] };
    expect(problem(['a.example'], ip, { connectTo: { host: '203.0.113.8' } })).toMatch(/exclude each other/);
    expect(problem(['a.example'], ip, { family: 6 })).toMatch(/no IPv6 address/);
    expect(problem([], {}, { connectTo: { host: '203.0.113.8' } })).toMatch(/--connect-to .* no HOST/);
  });

  it('never repeats a password', () => {
    const answer = asked(['https://user:hunter2@www.example.com/']);
    expect(answer).toHaveProperty('problem');
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });
});

describe('the time that a run has', () => {
  it('is that of the edge for an origin, and room for the rest', () => {
    expect(timeoutFor({})).toBe(19 * 2 + 120 + 10 + 30);
    expect(timeoutFor({ 'edge-profile': '2023' })).toBe(15 * 2 + 100 + 10 + 30);
    expect(timeoutFor({ 'connect-timeout': 1, 'read-timeout': 2 })).toBe(3 * 30 + 10 + 30);
    expect(timeoutFor({ 'connect-timeout': 1, 'read-timeout': 2, ip: Array(17).fill('10.0.0.1') })).toBe(130);
    expect(timeoutFor({ 'connect-timeout': 1, 'read-timeout': 2, ip: Array(129).fill('10.0.0.1') })).toBe(9 * 14 + 30);
  });
});
