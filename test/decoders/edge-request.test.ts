import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Asking,
  authorityOf,
  type EdgeRequest,
  edgeRequest,
  type Header,
  headersIn as hiddenHeadersIn,
  http1Bytes,
  http2Headers,
  isMethod,
} from '../../src/decoders/edge-request.js';

/** As they are sent: what is in a file may be secret, and is masked until then. */
function headersIn(text: string) {
  const read = hiddenHeadersIn(text);
  if ('problem' in read) return read;
  return read.map(([name, value]) => {
    expect(JSON.stringify(value)).toBe('"***"');
    return [name, typeof value === 'string' ? value : value.reveal()] as const;
  });
}

const asking: Asking = {
  method: 'GET',
  path: '/a?b=c',
  authority: 'www.example.com',
  scheme: 'https',
  userAgent: 'rg-diag/1.2.3',
  extra: [],
};

function linesOf(request: EdgeRequest): string[] {
  return http1Bytes(request).toString('latin1').split('\r\n');
}

function readHeaders(text: string): readonly Header[] {
  const read = headersIn(text);
  return 'problem' in read ? expect.fail(read.problem) : read;
}

function problemIn(text: string): string {
  const read = headersIn(text);
  return 'problem' in read ? read.problem : expect.fail(JSON.stringify(read));
}

describe('what the edge asks for', () => {
  it('is written as the edge does, without what names a visitor', () => {
    expect(linesOf(edgeRequest(asking))).toEqual([
      'GET /a?b=c HTTP/1.1',
      'Host: www.example.com',
      'Connection: Keep-Alive',
      'Accept-Encoding: br, gzip',
      'X-Forwarded-Proto: https',
      'CF-Visitor: {"scheme":"https"}',
      'CDN-Loop: cloudflare',
      'Accept: */*',
      'User-Agent: rg-diag/1.2.3',
      '',
      '',
    ]);
  });

  it('tells the scheme of the visitor, whatever the one to the origin is', () => {
    const lines = linesOf(edgeRequest({ ...asking, scheme: 'http' }));
    expect(lines).toContain('X-Forwarded-Proto: http');
    expect(lines).toContain('CF-Visitor: {"scheme":"http"}');
  });

  it.each([
    ['POST', true],
    ['PUT', true],
    ['PATCH', true],
    ['GET', false],
    ['HEAD', false],
    ['DELETE', false],
    ['OPTIONS', false],
    // Methods have a case (RFC 9110 §9.1), and this is another one.
    ['post', false],
  ])('by %s announces an empty body: %s', (method, announces) => {
    expect(linesOf(edgeRequest({ ...asking, method })).includes('Content-Length: 0')).toBe(announces);
  });

  it('has the headers of the user in place of its own of the same name, in any case, and after the rest', () => {
    const extra: Header[] = [
      ['user-AGENT', 'mine'],
      ['X-One', '1'],
      ['X-One', '2'],
    ];
    const lines = linesOf(edgeRequest({ ...asking, extra }));
    expect(lines.filter((line) => /^user-agent:/i.test(line))).toEqual(['user-AGENT: mine']);
    expect(lines.slice(-4)).toEqual(['X-One: 1', 'X-One: 2', '', '']);
  });

  it('is for the host of the user where there is one', () => {
    const request = edgeRequest({ ...asking, extra: [['hOST', 'other.example:8443']] });
    expect(request.authority).toBe('other.example:8443');
    expect(linesOf(request).filter((line) => /^host:/i.test(line))).toEqual(['hOST: other.example:8443']);
    expect(edgeRequest(asking).authority).toBe('www.example.com');
  });
});

describe('an authority', () => {
  it.each([
    ['www.example.com', 443, 'https', 'www.example.com'],
    ['www.example.com', 80, 'http', 'www.example.com'],
    ['www.example.com', 80, 'https', 'www.example.com:80'],
    ['www.example.com', 443, 'http', 'www.example.com:443'],
    ['www.example.com', 8443, 'https', 'www.example.com:8443'],
    ['192.0.2.1', 8080, 'http', '192.0.2.1:8080'],
    ['2001:db8::1', 443, 'https', '[2001:db8::1]'],
    ['2001:db8::1', 2083, 'https', '[2001:db8::1]:2083'],
  ] as const)('of %s on %i by %s is %s', (host, port, scheme, authority) => {
    expect(authorityOf({ host, port, scheme })).toBe(authority);
  });
});

describe('the bytes of a request', () => {
  it('are those of the file where a value is not ASCII', () => {
    const value = Buffer.from('voilà').toString('latin1');
    expect(http1Bytes({ ...edgeRequest(asking), headers: [['X-Word', value]] }).toString('utf8')).toContain(
      'X-Word: voilà\r\n',
    );
  });

  it('have no end of a line in a character that would be one if it were cut to a byte', () => {
    // U+010D, U+010A, U+013A and U+0120 end in the bytes of CR, LF, a colon and a blank.
    const authority = 'x\u010d\u010aX-Smuggled\u013a\u0120y.example';
    const lines = linesOf(edgeRequest({ ...asking, authority }));
    expect(lines.filter((line) => line.startsWith('X-Smuggled'))).toEqual([]);
    expect(lines).toHaveLength(11);
    expect(http1Bytes(edgeRequest({ ...asking, authority })).toString('utf8')).toContain(`Host: ${authority}\r\n`);
  });
});

describe('headers in HTTP/2', () => {
  const inHttp2 = (extra: readonly Header[]) => http2Headers(edgeRequest({ ...asking, extra }));

  it('are lower-case, and not about the connection', () => {
    expect(inHttp2([['X-Mixed-Case', 'Value']])).toEqual([
      ['accept-encoding', 'br, gzip'],
      ['x-forwarded-proto', 'https'],
      ['cf-visitor', '{"scheme":"https"}'],
      ['cdn-loop', 'cloudflare'],
      ['accept', '*/*'],
      ['user-agent', 'rg-diag/1.2.3'],
      ['x-mixed-case', 'Value'],
    ]);
  });

  it.each(['Host', 'Connection', 'Keep-Alive', 'Transfer-Encoding', 'Upgrade', 'Proxy-Connection', 'HTTP2-Settings'])(
    'never have %s',
    (name) => {
      const names = inHttp2([[name, 'value']]).map(([lower]) => lower);
      expect(names).not.toContain(name.toLowerCase());
    },
  );

  it('have TE for trailers only (RFC 9113 §8.2.2)', () => {
    expect(inHttp2([['TE', 'Trailers']]).at(-1)).toEqual(['te', 'Trailers']);
    expect(inHttp2([['TE', 'gzip']]).map(([name]) => name)).not.toContain('te');
    expect(inHttp2([['TE', 'trailers, gzip']]).map(([name]) => name)).not.toContain('te');
  });

  it('keep every one of the same name, in its order', () => {
    const twice: Header[] = [
      ['X-A', '1'],
      ['x-a', '2'],
    ];
    expect(inHttp2(twice).slice(-2)).toEqual([
      ['x-a', '1'],
      ['x-a', '2'],
    ]);
  });
});

describe('a file of headers', () => {
  it('has one on a line, between blank lines and remarks', () => {
    const text =
      '# mine\n\nAuthorization: Bearer x:y\r\n  \t\r\nX-Tab:\tvalue \t\r\nX-Empty:\nX-Hash: # no remark\n#X: 1';
    expect(readHeaders(text)).toEqual([
      ['Authorization', 'Bearer x:y'],
      ['X-Tab', 'value'],
      ['X-Empty', ''],
      ['X-Hash', '# no remark'],
    ]);
    expect(readHeaders('')).toEqual([]);
  });

  it('may have a last line without an end', () => {
    expect(readHeaders('A: 1\nB: 2')).toEqual([
      ['A', '1'],
      ['B', '2'],
    ]);
  });

  it('keeps the bytes of a value, also the last one', () => {
    // The file is read a byte for a character: à ends in 0xa0, which is a blank of Unicode.
    const bytes = Buffer.from('voilà').toString('latin1');
    expect(readHeaders(`X-Word: ${bytes}\n`)).toEqual([['X-Word', bytes]]);
  });

  it.each([
    ['no colon', 'nothing', 1],
    ['no name', ': value', 1],
    ['a blank before the colon', 'Name : value', 1],
    ['a blank before the name', ' Name: value', 1],
    ['a continued line', 'Name: one\n two', 2],
    ['a pseudo-header', ':path: /', 1],
    ['a name of another script', 'Näme: value', 1],
    ['a quote in the name', 'A: 1\n\n"Name": value', 3],
  ])('with %s is wrong, and says where, but not what', (_, text, line) => {
    expect(problemIn(text)).toBe(`line ${line} is not Name: value`);
  });

  it.each([
    ['a NUL', 'A: a\0b'],
    ['a CR', 'A: a\rB: b'],
    ['a CR at its end', 'A: a\r'],
    ['a form feed', 'A: a\fb'],
    ['an escape', 'A: \x1b[31m'],
    ['a DEL', 'A: a\x7f'],
    ['what is no byte', 'A: a\u010ab'],
  ])('with %s in a value is wrong', (_, text) => {
    expect(problemIn(text)).toBe('line 1: the value of A has characters that a header cannot have');
  });

  it('is read in linear time', () => {
    const started = performance.now();
    expect(readHeaders(`X-Long: a${' '.repeat(500_000)}b${' '.repeat(500_000)}`)[0]?.[1]).toHaveLength(500_002);
    expect('problem' in headersIn(`${' '.repeat(500_000)}x${' '.repeat(500_000)}`)).toBe(true);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a method', () => {
  it.each(['GET', 'HEAD', 'POST', 'PURGE', 'M-SEARCH', 'get', "!#$%&'*+-.^_`|~9"])('is %s', (text) => {
    expect(isMethod(text)).toBe(true);
  });

  it.each(['', 'GET ', ' GET', 'GE T', 'GET\r', 'GET\n', 'GET\r\nX: 1', 'GÉT', 'GET/', 'G:T', 'Ċ', '(x)'])(
    'is not %j',
    (text) => {
      expect(isMethod(text)).toBe(false);
    },
  );
});

describe('nothing smuggles a second request or a header', () => {
  const token = fc
    .string({ unit: fc.constantFrom(..."!#$%&'*+-.^_`|~09azAZ:/ \r\n\t\0"), minLength: 1, maxLength: 8 })
    .filter(isMethod);
  const awkward = fc.string({
    unit: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom('\r', '\n', '\r\n', ' ', '\t', ':', '\0', '\x0b', '\x85', '\u010a', '\u010d'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('#', 'a', 'Z', 'Host', 'GET / HTTP/1.1', 'Content-Length: 9', '\u2028', 'é'),
      },
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 30,
  });
  /** As command lines and lists of targets let it through. */
  const host = awkward.map((text) => `x${text.replace(/[^\p{L}\p{M}\p{N}_.-]/gu, '')}`);
  const path = awkward.map((text) => `/${text.replace(/[^!-~]/g, '')}`);

  it('whatever a file of headers, a host and a method are', () => {
    let accepted = 0;
    fc.assert(
      fc.property(awkward, token, host, path, (text, method, authority, asked) => {
        // Half of what is tried begins like a header.
        const read = headersIn(text.length % 2 === 0 ? text : `X-Any: ${text}`);
        if ('problem' in read) return;
        if (read.length > 0) accepted += 1;
        const request = edgeRequest({ ...asking, method, authority, path: asked, extra: read });
        const bytes = http1Bytes(request);
        const sent = bytes.toString('latin1');
        // One end of the head, at the very end, and no line but those of the request.
        expect(sent.indexOf('\r\n\r\n')).toBe(sent.length - 4);
        expect(sent.split('\r\n')).toHaveLength(1 + request.headers.length + 2);
        expect(sent.replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/);
        const [first = '', ...lines] = sent.split('\r\n').slice(0, -2);
        expect(first).toMatch(/^[^ ]+ [^ ]+ HTTP\/1\.1$/);
        expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual(request.headers.map(([name]) => name));
        for (const [name] of http2Headers(request)) expect(name).toMatch(/^[^A-Z:\s]+$/);
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it('whatever is read is what was written', () => {
    const value = fc
      .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
      .map((text) => text.replaceAll('\x7f', '').replace(/^[ \t]+|[ \t]+$/g, ''));
    const name = token.filter((text) => !text.startsWith('#'));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), fc.constantFrom('\n', '\r\n'), (headers, end) => {
        const text = headers.map(([one, its]) => `${one}:${its}${end}`).join('');
        expect(headersIn(text)).toEqual(headers);
      }),
    );
  });
});
