import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleFacts } from '../../../src/commands/bundle/facts.js';
import { leaksOnDisk, writeFiles } from '../../../src/commands/bundle/written-bundle.js';
import { createAnonymiser } from '../../../src/decoders/anonymised.js';
import { redactSet } from '../../../src/decoders/evidence-set.js';
import { createNewFolder } from '../../../src/io/new-folder.js';
import type { Envelope } from '../../../src/model/report.js';
import { rgDiag } from '../../cli/run.js';
import { harSchemaProblems } from '../../har-schema.js';
import { bundled } from '../../netns/bundled.js';
import { validateRun } from '../../schema.js';
import { createAuthority } from '../../servers/authority.js';
import { openEstate } from '../../servers/estate.js';
import { archive, pair } from '../har-sanitize/archives.js';
import { wholeBundle } from './bundles.js';
import { createCanaries, everyForm, found } from './canaries.js';

const estate = await openEstate();
const authority = await createAuthority();
const servers = await bundled('canary-peers.ts');
const home = mkdtempSync(join(tmpdir(), 'rg-diag-canary-'));
afterAll(async () => {
  await estate.close();
  authority.close();
  rmSync(home, { recursive: true, force: true });
});

const canaries = createCanaries();
const { password, token, awkward, jwt, privateKey } = canaries;

/** Known from railgun.conf: it is planted in every form everywhere, under no name that would give it away. */
const known = token('activation.token');
const everywhere = everyForm(known);
const asUtf16 = Buffer.from(known, 'utf16le').toString('latin1');

const conf = `# rg-listener.conf
activation.token = ${known}
# activation.token = ${token('an old token in a comment')}
activation.tokn = ${token('a token under a misspelt key')}
activation.railgun_host = 203.0.113.7
wan.port = 2408
# the password is: ${password('a password in a comment')}
map.file = /etc/railgun/railgun-nat.conf
stderr.file = /var/log/railgun/panic.log
pid.file = /var/run/railgun/railgun.pid
memcached.servers = 127.0.0.1:11299
memcached.password = ${awkward('a password under a key that is none')}
stats.enabled = 1
stats.listen = 127.0.0.1:24099
stats.url = http://stats:${password('stats.url, its password')}@127.0.0.1:24099/collect?key=${password('stats.url, its query')}
# ${everywhere}
${privateKey('a private key in railgun.conf')}`;

const map = [
  `# api_key=${password('a key in a comment of the map')}`,
  `# token: ${token('a token in a comment of the map')}`,
  `# ${everywhere}`,
  'www.example.com = 127.0.0.2',
  `shop.example.com = http://shop:${password('a URL in the map')}@10.0.0.13/`,
  `${known}.example.com = 127.0.0.2`,
];

const memcachedConf = `-m 64
# password: ${password('memcached.conf, a comment')}
MEMCACHED_SASL_PASSWORD=${awkward('memcached.conf, a variable')}
-l 127.0.0.1 # ${everywhere}
`;

const basic = Buffer.from(`admin:${password('log, Authorization: Basic')}`).toString('base64');
const logged = [
  `request for https://www.example.com/a?token=${password('log, query')}&page=2 failed`,
  `Authorization: Bearer ${password('log, Authorization: Bearer')}`,
  `Authorization: Basic ${basic}`,
  `Cookie: session=${password('log, Cookie')}; lang=en`,
  `Set-Cookie: id=${password('log, Set-Cookie')}; Path=/; HttpOnly`,
  `sent cf_clearance=${password('log, cf_clearance')} and __cf_bm=${password('log, __cf_bm')}`,
  `claims ${jwt('log, JWT')} were wrong`,
  `cannot connect to postgres://shop:${password('log, connection string')}@10.0.0.9:5432/shop`,
  `redis://:${password('log, password without a user')}@10.0.0.9:6379/0`,
  `Server=10.0.0.9;User Id=sa;Password=${password('log, connection string of ADO')};`,
  `X-Api-Key: ${password('log, X-Api-Key')}`,
  `{"user":"admin","secret":"${password('log, JSON')}"}`,
  `password=${password('log, password')}`,
  `client_secret=${password('log, client_secret')}`,
  `seen ${everywhere}`,
  `seen ${asUtf16}`,
].map((text, index) => [20 - index, text] as const);

const panicLog = `panic: dial http://cache:${password('panic.log, URL')}@10.0.0.9/
DB_PASSWORD=${password('panic.log, variable')}
Proxy-Authorization: Basic ${Buffer.from(`proxy:${password('panic.log, Proxy-Authorization')}`).toString('base64')}
${jwt('panic.log, JWT')}
${everywhere} ${asUtf16}

goroutine 1 [running]:
main.main()
`;

const originLog = `203.0.113.9 - - [21/Nov/2026:10:00:00 +0000] "GET /?access_token=${password('origin log, query')} HTTP/1.1" 500 1 "https://user:${password('origin log, Referer')}@www.example.com/" "curl"
104.16.132.229 - - [21/Nov/2026:10:00:01 +0000] "POST /login HTTP/1.1" 200 1 "-" "-" cookie="PHPSESSID=${password('origin log, cookie')}"
${everywhere}
`;

const url = `https://www.example.com/account?access_token=${password('HAR, query')}`;
const har = JSON.stringify(
  archive({
    url,
    requestHeaders: [
      pair('Authorization', `Bearer ${password('HAR, Authorization')}`),
      pair('Cookie', `session=${password('HAR, Cookie')}`),
      pair('X-Seen', everywhere),
    ],
    queryString: [pair('password', password('HAR, parameter'))],
    postData: { mimeType: 'application/x-www-form-urlencoded', text: `user=a&password=${password('HAR, post data')}` },
    content: { mimeType: 'application/json', text: `{"id_token":"${password('HAR, body')}","seen":"${everywhere}"}` },
    status: 520,
    responseHeaders: [pair('Set-Cookie', `id=${password('HAR, Set-Cookie')}`), pair('X-Token', jwt('HAR, JWT'))],
  }),
);

const headers = {
  Server: 'nginx',
  'Set-Cookie': [`id=${password('origin, Set-Cookie')}`, `cf_clearance=${password('origin, cf_clearance')}`],
  'X-Auth-Token': password('origin, header'),
  [`X-${token('origin, name of a header')}`]: '1',
  'X-Seen': everywhere,
  'WWW-Authenticate': `Bearer token="${password('origin, WWW-Authenticate')}"`,
};
const answers = {
  headers,
  redirect: `https://www.example.com/new?token=${password('origin, redirect')}`,
  body: `<form><input type="hidden" name="csrf_token" value="${password('origin, body')}"></form> ${everywhere}`,
  trace: `fl=1\nh=www.example.com\nip=203.0.113.7\ncolo=AMS\ntoken=${password('trace, key')}\nuag=curl password=${password('trace, value')}\nseen=${everywhere}\n`,
  memcached: `STAT password ${password('memcached, statistics')}\r\nSTAT version 1.6 token=${password('memcached, version')}\r\nSTAT seen ${everywhere}\r\nEND\r\n`,
  statistics: JSON.stringify({
    requests_started: 1,
    token: password('statistics, key'),
    url: `http://u:${password('statistics, URL')}@10.0.0.9/`,
    seen: everywhere,
  }),
};

const what = `it fails with password=${password('--what')} and ${known}`;
const zone = `example.com token=${password('--zone')}`;
const place = `https://www.example.com/old?access_token=${password('HOST, query')}&page=1`;
const variable = password('a variable of the environment');

const files = {
  'access.log': originLog,
  'page.har': har,
};

beforeAll(async () => {
  await estate.change({
    confFile: { text: conf },
    map,
    log: logged,
    panicLog,
    hosts: ['127.0.0.2 www.example.com', `127.0.0.2 ${known}.example.com`],
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  writeFileSync(join(home, 'memcached.conf'), memcachedConf);
  const certificate = await authority.issue({ names: ['www.example.com', `${known}.example.com`] });
  writeFileSync(
    join(home, 'answers.json'),
    JSON.stringify({ ...answers, cert: certificate.pem, key: certificate.key }),
  );
  const started = await estate.shell(
    [
      `cp ${join(home, 'memcached.conf')} /etc/memcached.conf`,
      `(setsid ${process.execPath} ${servers} ${join(home, 'answers.json')} >${join(home, 'ready')} 2>&1 &)`,
      `for i in $(seq 500); do grep -q ready ${join(home, 'ready')} && exit; sleep 0.02; done; cat ${join(home, 'ready')}; exit 1`,
    ].join('\n'),
  );
  expect(started).toMatchObject({ stdout: '', exit: 0 });
});

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Makes a bundle of all of it, in a folder of that name. */
async function bundle(name: string, ...more: readonly string[]) {
  const directory = join(home, name, 'bundle');
  mkdirSync(join(home, name));
  const given = [
    '--origin-log',
    join(home, 'access.log'),
    '--har',
    join(home, 'page.har'),
    '--what',
    what,
    '--zone',
    zone,
  ];
  const waits = ['--connect-timeout', '1', '--read-timeout', '2', '--timeout', '60', '--skip', 'route'];
  const words = ['bundle', '--dir', directory, ...waits, ...given, ...more, place].map(quoted);
  const ran = await estate.shell(`CANARY=${quoted(variable)} RAILGUN_TOKEN=${known} rg-diag ${words.join(' ')}`);
  return { ...ran, directory };
}

/** Every file in a folder and below; what is compressed, as it was before. */
function filesBelow(folder: string): Map<string, Buffer> {
  const all = new Map<string, Buffer>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    all.set(name, name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  }
  return all;
}

function expectNone(all: ReadonlyMap<string, Uint8Array | string>): void {
  const left = [...all].flatMap(([name, content]) => [
    ...found(canaries.all, name, content),
    // Names of files are in every list of a folder.
    ...found(canaries.all, `the name of file ${[...all.keys()].indexOf(name)}`, name),
  ]);
  expect(left).toEqual([]);
}

describe('secrets in every input', () => {
  it('are many, and each would be found', () => {
    expect(canaries.all.length).toBeGreaterThanOrEqual(40);
    expect(new Set(canaries.all.map(({ place: at }) => at)).size).toBe(canaries.all.length);
    const inputs = [
      conf,
      map.join('\n'),
      memcachedConf,
      panicLog,
      originLog,
      har,
      JSON.stringify(answers),
      what,
      zone,
      place,
      variable,
    ];
    const seen = found(canaries.all, 'input', [...inputs, ...logged.map(([, text]) => text)].join('\n'));
    expect(new Set(seen.map((text) => text.replace(/ in input.*/, ''))).size).toBe(canaries.all.length);
  });

  it.each<[name: string, more: readonly string[]]>([
    ['text', ['-v', '--ticket']],
    ['json', ['--format', 'json']],
    ['ndjson', ['--format', 'ndjson']],
    ['nagios', ['--format', 'nagios']],
    ['prometheus', ['--format', 'prometheus']],
    ['html', ['--format', 'html']],
    ['anonymised', ['--anonymise', '--archive', '--json']],
    ['for an error', ['--for', '520', '--archive', '--json']],
  ])('are in no file and in nothing that is printed: %s', async (name, more) => {
    const { directory, stdout, stderr, exit } = await bundle(name, ...more);
    const all = new Map<string, Uint8Array | string>(filesBelow(join(home, name)));
    expectNone(all.set('stdout', stdout).set('stderr', stderr));
    const { files: written } = wholeBundle(directory);
    expect([0, 1, 2]).toContain(exit);
    for (const [file, content] of written) {
      if (/\.(?:json|har)$/.test(file)) expect(() => JSON.parse(content.toString('utf8')), file).not.toThrow();
    }
    expect(harSchemaProblems(JSON.parse(written.get('har-1.har')?.toString('utf8') ?? ''))).toEqual([]);
    // What support needs is still there.
    const files = [...written.keys()];
    expect(files).toEqual(expect.arrayContaining(['har-1.har', 'origin-log-1.txt', 'doctor.json', 'versions.txt']));
    if (name === 'anonymised' || name === 'for an error') return;
    expect(files).toEqual(expect.arrayContaining(['panic.log.txt', 'railgun-nat.conf.txt', 'memcached.conf.txt']));
    expect(written.get('railgun.conf.txt')?.toString('utf8')).toContain('wan.port = 2408');
    expect(written.get('log.txt')?.toString('utf8')).toContain('Assigned Railgun ID');
  });
});

describe('a secret that gets into the folder past the redaction', () => {
  const schema = 'rg-diag-bundle/1';

  it('stops the hand-over: nothing is there, the place is named, the secret is not', async () => {
    // Nothing masks the manifest's own words: a token that is one of them is left.
    const folder = join(home, 'leaking');
    mkdirSync(folder);
    const file = join(home, 'leaking.conf');
    writeFileSync(file, `activation.token = ${schema}\n`);
    const directory = join(folder, 'bundle');
    const options = ['--config', file, '--dir', directory, '--skip', 'route', '--skip', 'checks'];
    const { stdout, exit } = await rgDiag(['bundle', ...options, '--json']);
    const said = JSON.parse(stdout) as Envelope<BundleFacts>;
    expect(validateRun(said)).toEqual([]);
    const result = said.reports[0]?.facts.result;
    expect([exit, said.verdict, result?.state]).toEqual([2, 'fail', 'withheld']);
    if (result?.state !== 'withheld') return;
    expect(result.redaction.leaks).toEqual([
      { file: 'manifest.json', line: 2, name: 'activation.token', form: 'plain' },
    ]);
    expect(readdirSync(folder)).toEqual([]);
    for (const format of ['text', 'html', 'nagios']) {
      const other = await rgDiag(['bundle', ...options, '-f', format]);
      expect([other.exit, readdirSync(folder)]).toEqual([2, []]);
      expect(other.stdout + other.stderr).toContain('manifest.json:2');
      expect(other.stdout + other.stderr).not.toContain(schema);
    }
  });

  it('is found on the disk, whatever was meant to be written there', async () => {
    const beside = join(home, 'on-disk');
    mkdirSync(beside);
    const folder = await createNewFolder(join(beside, 'bundle'));
    if ('code' in folder) throw new Error(folder.detail);
    const { signal } = new AbortController();
    const set = redactSet([], new Map([[known, 'activation.token']]));
    const files = [
      { file: 'a.txt', text: 'one\ntwo\n' },
      { file: 'b.txt', text: 'three\n' },
    ];
    expect(await writeFiles(folder, files, signal)).toBeUndefined();
    expect(await leaksOnDisk(folder, files, { set }, signal)).toEqual([]);
    const [partial = 'none'] = readdirSync(beside);
    appendFileSync(join(beside, partial, 'a.txt'), `three\n${Buffer.from(known).toString('base64')}\n`);
    expect(await leaksOnDisk(folder, files, { set }, signal)).toEqual([
      { file: 'a.txt', line: 4, name: 'activation.token', form: 'base64' },
    ]);
    const anonymiser = createAnonymiser({ names: ['shop.example.org'] });
    const named = { file: 'b.txt', line: 0, name: 'name or address', form: 'plain' };
    expect(await leaksOnDisk(folder, files, { set, anonymiser }, signal)).not.toContainEqual(named);
    appendFileSync(join(beside, partial, 'b.txt'), 'and Shop.example.org\n');
    expect(await leaksOnDisk(folder, files, { set, anonymiser }, signal)).toContainEqual(named);
    await folder.discard();
  });
});
