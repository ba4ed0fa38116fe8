import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHar } from '../../src/decoders/har.js';
import { harEntry } from '../../src/decoders/har-entry.js';
import { harProblems } from '../../src/decoders/har-problems.js';
import { sanitizeHar, secretsLeft } from '../../src/decoders/har-sanitized.js';
import { summariseHar } from '../../src/decoders/har-summary.js';
import { maskedJson } from '../../src/decoders/masked-json.js';
import { maskedMarkup } from '../../src/decoders/masked-markup.js';
import { maskedForm, maskedText } from '../../src/decoders/masked-text.js';
import { Masking } from '../../src/decoders/masking.js';
import { formsOfSecret } from '../../src/decoders/secret-forms.js';
import { createSecretSearch } from '../../src/decoders/secret-search.js';
import { sensitivityOf } from '../../src/decoders/sensitive-name.js';
import { archive, type Pair } from '../commands/har-sanitize/archives.js';
import { harSchemaProblems } from '../har-schema.js';

const whole = () => new Masking('whole');

const names = fc.constantFrom(
  'Cookie',
  'Set-Cookie',
  'Authorization',
  'token',
  'X-Y',
  'Referer',
  'code',
  '__proto__',
  'value',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'a=b1c2d3e4; c=d5e6f7g8',
    'Bearer eyJh.eyJi.c2ln',
    'https://u:p4ssword@x.example/?token=abc12345#code=1',
    '{"password":"q1w2e3r4"',
  ),
  fc.json({ maxDepth: 3 }),
);
const pairs: fc.Arbitrary<Pair[]> = fc.array(fc.record({ name: names, value: text }), { maxLength: 4 });
const mimeTypes = fc.constantFrom(
  'application/json; charset=utf-8',
  'text/html',
  'multipart/form-data; boundary=b',
  'application/x-www-form-urlencoded',
  'image/png',
  'text/event-stream',
  '',
);
const parts = fc.record({
  url: text,
  requestHeaders: pairs,
  responseHeaders: pairs,
  cookies: pairs,
  queryString: pairs,
  postData: fc.record({ mimeType: mimeTypes, text }),
  content: fc.oneof(
    fc.record({ mimeType: mimeTypes, text }),
    fc.record({ mimeType: mimeTypes, text: fc.base64String({ maxLength: 60 }), encoding: fc.constant('base64') }),
  ),
  more: fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<object>, { maxKeys: 3 }),
});

describe('sanitizeHar', () => {
  it('gives a valid HAR with no secret in any value, and the same again for it', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 3 }), (entries) => {
        const document = JSON.parse(JSON.stringify(archive(...entries)));
        const once = sanitizeHar(document, { jwt: 'signature' });
        const read = JSON.parse(JSON.stringify(once.document));
        expect(harSchemaProblems(read)).toEqual(harSchemaProblems(document));
        expect(harProblems(read).length).toBeLessThanOrEqual(harProblems(document).length);
        expect(sanitizeHar(read, { jwt: 'signature' }).document).toEqual(read);
      }),
    );
  });

  it('never throws, and loses no entry, whatever the document', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 5 })), (entries) => {
        const har = decodeHar(Buffer.from(JSON.stringify({ log: { entries } })));
        if ('code' in har) expect.fail(har.detail);
        const { document, search } = sanitizeHar(har.document, { jwt: 'whole' });
        expect(Reflect.get(document['log'] as object, 'entries')).toHaveLength(entries.length);
        expect(Array.isArray(secretsLeft(document, search))).toBe(true);
        expect(summariseHar(har.entries.map(harEntry), 1).entries).toBe(har.entries.length);
      }),
    );
  });

  it('takes bytes of any kind', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeHar(bytes)));
  });

  it('is not brought down by what is nested deep', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const document = JSON.parse(`{"log":{"entries":[],"_deep":${deep}}}`);
    expect(JSON.stringify(sanitizeHar(document, { jwt: 'whole' }).document)).toContain('redacted]');
  });

  it('keeps a key that is called __proto__', () => {
    const document = JSON.parse('{"log":{"entries":[],"__proto__":{"token":"abc1234567"}}}');
    expect(JSON.stringify(sanitizeHar(document, { jwt: 'whole' }).document)).toBe(
      '{"log":{"entries":[],"__proto__":{"token":"[token redacted]"}}}',
    );
  });
});

describe('the search for secrets', () => {
  const alphabet = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '%', 'é', '"'), minLength: 6, maxLength: 12 });

  it('finds what looking for each one in each form finds', () => {
    fc.assert(
      fc.property(
        fc.array(alphabet, { minLength: 1, maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '%', 'é', '"'), maxLength: 80 }),
        (secrets, hay) => {
          const search = createSecretSearch(new Map(secrets.map((secret) => [secret, 'x'])));
          const places = secrets
            .flatMap((secret) => formsOfSecret(secret).map((form) => hay.indexOf(form.text)))
            .filter((at) => at >= 0);
          expect(search.find(hay)?.at ?? -1).toBe(places.length === 0 ? -1 : Math.min(...places));
          expect(search.find(search.masked(hay))).toBeUndefined();
        },
      ),
    );
  });

  it('finds every form of a secret between other text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 6, maxLength: 30 }),
        fc.uint8Array({ maxLength: 4 }),
        (secret, before) => {
          fc.pre(Buffer.from(secret).toString() === secret);
          const search = createSecretSearch(new Map([[secret, 'x']]));
          const bytes = Buffer.concat([before, Buffer.from(secret), before]);
          for (const written of [
            bytes.toString('base64'),
            bytes.toString('base64url'),
            bytes.toString('hex'),
            encodeURIComponent(secret),
            JSON.stringify(secret),
            Buffer.concat([Buffer.from([1]), Buffer.from(secret, 'utf16le')]).toString('latin1'),
          ]) {
            expect(search.find(written), written).toBeDefined();
          }
        },
      ),
    );
  });
});

describe('masked JSON', () => {
  it.each([
    ['{"a":1,"token":"x1y2z3"}', '{"a":1,"token":"[token redacted]"}'],
    [
      '{ "password" : { "old":"x", "n":[1,"y"] } }',
      '{ "password" : { "old":"[password redacted]", "n":["[password redacted]","[password redacted]"] } }',
    ],
    ['{"code":200,"state":{"open":"yes"}}', '{"code":200,"state":{"open":"yes"}}'],
    ['{"code":123456}', '{"code":"[code redacted]"}'],
    ['[{"value":"x","name":"password"}]', '[{"value":"[password redacted]","name":"password"}]'],
    ['{"token":"a","token":"b"}', '{"token":"[token redacted]","token":"[token redacted]"}'],
    [`)]}',\n{"token":"a"}`, `)]}',\n{"token":"[token redacted]"}`],
    ['{"token":"a"}\n{"token":"b"}', '{"token":"[token redacted]"}\n{"token":"[token redacted]"}'],
    ['{"a":"{\\"token\\":\\"x\\"}"}', '{"a":"{\\"token\\":\\"[token redacted]\\"}"}'],
    ['{"token":"cut o', '{"token":"[token redacted]"'],
    ['{"n":12345678901234567890,"f":1.0}', '{"n":12345678901234567890,"f":1.0}'],
  ])('%s', (before, after) => {
    expect(maskedText(before, whole())).toBe(after);
  });

  it('is the same JSON but for strings and numbers', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(() => JSON.parse(maskedJson(json, whole()))).not.toThrow();
      }),
    );
  });
});

describe('masked text', () => {
  it.each([
    ['token=a,b&x=1', 'token=%5Btoken%20redacted%5D&x=1'],
    ['https://x.example/?q=1&access_token=abc', 'https://x.example/?q=1&access_token=%5Baccess_token%20redacted%5D'],
    ['https://x.example/cb#id_token=abc&x=1', 'https://x.example/cb#id_token=%5Bid_token%20redacted%5D&x=1'],
    ['0; url=https://x.example/?code=abc', '0; url=https://x.example/?code=%5Bcode%20redacted%5D'],
    ['<https://x.example/?code=abc>; rel="next"', '<https://x.example/?code=%5Bcode%20redacted%5D>; rel="next"'],
    ['ftp://jane:pw@x.example/', 'ftp://%5Blogin%20redacted%5D@x.example/'],
    ['the status is 200', 'the status is 200'],
  ])('%s', (before, after) => {
    expect(maskedText(before, whole())).toBe(after);
  });

  it('takes a form of any kind', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (form) => void maskedForm(form, whole())));
  });

  it.each([
    ['<input name=password value=abc>', '<input name=password value=[password redacted]>'],
    [
      '<input value="abc" id="x" name="csrf_token"/>',
      '<input value="[csrf_token redacted]" id="x" name="csrf_token"/>',
    ],
    ['<a:Password>abc</a:Password>', '<a:Password>[Password redacted]</a:Password>'],
    ['<code>abc</code><title>token</title>', '<code>abc</code><title>token</title>'],
  ])('%s', (before, after) => {
    expect(maskedMarkup(before, whole())).toBe(after);
  });
});

it.each([
  ['accessToken', 'strong'],
  ['ACCESS-TOKEN', 'strong'],
  ['user[password]', 'strong'],
  ['X-CSRF-Token', 'strong'],
  ['form.code', 'weak'],
  ['status_code', undefined],
  ['tokenizer', undefined],
  ['author', undefined],
  // What files of a bundle have is known of a HAR, too.
  ['PHPSESSID', 'strong'],
  ['activation_key', 'strong'],
  ['rtkn', 'strong'],
  ['db[licenseKey]', 'strong'],
  ['credentials', 'strong'],
  ['connect.sid', 'strong'],
  ['nginx_session', undefined],
  ['public_key', undefined],
] as const)('%s is %s', (name, sensitivity) => {
  expect(sensitivityOf(name)).toBe(sensitivity);
});
