import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvidenceKind } from '../../src/decoders/evidence-kind.js';
import { leaksIn } from '../../src/decoders/evidence-leaks.js';
import { type EvidenceFile, redactSet, redactSetInSteps, secretsOfConf } from '../../src/decoders/evidence-set.js';
import { formsOfSecret } from '../../src/decoders/secret-forms.js';
import { createSecretSearch, mostSecretsFound } from '../../src/decoders/secret-search.js';
import { archive } from '../commands/har-sanitize/archives.js';

/** One file of every kind, with a text in the middle of it. */
const around: Readonly<Record<EvidenceKind, (text: string) => string>> = {
  'railgun-conf': (text) => `wan.port = 2408\n# ${text}\nlog.level = 0\n`,
  'railgun-nat': (text) => `www.example.com = 192.0.2.1\n# ${text}\n`,
  conf: (text) => `# memcached\n-m 64\n# ${text}\n-p 11211\n`,
  log: (text) => `Oct 27 22:29:41 www rg-listener: ab18927f79... ${text} done\n`,
  text: (text) => `what happened: ${text}\n`,
  report: (text) =>
    JSON.stringify({ schema: 'rg-diag/1', reports: [{ facts: { line: `seen ${text}`, sha256: 'ab'.repeat(32) } }] }),
  json: (text) => JSON.stringify({ lines: [`seen ${text}`], [text]: 1 }),
  har: (text) =>
    JSON.stringify(
      archive({
        url: 'https://www.example.com/',
        content: { mimeType: 'text/plain', text: Buffer.from(`seen ${text}`).toString('base64'), encoding: 'base64' },
        postData: { mimeType: 'text/plain', text: `seen ${text}` },
        more: { _note: text },
      }),
    ),
  html: (text) => `<!doctype html><html><body><p title="${escaped(text)}">seen ${escaped(text)}</p></body></html>`,
  pem: (text) =>
    `subject=CN = www.example.com\n${text}\n-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n`,
};

const base64Of = (text: string) => Buffer.from(text).toString('base64');

const kinds = Object.keys(around) as readonly EvidenceKind[];

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (unit) => `&#${unit.charCodeAt(0)};`);
}

/** How a secret may be written down in the middle of other text. */
const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'base64, first': (secret) => Buffer.from(`${secret}xyz`).toString('base64'),
  'base64, second': (secret) => Buffer.from(`a${secret}yz`).toString('base64'),
  'base64, third': (secret) => Buffer.from(`ab${secret}z`).toString('base64'),
  base64url: (secret) => Buffer.from(`>>>${secret}>>>`).toString('base64url'),
  'URL-encoded': (secret) => encodeURIComponent(secret),
  'URL-encoded whole': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
  'URL-encoded in part': encodeURI,
  'URL-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'JSON of Go': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[&<>]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`),
  'base64 of base64': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
  'base64 in lines': (secret) => Buffer.from(`xy${secret}z`).toString('base64').replace(/.{8}/g, '$&\n'),
  'hex with colons': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '$&:'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  HEX: (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'UTF-16': (secret) => Buffer.from(secret, 'utf16le').toString('latin1'),
};

/** Where a secret is known: by its name, by its shape, or by who made the bundle. */
const token = 'k3J8h2LmQ9xZ4vB7nT1wR6yD5sF0gPcA';
const jwt = 'c2lnbmF0dXJlLW9mLWEtdG9rZW4tMTIz';
const places: readonly {
  readonly secret: string;
  readonly kind: EvidenceKind;
  readonly text: (secret: string) => string;
}[] = [
  { secret: token, kind: 'railgun-conf', text: (it) => `activation.token = "${it}";\n` },
  { secret: token, kind: 'railgun-conf', text: (it) => `# ACTIVATION.TOKEN=${it}\n` },
  { secret: token, kind: 'railgun-conf', text: (it) => `activation.tokn: ${it}\n` },
  {
    secret: 'st4ts&pass word',
    kind: 'railgun-conf',
    text: (it) => `stats.url = http://u:${encodeURIComponent(it)}@h/\n`,
  },
  { secret: 'M3mc4ched/+pw', kind: 'conf', text: (it) => `cache:${it}\n` },
  { secret: 'it"s a <secret> 1', kind: 'conf', text: (it) => `password = ${it}\n` },
  { secret: 'postgr3s-pw', kind: 'conf', text: (it) => `DATABASE_URL=postgres://cms:${it}@db.example.com/cms\n` },
  { secret: 'mssql pw 77', kind: 'conf', text: (it) => `dsn = Server=db;Uid=sa;Pwd=${it};Database=x\n` },
  {
    secret: 'acc3ss-t0ken',
    kind: 'log',
    text: (it) => `HEAD http://example.com/?a=1&token=${it} HTTP/1.1 192.0.2.1 []\n`,
  },
  { secret: 'cl34rance.v4lue-1', kind: 'log', text: (it) => `> Cookie: a=1; cf_clearance=${it}\n` },
  { secret: 'b0t-m4nagement', kind: 'log', text: (it) => `< set-cookie: __cf_bm=${it}; HttpOnly\n` },
  {
    secret: 'b4sic-p4ss',
    kind: 'log',
    text: (it) => `Authorization: Basic ${Buffer.from(`u:${it}`).toString('base64')}\n`,
  },
  { secret: 'be4rer-v4lue', kind: 'log', text: (it) => `"proxy-authorization": "Bearer ${it}"\n` },
  { secret: jwt, kind: 'log', text: (it) => `GET /x?t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${it} HTTP/1.1\n` },
  { secret: 'AKIAIOSFODNN7EXAMPLE', kind: 'text', text: (it) => `key id ${it}\n` },
  { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', kind: 'text', text: (it) => `and ${it}\n` },
  { secret: 'tick3t-s3cret', kind: 'text', text: (it) => `the password is ${it}\n` },
  { secret: 'j5on-s3cret "q"', kind: 'json', text: (it) => JSON.stringify({ db: { password: it } }) },
  { secret: 'j0urnald-s3cret', kind: 'log', text: (it) => `${JSON.stringify({ MESSAGE: `token=${it}` })}\n` },
  {
    secret: 'h4r-s3cret',
    kind: 'har',
    text: (it) => JSON.stringify(archive({ requestHeaders: [{ name: 'Cookie', value: `s=${it}` }] })),
  },
  { secret: 'p4ge-s3cret', kind: 'html', text: (it) => `<a href="https://x.example/?token=${it}">x</a>` },
  {
    secret: 'rep0rt-s3cret',
    kind: 'report',
    text: (it) => JSON.stringify({ says: `https://x.example/?access_token=${it}` }),
  },
];

const bytesOf = (text: string) =>
  Buffer.from(text, /^[\0-\xff]*$/.test(text) && text.includes('\0') ? 'latin1' : 'utf8');

function foundIn(text: string, secret: string): string | undefined {
  const readings = [text, bytesOf(text).toString('latin1'), bytesOf(text).toString('utf16le')];
  return formsOfSecret(secret).find((form) => readings.some((reading) => reading.includes(form.text)))?.form;
}

describe('redactSet', () => {
  const cases = places.flatMap((place) =>
    kinds.flatMap((kind) => Object.keys(forms).map((form) => [place, kind, form] as const)),
  );

  it(`hides ${cases.length} canaries: every place that names one, every other kind of file, every form`, () => {
    for (const [{ secret, kind, text }, other, form] of cases) {
      const files: EvidenceFile[] = [
        { file: 'names', kind, text: text(secret) },
        { file: 'other', kind: other, text: around[other](forms[form]?.(secret) ?? '') },
      ];
      const set = redactSet(files, new Map());
      for (const { file, text: shown } of set.files) {
        const says = `${secret} of ${text(secret)}, as ${form} in ${other}: ${file} is ${shown}`;
        expect(foundIn(shown, secret), says).toBeUndefined();
        expect(leaksIn(file, bytesOf(shown), set.search), says).toEqual([]);
      }
      // Without the redaction it is found: the test can fail.
      expect(set.search.find(secret), secret).toBeDefined();
      if (other === 'json' || other === 'report' || other === 'har')
        expect(() => JSON.parse(set.files[1]?.text ?? '')).not.toThrow();
      if (other === 'html')
        expect(set.files[1]?.text).toMatch(
          /^<!doctype html><html><body><p title="[^"<>]*">[^<>]*<\/p><\/body><\/html>$/,
        );
    }
  });

  it('masks a private key that one file has wherever it is', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const body = pem.split('\n').slice(1, -2);
    for (const kind of kinds) {
      const { files, search } = redactSet(
        [
          { file: 'key', kind: 'pem', text: pem },
          { file: 'x', kind, text: around[kind](`then ${body.slice(12).join('')}`) },
        ],
        new Map(),
      );
      expect(files[1]?.text).not.toContain(body[15]);
      expect(leaksIn('x', Buffer.from(files[1]?.text ?? ''), search)).toEqual([]);
    }
  });

  it('hides random secrets in random places, and gives the same again', () => {
    const secrets = fc.string({
      unit: fc.constantFrom(...'abcdefXYZ0123456789+/=&"<>% é-_'),
      minLength: 8,
      maxLength: 40,
    });
    const plants = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...Object.keys(forms))), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.array(secrets, { minLength: 1, maxLength: 3 }), plants, (all, planted) => {
        const known = new Map(all.map((secret, index) => [secret, `secret ${index}`]));
        const files = planted.map(([kind, form], index) => ({
          file: `f${index}`,
          kind,
          text: around[kind](forms[form]?.(all[index % all.length] ?? '') ?? ''),
        }));
        const set = redactSet(files, known);
        for (const { file, text } of set.files) expect(leaksIn(file, bytesOf(text), set.search)).toEqual([]);
        const again = redactSet(
          set.files.map(({ text }, index) => ({ ...(files[index] as EvidenceFile), text })),
          known,
        );
        expect(again.files.map(({ text }) => text)).toEqual(set.files.map(({ text }) => text));
        expect(again.files.every(({ masked }) => masked === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('masks no word of a log for being a password', () => {
    const log = 'Oct 27 22:29:41 www rg-listener: connection failed 127.0.0.1:443/localhost: connection refused\n';
    const { files, searched, notSearched } = redactSet(
      [
        { file: 'a', kind: 'conf', text: 'password = localhost\nsecret = connection\npwd = 127.0.0.1\n' },
        { file: 'b', kind: 'log', text: log },
      ],
      new Map([['refused', 'x']]),
    );
    expect(files[1]).toEqual({ file: 'b', text: log, masked: 0 });
    expect(files[0]?.text).not.toMatch(/localhost|connection|127/);
    expect([searched, notSearched]).toEqual([0, 4]);
  });

  it('looks for no word that stands behind a name in a log, but for those of settings and addresses', () => {
    const of = (kind: EvidenceKind, text: string) =>
      redactSet(
        [
          { file: 'a', kind, text },
          { file: 'b', kind: 'log', text: 'a swordfish was here\n' },
        ],
        new Map(),
      ).files[1]?.text;
    const named = 'a [password redacted] was here\n';
    const kept = 'a swordfish was here\n';
    expect(of('log', 'password: swordfish\n')).toBe(kept);
    expect(of('text', 'the password is: swordfish\n')).toBe(kept);
    expect(of('log', 'authorization: swordfish\n')).toBe(kept);
    expect(of('log', 'GET /?password=swordfish HTTP/1.1\n')).toBe(kept);
    expect(of('railgun-conf', 'activation.token = swordfish\n')).toBe(named.replace('password', 'activation.token'));
    expect(of('log', 'https://bob:swordfish@h/\n')).toBe(named.replace('password', 'login'));
    expect(of('log', 'password: Swordfish\n')).toBe(kept);
  });

  it('looks for thousands of secrets, those of settings first, and counts the others', () => {
    const setting = 's3tt-ing0';
    const tokens = Array.from({ length: mostSecretsFound + 500 }, (_, index) =>
      `q${index}w${index * 7}z`.padEnd(21, 'x'),
    );
    const log = tokens.map((one) => `GET /?token=${one} HTTP/1.1\n`).join('');
    const elsewhere = [setting, tokens[0], tokens[1000], tokens.at(-1)].map((one) => `${one} ${base64Of(`${one}`)}\n`);
    const set = redactSet(
      [
        { file: 'log', kind: 'log', text: log },
        { file: 'elsewhere', kind: 'text', text: elsewhere.join('') },
        { file: 'railgun.conf', kind: 'railgun-conf', text: `activation.token = ${setting}\n` },
      ],
      new Map(),
    );
    expect(set.searched).toBe(mostSecretsFound);
    expect(set.notSearched).toBe(501);
    expect(set.files[0]?.text).not.toMatch(/q\d+w/);
    const found = '[token redacted] [token redacted]\n';
    expect(set.files[1]?.text).toBe(
      `[activation.token redacted] [activation.token redacted]\n${found}${found}${elsewhere[3]}`,
    );
  });

  it('gives what it gave before where a mask makes something look like a secret', () => {
    const files: EvidenceFile[] = [
      { file: 'a', kind: 'log', text: 'password: "zk3v9xb7"\n' },
      { file: 'b', kind: 'log', text: 'private_key=/etc/ssl/zk3v9xb7\n' },
    ];
    const once = redactSet(files, new Map());
    const again = once.files.map(({ file, text }): EvidenceFile => ({ file, kind: 'log', text }));
    expect(redactSet(again, new Map()).files.map(({ text }) => text)).toEqual(once.files.map(({ text }) => text));
  });

  it('comes in steps, of less than a long file', () => {
    const text = 'GET /index.html HTTP/1.1 200\n'.repeat(200_000);
    const steps = redactSetInSteps([{ file: 'a', kind: 'log', text }], new Map());
    let count = 0;
    while (steps.next().done !== true) count += 1;
    expect(count).toBeGreaterThan(5);
  });

  it('finds nothing that nobody names and nothing else tells: the limit', () => {
    const text = 'swordfish was here\n';
    expect(redactSet([{ file: 'a', kind: 'text', text }], new Map()).files[0]?.text).toBe(text);
  });

  it('takes nothing for a secret that is named as one already', () => {
    const set = redactSet(
      [{ file: 'a', kind: 'log', text: 'GET /?q1w2e3r4t5token=a1b2c3d4e5 HTTP/1.1\nCookie: a1b2c3d4e5=z9y8x7w6\n' }],
      new Map([['q1w2e3r4t5', 'a1b2c3d4e5']]),
    );
    expect(set.files[0]?.text).not.toMatch(/q1w2e3r4t5|a1b2c3d4e5|z9y8x7w6/);
  });
});

describe('leaksIn', () => {
  const search = createSecretSearch(new Map([['s3cret-välue', 'password']]));

  it.each([
    ['plain', Buffer.from('a\nb\nx s3cret-välue\ns3cret-välue s3cret-välue'), [3, 4]],
    ['plain', Buffer.from('\xff s3cret-välue', 'latin1'), [1]],
    ['bytes', Buffer.concat([Buffer.from([0xff, 10]), Buffer.from('s3cret-välue')]), [2]],
    ['UTF-16', Buffer.from('\ufeffa\ns3cret-välue', 'utf16le'), [2]],
    ['UTF-16', Buffer.from('\ufeffa\ns3cret-välue', 'utf16le').swap16(), [2]],
    ['URL-encoded', Buffer.from(`\ufeffa\n${encodeURIComponent('s3cret-välue')}`, 'utf16le'), [2]],
  ] as const)('%s in %s', (form, bytes, lines) => {
    const leaks = leaksIn('f', bytes, search);
    expect(leaks.filter((leak) => leak.form === form)).toEqual(
      lines.map((line) => ({ file: 'f', line, name: 'password', form })),
    );
  });

  it('counts the lines once, however many there are in one', () => {
    // No clock: to look for the end of the line behind each would take hours, which the time limit of a test ends.
    const text = Buffer.from('s3cret-välue '.repeat(200_000));
    expect(leaksIn('f', text, search)).toEqual([{ file: 'f', line: 1, name: 'password', form: 'plain' }]);
  });

  it('tells no more than it is asked for', () => {
    expect(leaksIn('f', Buffer.from('s3cret-välue\n'.repeat(100)), search)).toHaveLength(20);
    expect(leaksIn('f', Buffer.from('s3cret-välue\n'.repeat(100)), search, 1)).toHaveLength(1);
  });
});

it('secretsOfConf knows the token, and passwords in URLs', () => {
  const secrets = secretsOfConf(`activation.token = ${token};\nstats.url = http://u:st4tsp4ss@h/\nwan.port = 2408\n`);
  expect(secrets.get(token)).toBe('activation.token');
  expect(secrets.get('st4tsp4ss')).toBe('login');
  expect(secretsOfConf('activation.token = YOUR_TOKEN_HERE\n').size).toBe(0);
});
