import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaksIn } from '../../src/decoders/evidence-leaks.js';
import { createSecretSearch } from '../../src/decoders/secret-search.js';

const hexOf = (text: string) => Buffer.from(text).toString('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const bytesAs = (text: string, write: (hex: string) => string) => hexOf(text).replace(/../g, write);
const unitsAs = (text: string, write: (code: number) => string) =>
  [...text].map((one) => write(one.charCodeAt(0))).join('');
const hex4 = (code: number) => code.toString(16).padStart(4, '0');
const wrapped = (text: string, width: number, end: string) => text.replace(new RegExp(`.{${width}}`, 'g'), `$&${end}`);

/** What programs make of a text that they write into another one. */
const writers: Readonly<Record<string, (secret: string) => string>> = {
  'Python quote()': (it) => encodeURIComponent(it).replaceAll('%2F', '/'),
  'JavaScript encodeURI': encodeURI,
  'JavaScript escape': (it) => it.replace(/[^\w@*+./-]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  'percent-encoded in lower case': (it) => encodeURIComponent(it).replace(/%../g, (code) => code.toLowerCase()),
  'percent-encoded now and then': (it) => {
    let index = 0;
    return it.replace(/[\s\S]/g, (one) => {
      index += 1;
      const code = `%${hexOf(one)}`;
      return /[^\w]/.test(one) || index % 3 === 0 ? (index % 2 === 0 ? code.toUpperCase() : code) : one;
    });
  },
  'percent-encoded twice': (it) => encodeURIComponent(encodeURIComponent(it)),
  'percent-encoded three times': (it) => encodeURIComponent(encodeURIComponent(encodeURIComponent(it))),
  'a form': (it) => new URLSearchParams({ q: it }).toString(),
  'JSON of Go': (it) => JSON.stringify(it).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c'),
  'JSON of PHP': (it) => JSON.stringify(it).replaceAll('/', '\\/'),
  'JSON in JSON': (it) => JSON.stringify(JSON.stringify(it)),
  'JSON in JSON in JSON': (it) => JSON.stringify(JSON.stringify(JSON.stringify(it))),
  'JSON of Go in JSON': (it) => JSON.stringify(JSON.stringify(it).replaceAll('&', '\\u0026')),
  'JSON in a URL': (it) => encodeURIComponent(JSON.stringify({ it })),
  'a URL in JSON of PHP': (it) => JSON.stringify(encodeURI(it)).replaceAll('/', '\\/'),
  '\\u throughout': (it) => unitsAs(it, (code) => `\\u${hex4(code)}`),
  '\\U throughout': (it) => unitsAs(it, (code) => `\\u{${code.toString(16)}}`),
  'a log of nginx': (it) => it.replace(/["\\]/g, (one) => `\\x${hexOf(one).toUpperCase()}`),
  '\\x throughout': (it) => bytesAs(it, (code) => `\\x${code}`),
  'entities by decimal number': (it) => it.replace(/[^\w]/g, (one) => `&#${one.charCodeAt(0)};`),
  'entities by hexadecimal number': (it) => it.replace(/[^\w]/g, (one) => `&#x${one.charCodeAt(0).toString(16)};`),
  'entities throughout': (it) => unitsAs(it, (code) => `&#${code};`),
  'entities by name': (it) => it.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('/', '&sol;'),
  'entities of entities': (it) => it.replaceAll('&', '&amp;amp;').replaceAll('"', '&amp;quot;'),
  'quoted-printable': (it) => it.replace(/[^\w ]/g, (one) => `=${hexOf(one).toUpperCase()}`),
  'quoted-printable, wrapped': (it) =>
    it.replace(/[^\w ]/g, (one) => `=${hexOf(one).toUpperCase()}`).replace(/(?:=..|.){5}/g, (line) => `${line}=\r\n`),
  'a shell': (it) => it.replace(/[^\w/]/g, '\\$&'),
  'hexadecimal with colons': (it) => bytesAs(it, (code) => `${code}:`),
  'hexadecimal with blanks': (it) => bytesAs(it, (code) => `${code} `),
  'hexadecimal in C': (it) => bytesAs(it, (code) => `0x${code.toUpperCase()}, `),
  'base64 of base64': (it) => base64(base64(it)),
  'base64 of base64 of more': (it) => base64(`x ${base64(`user:${it}`)}`),
  'base64 in lines': (it) => wrapped(base64(`some user:${it} and more`), 8, '\n'),
  'base64 in lines that are set in': (it) => wrapped(base64(`some user:${it} and more`), 12, '\r\n    '),
  'base64 in lines in a string': (it) => wrapped(base64(`some user:${it} and more`), 10, '\\n'),
  'base64 in JSON of PHP': (it) => base64(`??>${it}`).replaceAll('/', '\\/'),
  'base64 in a URL': (it) => encodeURIComponent(base64(`?>${it}`)),
  'quotation marks twice': (it) => it.replaceAll('"', '""'),
};

const secrets = ['Tr0ub4dor/and three&', 'S3cr"et/Pass&x', "50%25 of\\it's <ok>", 'a1b2c3d4e5f6=+/'];

describe('createSecretSearch', () => {
  it('calls no secret by another one', () => {
    const search = createSecretSearch(
      new Map([
        ['hunter2_token', 'password'],
        ['a1b2c3d4e5', 'hunter2_token'],
      ]),
    );
    expect(search.masked('x a1b2c3d4e5 y hunter2_token')).toBe('x [value redacted] y [password redacted]');
    expect(search.find('a1b2c3d4e5')?.name).toBe('value');
  });

  it('finds each of many, and the shorter of two that begin alike', () => {
    const names = Array.from({ length: 4000 }, (_, index) => `key-${(index * 7919).toString(36)}-${index}`);
    const search = createSecretSearch(new Map(names.map((name, index) => [name, `n${index}`])));
    const text = names.map((name) => `<${name}>`).join(' ');
    expect(search.masked(text)).toBe(names.map((_, index) => `<[n${index} redacted]>`).join(' '));
    const two = createSecretSearch(
      new Map([
        ['abcdefgh12', 'long'],
        ['abcdefgh', 'short'],
      ]),
    );
    expect(two.masked('abcdefgh12 abcdefgh')).toBe('[short redacted] [short redacted]');
  });
});

describe('a secret that something else has written', () => {
  const known = new Map(secrets.map((secret, index) => [secret, `secret ${index + 1}`]));
  const search = createSecretSearch(known);

  it.each(Object.keys(writers))('as %s is found, and masked', (writer) => {
    for (const [secret, name] of known) {
      // A pair of quotation marks is how some write one, and not the other.
      const written = writers[writer]?.(secret) ?? '';
      for (const [before, after] of [
        ['', ''],
        ['GET /?a=%20b&x=', ' HTTP/1.1'],
        ['{"k":"', '"}\n'],
        [`${'filling & "more" %41 '.repeat(300)}\n`, '\nand then'],
      ] as const) {
        const text = before + written + after;
        const hit = search.find(text);
        expect(hit?.name, `${writer}: ${written}`).toBe(name);
        const masked = search.masked(text);
        expect(masked).toContain(`[${name} redacted]`);
        expect(masked.startsWith(before) && masked.endsWith(after), masked.slice(-200)).toBe(true);
        expect(search.find(masked), masked.slice(-200)).toBeUndefined();
        expect(leaksIn('f', Buffer.from(text), search).map((leak) => leak.name)).toContain(name);
        expect(leaksIn('f', Buffer.from(masked), search)).toEqual([]);
      }
    }
  });

  it('tells in which form', () => {
    const formOf = (text: string) => search.find(text)?.form;
    expect(formOf('x Tr0ub4dor/and%20three%26 y')).toBe('URL-encoded');
    expect(formOf('x S3cr\\"et\\/Pass\\u0026x y')).toBe('escaped');
    expect(formOf(bytesAs('S3cr"et/Pass&x', (code) => `${code}:`))).toBe('hex');
    expect(formOf(wrapped(base64('S3cr"et/Pass&x'), 5, '\n'))).toBe('base64');
  });

  it('leaves the line, and what is around it, as it was', () => {
    expect(search.masked('GET /?x=Tr0ub4dor/and%20three%26 HTTP/1.1')).toBe('GET /?x=[secret 1 redacted] HTTP/1.1');
    expect(search.masked('{"a":"{\\"p\\":\\"S3cr\\\\\\"et/Pass&x\\",\\"n\\":1}"}')).toBe(
      '{"a":"{\\"p\\":\\"[secret 2 redacted]\\",\\"n\\":1}"}',
    );
  });

  it('is found wherever it stands in a long text', () => {
    const written = 'Tr0ub4dor/and%20three%26';
    for (const from of [65536, 131072]) {
      for (let shift = -40; shift <= 4; shift += 1) {
        const text = `${'.'.repeat(from + shift)} ${written} ${'.'.repeat(9000)}`;
        expect(search.find(text)?.at, String(from + shift)).toBe(from + shift + 1);
      }
    }
  });
});

describe('a secret that was cut off', () => {
  const secret = 'k3J8h2LmQ9xZ4vB7nT1wR6yD5sF0gPcAk3J8h2Lm';
  const search = createSecretSearch(new Map([[secret, 'token']]));

  it.each(['…', '...', '\\u2026'])('by %s is found from its half on', (end) => {
    expect(search.find(`x ${secret.slice(0, 19)}${end}`)).toBeUndefined();
    for (const length of [20, 21, 39]) {
      const text = `x ${secret.slice(0, length)}${end} y`;
      expect(search.find(text)?.name, text).toBe('token');
      expect(search.masked(text)).toBe(`x [token redacted]${end} y`);
      expect(leaksIn('f', Buffer.from(text), search)).not.toEqual([]);
      // As the bytes of a file that is not UTF-8.
      expect(search.find(Buffer.from(text).toString('latin1'))?.name).toBe('token');
    }
  });

  it('counts only where it was', () => {
    expect(search.find(`x ${secret.slice(0, 30)} y ...`)).toBeUndefined();
    expect(createSecretSearch(new Map([['hunter-hunting', 'x']])).find('hunter-…')).toBeUndefined();
  });
});

describe('what a mask has left of a secret', () => {
  const secret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0-secondpart99-thirdpart77';
  const search = createSecretSearch(new Map([[secret, 'password']]));

  it('is found', () => {
    expect(search.find('says ***-secondpart99-thirdpart77 x')?.name).toBe('password');
    expect(search.masked('says ***-secondpart99-thirdpart77 x')).not.toMatch(/secondpart99|thirdpart77/);
  });

  it('is not looked for where it is a word, a host or a date', () => {
    for (const rest of ['production', 'www1.example.com', '2026-11-21', 'short1'])
      expect(
        createSecretSearch(new Map([[`${secret.slice(0, 32)}-${rest}`, 'x']])).find(`x ${rest} y`),
      ).toBeUndefined();
  });
});

describe('the search', () => {
  it('finds nothing where there is nothing, and leaves it', () => {
    const search = createSecretSearch(new Map([['k3J8h2LmQ9xZ4vB7', 'token']]));
    const text = fc.array(
      fc.oneof(
        fc.constantFrom(
          '%',
          '%2',
          '%25',
          '\\',
          '\\u00',
          '\\x4',
          '&',
          '&#',
          '&amp;',
          ';',
          '=',
          '=\n',
          '\n',
          '\\n',
          '+',
          'a0',
          ':',
          '0x',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(text, (parts) => {
        expect(search.find(parts.join(''))).toBeUndefined();
        expect(search.masked(parts.join(''))).toBe(parts.join(''));
      }),
    );
  });

  it('masks what it finds, however it was escaped, and finds it no more', () => {
    const escapes: readonly ((one: string) => string)[] = [
      (one) => one,
      (one) => encodeURIComponent(encodeURIComponent(one)),
      (one) => `%${one.charCodeAt(0).toString(16)}`,
      (one) => `\\u${hex4(one.charCodeAt(0))}`,
      (one) => `\\x${one.charCodeAt(0).toString(16)}`,
      (one) => `&#${one.charCodeAt(0)};`,
      (one) => `&amp;#x${one.charCodeAt(0).toString(16)};`,
      (one) => (/\w/.test(one) ? one : `\\${one}`),
    ];
    const unit = fc.constantFrom(...'abXY01&"/<%= \'');
    const written = fc
      .array(fc.tuple(unit, fc.constantFrom(...escapes)), { minLength: 8, maxLength: 20 })
      .map((all) => ({
        secret: all.map(([one]) => one).join(''),
        text: all.map(([one, write]) => write(one)).join(''),
      }));
    fc.assert(
      fc.property(written, fc.string(), ({ secret, text }, around) => {
        fc.pre(secret.trim() === secret);
        const search = createSecretSearch(new Map([[secret, 'x']]));
        // What is a percent sign as it stands may be the beginning of an escape with what comes next.
        fc.pre(!/%/.test(secret));
        expect(search.find(`${around} ${text} ${around}`), `${secret} as ${text}`).toBeDefined();
        expect(search.find(search.masked(`${around} ${text} ${around}`))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  // No clock: what is quadratic needs hours for these, which the time limit of a test ends.
  it.each([
    '%25',
    '%',
    '\\',
    '\\\\u0026',
    '&amp;',
    '&',
    '=3D',
    '=\n',
    'AAAA\n',
    '\n',
    'a0:',
    'a',
    'k3J8h2LmQ9xZ4v',
    'k3J8h2LmQ9xZ',
  ])('takes 4 MB of %j', (piece) => {
    const known = new Map([
      ['k3J8h2LmQ9xZ4vB7nT1w&R6yD5sF0gPcA', 'token'],
      ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1', 'x'],
    ]);
    const search = createSecretSearch(known);
    const text = piece.repeat(4e6 / piece.length);
    expect(search.find(text)).toBeUndefined();
    expect(search.masked(text).length).toBe(text.length);
  });
});
