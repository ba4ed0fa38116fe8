import { describe, expect, it } from 'vitest';
import { createAnonymiser } from '../../src/decoders/anonymised.js';
import type { EvidenceKind } from '../../src/decoders/evidence-kind.js';
import { leaksIn } from '../../src/decoders/evidence-leaks.js';
import { redactEvidence } from '../../src/decoders/evidence-redacted.js';
import { redactSet } from '../../src/decoders/evidence-set.js';

describe('linear cost', () => {
  // No clock: what is linear needs less than a second for these, what is quadratic minutes, which the time limit of a test ends.
  const bad = [
    'a',
    '0',
    ' ',
    '=',
    ':',
    '"',
    "'",
    '\\',
    '%',
    '@',
    '.',
    '#',
    '<',
    '{',
    '[',
    '\n',
    '\0',
    'token=token=',
    'token="',
    'token: ',
    'token\\"',
    'password is ',
    'Cookie: ',
    '; pwd=',
    'eyJeyJ',
    'eyJ.eyJ.',
    '-----BEGIN-----BEGIN',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----\n',
    '-----BEGIN CERTIFICATE-----\n',
    '://',
    '://a:b',
    'a:b@',
    '%3D',
    'Basic ',
    '</token>',
    '<token>',
    '&quot;',
    '[token redacted]',
    '1.2.3.',
    '::',
    'f:',
    '1-2-3-4-',
    'www.example.org.',
    '\\u00',
    'sid=',
    'state={',
    'cookies=a=',
    'refresh=a1',
    '<input type=password value=',
    '<a ',
    ' "a=b" HTTP/1.1" ',
    ' "a=b; c=d',
    '["Cookie","a=',
    'Cookie: a=\n ',
    'HTTP_AUTHORIZATION=Bearer ',
    'sec-websocket-protocol: bearer, ',
    'mysql -pa ',
    'redis-cli a ',
    'requirepass ',
    '$6$a$',
    '$argon2id$',
    '{SHA}a',
    '%3A',
    'Authorization%3A%20',
  ];
  const kinds: readonly EvidenceKind[] = ['railgun-conf', 'conf', 'log', 'json', 'html'];

  it.each(bad)('for 200 kB of %j, of any kind', (piece) => {
    const text = piece.repeat(2e5 / piece.length);
    for (const kind of kinds) expect(redactEvidence(kind, text).text.length).toBeGreaterThan(0);
    expect(redactEvidence('report', JSON.stringify({ says: text })).text.length).toBeGreaterThan(0);
  });

  it.each(['a', '=', '-----BEGIN-----BEGIN', 'token=token=', 'eyJeyJ', '://a:b', 'password=', 'Basic a'])(
    'for 8 MB of %j',
    (piece) => {
      const text = piece.repeat(8e6 / piece.length);
      const { files, search } = redactSet([{ file: 'a', kind: 'log', text }], new Map([['s3cret-value', 'x']]));
      expect(leaksIn('a', Buffer.from(files[0]?.text ?? ''), search)).toEqual([]);
    },
  );

  it.each(bad)('for 400 kB of %j without names and addresses', (piece) => {
    const { text, left } = createAnonymiser({ names: ['www.example.org', 'web-17'] });
    expect(left(text(piece.repeat(4e5 / piece.length)))).toBe(0);
  });
});
