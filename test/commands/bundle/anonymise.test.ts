import { lstatSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shell } from '../../cli/run.js';
import { createAuthority } from '../../servers/authority.js';
import { startTlsServer } from '../../servers/tls.js';
import { archive, pair } from '../har-sanitize/archives.js';
import { type Bundled, bundle, caseFolder, confText, logLine, wholeBundle } from './bundles.js';

const folder = caseFolder();
const authority = await createAuthority();

/** Of the estate: none of them may be in any file, nor in the name of one. */
const names = [
  'www.acme-shop.example',
  'acme-shop.example',
  'intranet.acme-corp.test',
  'db7.lan.acme-corp.test',
  'railgun.acme-corp.test',
  'other-name-in-certificate.acme-shop.example',
  'railgun-machine-7',
];
const addresses = ['203.0.113.77', '198.51.100.23', '10.20.30.40', '2001:db8:aaaa::17', '192.0.2.99'];

let given: string[];
let made: Bundled;
let files: ReadonlyMap<string, Buffer>;
let labels: readonly { readonly label: string; readonly original: string; readonly kind: string }[];

beforeAll(async () => {
  const [www = '', , intranet = '', db = '', railgun = '', , machine = ''] = names;
  const certificate = await authority.issue({ names: [www, names[5] ?? ''], ips: ['203.0.113.77'] });
  const server = await startTlsServer({ leaf: certificate });
  const map = folder.file(
    'railgun-nat.conf',
    [`${www}=127.0.0.1:${server.port}`, `${intranet}=10.20.30.40:1`, `second.${intranet}=${db}`, ''].join('\n'),
  );
  const settings = { 'map.file': map, 'activation.railgun_host': railgun, 'wan.ip': '203.0.113.77' };
  const conf = folder.file('railgun.conf', confText(settings));
  const log = folder.file(
    'syslog',
    [
      logLine(9, `[203.0.113.77:443] failed to connect to 10.20.30.40:80 for ${intranet}: connection refused`, machine),
      logLine(8, `failed to connect to [2001:db8:aaaa::17]:80 for ${www}: connection refused`, machine),
    ].join(''),
  );
  const web = folder.file('access.log', `198.51.100.23 - - "GET https://${www}/ HTTP/1.1" 104.16.132.229 127.0.0.1\n`);
  const page = archive({ url: `https://${www}/cart`, responseHeaders: [pair('X-Backend', '192.0.2.99')] });
  const har = folder.file('page.har', JSON.stringify(page));
  given = [
    ...['--config', conf, '--log', log, '--origin-log', web, '--har', har, '--anonymise'],
    ...['--skip', 'route', '--zone', names[1] ?? '', '--timeout', '25'],
  ];
  made = await bundle(folder, given);
  files = wholeBundle(made.directory).files;
  labels = (JSON.parse(readFileSync(`${made.directory}.map.json`, 'utf8')) as { labels: typeof labels }).labels;
  await server.close();
});
afterAll(() => {
  folder.close();
  authority.close();
});

describe('an anonymised bundle', () => {
  it('has no name and no address of the estate in any file, nor in the name of one', () => {
    const left = [...files].flatMap(([file, content]) => {
      const text = `${file}\n${content.toString('utf8')}`.toLowerCase();
      return [...names, ...addresses, hostname().toLowerCase()]
        .filter((name) => text.includes(name))
        .map((name) => `${name} in ${file}`);
    });
    expect(left).toEqual([]);
  });

  it('has the same label for the same name in all files', () => {
    const label = labels.find(({ original }) => original === names[0])?.label ?? expect.fail('no label');
    for (const file of [
      'railgun-nat.conf.txt',
      'log.txt',
      'origin-log-1.txt',
      'har-1.har',
      'doctor.json',
      'REPORT.html',
    ]) {
      expect([file, files.get(file)?.toString('utf8').includes(label)]).toEqual([file, true]);
    }
  });

  it('keeps loopback and what is Cloudflare’s, because support needs them', () => {
    const text = files.get('origin-log-1.txt')?.toString('utf8') ?? '';
    expect(text).toContain('104.16.132.229');
    expect(text).toContain('127.0.0.1');
  });

  it('has none of them either where the files that would tell them are not wanted', async () => {
    const second = caseFolder();
    const words = [...given, '--skip', 'configuration', '--skip', 'checks'];
    const { directory } = await bundle(second, words);
    const { files: others } = wholeBundle(directory);
    expect([...others.keys()]).toContain('origin-log-1.txt');
    for (const [file, content] of others) {
      for (const name of names)
        expect([file, name, content.toString('utf8').includes(name)]).toEqual([file, name, false]);
    }
    second.close();
  });

  it('does not say what this machine is called', async () => {
    const second = caseFolder();
    const conf = second.file('railgun.conf', confText());
    const log = second.file('syslog', logLine(1, 'Assigned Railgun ID: 1', 'box7'));
    const web = second.file('web.log', 'GET / from BOX7.acme-prod.test and box7.\n');
    const words = ['--config', conf, '--log', log, '--origin-log', web, '--anonymise', '--skip', 'route'];
    const { directory } = await bundle(second, words, (args) =>
      shell(`unshare --uts sh -c 'hostname box7.acme-prod.test && exec rg-diag "$@"' sh ${args.join(' ')}`),
    );
    const { files: others } = wholeBundle(directory);
    for (const [file, content] of others)
      expect([file, /box7|acme-prod/i.exec(content.toString('utf8'))]).toEqual([file, null]);
    expect(others.get('log.txt')?.toString('utf8')).toContain('Assigned Railgun ID: 1');
    const map = JSON.parse(readFileSync(`${directory}.map.json`, 'utf8')) as { labels: typeof labels };
    expect(map.labels.map(({ original }) => original)).toEqual(expect.arrayContaining(['box7', 'box7.acme-prod.test']));
    second.close();
  });

  it('says which label stands for what beside it, for its owner only', () => {
    const path = `${made.directory}.map.json`;
    expect((lstatSync(path).mode & 0o7777).toString(8)).toBe('600');
    const originals = labels.map(({ original }) => original);
    for (const name of [...names.filter((one) => one !== names[1]), ...addresses]) expect(originals).toContain(name);
    expect(new Set(labels.map(({ label }) => label)).size).toBe(labels.length);
    const { result } = made.report.facts;
    expect(result).toMatchObject({
      state: 'handed-over',
      redaction: { anonymised: { map: path, names: expect.any(Number), addresses: expect.any(Number) } },
    });
    expect([...files.keys()]).not.toContain('bundle.map.json');
  });
});
