import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sensitiveNames } from '../../../src/knowledge/sensitive-names.js';
import { rgDiag } from '../../cli/run.js';
import { archive, type Pair, pair } from './archives.js';
import { differences, files, reported, sanitized } from './sanitized.js';

const file = files();

const words = sensitiveNames
  .filter(({ source }) => source.startsWith('cloudflare/har-sanitizer'))
  .map(({ name }) => name);

let count = 0;

/** A value that stands nowhere else. */
const secret = () => {
  count += 1;
  return `s${count.toString(36)}Q7${(count * 7919).toString(36)}zK`;
};

const all = (): Pair[] => words.map((name) => pair(name, secret()));
const form = (pairs: readonly Pair[]) => pairs.map(({ name, value }) => `${name}=${value}`).join('&');
const object = (pairs: readonly Pair[]) => Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('har sanitize', () => {
  it('masks every word of har-sanitizer wherever it stands, and changes nothing else', async () => {
    expect(words.length).toBe(27);
    const [headers, cookies, query, posted, params, answered, upper, listed] = Array.from({ length: 8 }, all);
    const boundary = 'xYzZy';
    const multipart = all();
    const document = archive(
      {
        url: `https://www.example.com/a/b?q=harmless&${form(query ?? [])}#top`,
        requestHeaders: [
          pair('Accept', '*/*'),
          ...(headers ?? []),
          pair('Cookie', form(cookies ?? []).replaceAll('&', '; ')),
        ],
        cookies: cookies ?? [],
        queryString: [pair('q', 'harmless'), ...(query ?? [])],
        postData: {
          mimeType: 'application/json;charset=UTF-8',
          text: `{ "page" : 1.50, "deep": [${JSON.stringify(object(posted ?? []))}] }`,
        },
        content: {
          mimeType: 'application/json; charset=utf-8',
          encoding: 'base64',
          text: base64(JSON.stringify({ keep: 'me', data: object(answered ?? []) })),
        },
      },
      {
        postData: {
          mimeType: 'application/x-www-form-urlencoded; charset=utf-8',
          params: params ?? [],
          text: `${form(params ?? [])}&keep=me`,
        },
        content: {
          mimeType: 'Text/JSON',
          text: JSON.stringify((listed ?? []).map(({ name, value }) => ({ value, name }))),
        },
      },
      {
        requestHeaders: (upper ?? []).map(({ name, value }) => pair(name.toUpperCase(), value)),
        postData: {
          mimeType: `multipart/form-data; boundary=${boundary}`,
          text: `${multipart.map(({ name, value }) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`,
        },
      },
    );
    const path = file(document);
    const { text, document: after } = await sanitized(path);
    const decoded = `${text}${Buffer.from(Reflect.get(after, 'log').entries[0].response.content.text, 'base64')}`;
    const secrets = [headers, cookies, query, posted, params, answered, upper, listed, multipart].flatMap(
      (pairs) => pairs ?? [],
    );
    expect(secrets.length).toBe(9 * 27);
    expect(secrets.filter(({ value }) => decoded.includes(value))).toEqual([]);

    const { report } = await reported(path);
    if (report.facts.kind !== 'sanitized') expect.fail('not sanitised');
    expect(report.verdict).toBe('ok');
    expect(report.facts.masked.count).toBeGreaterThanOrEqual(secrets.length);
    expect(differences(document, after).filter((pointer) => !/\/value$|\/request\/url$|\/text$/.test(pointer))).toEqual(
      [],
    );
    const first = Reflect.get(after, 'log').entries[0];
    expect(first.request.postData.text).toMatch(
      /^\{ "page" : 1\.50, "deep": \[\{"Authorization":"\[Authorization redacted\]"/,
    );
    expect(first.request.url).toMatch(/^https:\/\/www\.example\.com\/a\/b\?q=harmless&Authorization=%5B.*#top$/);
    expect(first.request.headers[0]).toEqual({ name: 'Accept', value: '*/*' });
    expect(JSON.parse(Buffer.from(first.response.content.text, 'base64').toString())).toMatchObject({ keep: 'me' });
    expect(Reflect.get(after, 'log').entries[1].request.postData.text).toMatch(/&keep=me$/);
  });

  it('keeps names and attributes of cookies, and the scheme of what is authorised', async () => {
    const { document } = await sanitized(
      file(
        archive({
          requestHeaders: [
            pair('cookie', 'a=one1234567; __cf_bm=two1234567'),
            pair('authorization', `Basic ${base64('jane:hunter2')}`),
          ],
          responseHeaders: [pair('Set-Cookie', 'cf_clearance=three1234567; Path=/; Secure')],
          content: { text: 'the password is hunter2.' },
        }),
      ),
    );
    const [{ request, response }] = Reflect.get(document, 'log').entries;
    expect(request.headers[0].value).toBe('a=[a redacted]; __cf_bm=[__cf_bm redacted]');
    expect(request.headers[1].value).toBe('Basic [authorization redacted]');
    expect(response.headers[0].value).toBe('cf_clearance=[cf_clearance redacted]; Path=/; Secure');
    expect(response.content.text).toBe('the password is [Authorization redacted].');
  });

  const jwt = `${base64('{"alg":"HS256"}').replace(/=/g, '')}.${base64('{"sub":"jane"}').replace(/=/g, '')}.c2lnbmF0dXJlMTIz`;

  it('takes the signature from a token wherever it stands, or all of it', async () => {
    const path = file(
      archive({ url: `https://www.example.com/t/${jwt}?x`, content: { text: `<a href="/x?y=${jwt}">` } }),
    );
    const { text } = await sanitized(path);
    const kept = jwt.replace(/[^.]+$/, 'redacted');
    expect(Reflect.get(JSON.parse(text), 'log').entries[0].request.url).toBe(`https://www.example.com/t/${kept}?x`);
    expect(text).not.toContain('c2lnbmF0dXJlMTIz');
    const whole = await sanitized(path, '--jwt', 'whole');
    expect(whole.text).not.toContain(jwt.split('.')[1]);
  });

  it('leaves scripts out, also with a charset, and in base64', async () => {
    const script = { mimeType: 'application/javascript; charset=utf-8', text: 'var a = "b";' };
    const encoded = { mimeType: 'text/javascript', encoding: 'base64', text: base64('var a = "b";') };
    const { document } = await sanitized(file(archive({ content: script }, { content: encoded })));
    const [first, second] = Reflect.get(document, 'log').entries;
    expect(first.response.content.text).toBe('[application/javascript redacted]');
    expect(Buffer.from(second.response.content.text, 'base64').toString()).toBe('[text/javascript redacted]');
  });

  const token = 'T0ken+Value/with=Marks';
  const forms: Readonly<Record<string, string>> = {
    plain: `x ${token} y`,
    'URL-encoded': `x ${encodeURIComponent(token)} y`,
    'URL-encoded in lower case': encodeURIComponent(token).replace(/%../g, (code) => code.toLowerCase()),
    base64: base64(token),
    'base64 behind one byte': base64(`.${token}.`),
    'base64 behind two bytes': base64(`..${token}.`),
    'base64 for addresses': Buffer.from(`a${token}`).toString('base64url'),
    hex: Buffer.from(token).toString('hex'),
    HEX: Buffer.from(token).toString('hex').toUpperCase(),
    'UTF-16': Buffer.from(token, 'utf16le').toString('latin1'),
    'escaped JSON': JSON.stringify(JSON.stringify({ a: token })),
  };

  it.each(Object.entries(forms))('masks what it has masked elsewhere too where it is %s', async (_, written) => {
    const path = file(
      archive({ requestHeaders: [pair('X-Api-Key', token)], content: { mimeType: 'text/plain', text: written } }),
    );
    const { document } = await sanitized(path);
    const { text } = Reflect.get(document, 'log').entries[0].response.content;
    expect(text).not.toContain(written.trim().replace(/^x | y$/g, ''));
    expect(text).toContain('redacted]');
  });

  it('masks it in a body in base64 that is UTF-16, or no text', async () => {
    const utf16 = {
      mimeType: 'text/plain',
      encoding: 'base64',
      text: Buffer.from(`a ${token} b`, 'utf16le').toString('base64'),
    };
    const binary = {
      mimeType: 'image/png',
      encoding: 'base64',
      text: Buffer.concat([Buffer.from([0x89, 0xff, 0]), Buffer.from(token)]).toString('base64'),
    };
    const { document } = await sanitized(
      file(archive({ requestHeaders: [pair('X-Token', token)], content: utf16 }, { content: binary })),
    );
    const bodies = Reflect.get(document, 'log').entries.map(
      (one: { response: { content: { text: string } } }) => one.response.content.text,
    );
    expect(bodies.map((body: string) => Buffer.from(body, 'base64').toString())).toEqual([
      '[body redacted]',
      '[body redacted]',
    ]);
  });

  it('hands nothing over where a secret is left that it may not mask: exit 2, and the place named', async () => {
    const value = 'sessionsecret-4711';
    const path = file(archive({ cookies: [pair('sid', value)], more: { _cache: { [value]: 1 } } }));
    const output = file('as it was');
    const { stdout, stderr, exit } = await rgDiag(['har', 'sanitize', path, '-o', output]);
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
    expect(stderr).toContain('a masked value is left: sid (plain) at /log/entries/0/_cache');
    expect(stderr).not.toContain(value);
    expect(readFileSync(output, 'utf8')).toBe('as it was');
    const { report, ran } = await reported(path);
    expect(ran.stdout).not.toContain(value);
    expect(report.findings.find(({ rule }) => rule === 'har-sanitize/no-secret-left')).toMatchObject({
      code: 'exposed-secret',
    });
  });

  it('gives the same again for what it has made', async () => {
    const path = file(
      archive({
        url: 'https://jane:pass1word@www.example.com/?token=abc1234567&next=https%3A%2F%2Fx.example%2F%3Fcode%3Dzyx98765',
        requestHeaders: [
          pair('Authorization', `Bearer ${jwt}`),
          pair('Cookie', 'a=b1c2d3e4f5'),
          pair('Referer', 'https://y.example/?auth=q1w2e3r4'),
        ],
        content: { text: '<form><input type="hidden" id="x" name="authenticity_token" value="k9l8m7n6"></form>' },
      }),
    );
    const once = await sanitized(path);
    for (const left of ['pass1word', 'abc1234567', 'zyx98765', 'b1c2d3e4f5', 'q1w2e3r4', 'k9l8m7n6'])
      expect(once.text).not.toContain(left);
    const again = await sanitized(file(once.text));
    expect(again.text).toBe(once.text);
  });

  it('writes the file that -o names, with the layout and the mark that the archive has', async () => {
    const compact = `\ufeff${JSON.stringify(archive({ cookies: [pair('a', 'b1c2d3e4f5')] }))}\n`;
    const output = file('');
    const { exit, stdout } = await rgDiag(['har', 'sanitize', file(gzipSync(compact)), '-o', output]);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: '' });
    expect(readFileSync(output, 'utf8')).toBe(compact.replace('b1c2d3e4f5', '[a redacted]'));
  });

  it('reads standard input, and says with -f text what it would do', async () => {
    const input = JSON.stringify(archive({ cookies: [pair('a', 'b1c2d3e4f5')] }));
    const { stdout, exit } = await rgDiag(['har', 'sanitize', '-', '-f', 'text'], { input });
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^ +Masked +1$/m);
    expect(stdout).not.toContain('"log"');
  });

  it.each([
    ['no JSON', 'password=hunter2', 'it is no JSON'],
    ['cut off', JSON.stringify(archive({})).slice(0, 200), 'it is no JSON: it is cut off'],
    ['no HAR', '{"a":1}', 'no HAR'],
    ['no entries', '{"log":{}}', '“log” has no list “entries”'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not UTF-8'],
  ])('refuses what is %s, and quotes nothing of it', async (_, content, says) => {
    const { stdout, stderr, exit } = await rgDiag(['har', 'sanitize', file(content)]);
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 3 });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('hunter2');
  });

  it('says where an archive was no valid HAR before, and is not after', async () => {
    const path = file({
      log: {
        version: '1.1',
        entries: [{ request: { url: 'https://x.example/', headers: [pair('Cookie', 'a=b1c2d3e4f5')] } }],
      },
    });
    const { report } = await reported(path);
    expect(report.findings.find(({ rule }) => rule === 'har-sanitize/valid')).toMatchObject({ status: 'note' });
    const { stdout, exit } = await rgDiag(['har', 'sanitize', path]);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout).log.entries[0].request.headers[0].value).toBe('a=[a redacted]');
  });

  it('leaves no file behind where the archive is missing', async () => {
    const output = file('as it was');
    writeFileSync(output, 'as it was');
    const { exit, stderr } = await rgDiag(['har', 'sanitize', '/nowhere/a.har', '-o', output]);
    expect(exit).toBe(3);
    expect(stderr).toContain('ENOENT');
    expect(readFileSync(output, 'utf8')).toBe('as it was');
  });
});

it('refuses an archive that is too long, and says so', async () => {
  const path = file('{');
  // Sparse: it takes no room.
  truncateSync(path, 250_000_001);
  const { stdout, stderr, exit } = await rgDiag(['har', 'sanitize', path]);
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 3 });
  expect(stderr).toContain('is longer than the 250000000 bytes that are read of such a file');
});
