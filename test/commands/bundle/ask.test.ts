import { describe, expect, it } from 'vitest';
import { ask } from '../../../src/commands/bundle/ask.js';
import type { Given } from '../../../src/commands/command.js';

const given = (args: readonly string[], options: Given['options'] = {}, network: Given['network'] = {}): Given => ({
  args,
  options,
  targets: [],
  network,
  format: undefined,
  stdinIsTerminal: () => false,
});

/** What is asked; a problem is none. */
function askedOf(args: readonly string[], options: Given['options'] = {}) {
  const answer = ask(given(args, options));
  if (answer instanceof Promise || 'problem' in answer) return expect.fail(JSON.stringify(answer));
  return { asked: answer.asked, target: answer.targets[0] ?? expect.fail('no target') };
}

describe('what is asked of a bundle', () => {
  it('is all of this machine where nothing is given', () => {
    expect(ask(given([]))).toEqual({
      asked: {
        network: {},
        hosts: [],
        mode: 'strict',
        edgeProfile: '2026',
        since: '24h',
        logBytes: 5_000_000,
        directory: '',
      },
      targets: [{ hosts: [], places: [], modeGiven: false }],
    });
  });

  it('is what the options say, each file and address once', () => {
    const { asked, target } = askedOf(['https://WWW.example.com/a?b=c', 'shop.example.com:8080'], {
      for: 522,
      dir: 'case',
      archive: true,
      anonymise: true,
      only: ['log', 'har', 'log'],
      log: ['a.log', 'a.log'],
      'origin-log': ['access.log'],
      har: ['on.har', 'paused.har'],
      since: '2h',
      'log-size': 1000,
      zone: 'example.com',
      ray: ['cf-ray: 8a1b2c3d4e5f6071-AMS'],
      what: ' visitors\n see 522 ',
      ip: ['[2001:db8::7]', '192.0.2.7', '192.0.2.7'],
      mode: 'full',
      'read-timeout': 10,
    });
    expect(asked).toMatchObject({
      for: 522,
      directory: 'case',
      archive: true,
      anonymise: true,
      only: ['log', 'har'],
      logs: ['a.log'],
      originLogs: ['access.log'],
      hars: ['on.har', 'paused.har'],
      since: '2h',
      logBytes: 1000,
      zone: 'example.com',
      rays: ['8a1b2c3d4e5f6071-AMS'],
      what: 'visitors see 522',
      ip: ['2001:db8::7', '192.0.2.7'],
      mode: 'full',
      readTimeout: 10,
    });
    expect(target.modeGiven).toBe(true);
    expect(target.places).toEqual([
      { host: 'www.example.com', port: 443, shown: 'www.example.com', isUrl: true },
      { host: 'shop.example.com', port: 8080, shown: 'shop.example.com:8080', isUrl: false },
    ]);
  });

  it('has nothing in it that looks secret', () => {
    const { asked } = askedOf(['https://www.example.com/cart?token=hunter2&page=3#hunter2'], {
      what: 'login with password=hunter2 fails, Authorization: Basic aHVudGVyMg==',
      zone: 'https://me:hunter2@example.com',
    });
    expect(asked.hosts).toEqual(['https://www.example.com/cart?token=***&page=3']);
    expect(JSON.stringify(asked)).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(asked.what).toContain('fails');
  });

  it.each<[string, readonly string[], Given['options'], RegExp]>([
    ['an error that nobody knows', [], { for: 599 }, /--for 599/],
    ['what is no ray', [], { ray: ['8a1b2c3d4e5f6071', 'AMS'] }, /--ray AMS: not a CF-RAY/],
    ['two ways to leave things out', [], { skip: ['log'], only: ['har'] }, /--skip and --only/],
    ['an archive of what is not written', [], { 'dry-run': true, archive: true }, /--archive/],
    ['what is no time', [], { since: 'soon' }, /--since soon is no time/],
    ['more of a log than support takes', [], { 'log-size': 50_000_000 }, /20 MB/],
    ['standard input', [], { har: ['-'] }, /--har -/],
    ['a folder without a name', [], { dir: '' }, /--dir names nothing/],
    ['what says nothing', [], { what: ' ' }, /--what is empty/],
    ['an address of no host', [], { ip: ['192.0.2.1'] }, /no HOST was given/],
    ['what is no address', ['example.com'], { ip: ['192.0.2.1:443'] }, /--ip 192.0.2.1:443: not an address/],
    ['a password in a URL', ['https://me:hunter2@example.com/'], {}, /user name or password/],
    ['a path without its scheme', ['example.com/cart'], {}, /neither a host nor a URL/],
    ['another scheme', ['ftp://example.com'], {}, /URL of ftp/],
    ['a code instead of a host', ['522'], {}, /is a number, and no host/],
    ['an option as a host', ['--help'], {}, /--help/],
  ])('is refused where it is %s', (_, args, options, problem) => {
    const answer = ask(given(args, options));
    expect(answer).toMatchObject({ problem: expect.stringMatching(problem) });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it('names the errors that are known where it is not one of them', () => {
    expect(ask(given([], { for: 519 }))).toMatchObject({ hint: expect.stringContaining('520 to 527, 530') });
  });

  it('is refused where two options say where the origin is, or none of that family', () => {
    const both = given(['example.com'], { ip: ['192.0.2.1'] }, { connectTo: { host: '192.0.2.2' } });
    expect(ask(both)).toMatchObject({ problem: expect.stringContaining('exclude each other') });
    const six = given(['example.com'], { ip: ['192.0.2.1'] }, { family: 6 });
    expect(ask(six)).toMatchObject({ problem: expect.stringContaining('no IPv6 address') });
  });
});
