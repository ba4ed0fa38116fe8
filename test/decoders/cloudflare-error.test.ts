import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudflareError } from '../../src/decoders/cloudflare-error.js';

/** As the documentation of machine-readable error bodies has it. */
const json = {
  type: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-522/',
  title: 'Error 522: Connection timed out',
  status: 522,
  detail: 'The origin did not answer in time.',
  instance: '9d1f2c3b4a5e6f70',
  error_code: 522,
  error_name: 'connection_timeout',
  error_category: 'origin',
  ray_id: '9d1f2c3b4a5e6f70',
  timestamp: '2026-11-20T12:00:00Z',
  zone: 'www.example.com',
  cloudflare_error: true,
  retryable: true,
  retry_after: 120,
  owner_action_required: true,
  what_you_should_do: 'Wait.',
  footer: '',
};

const expected = {
  code: 522,
  name: 'connection_timeout',
  title: 'Error 522: Connection timed out',
  category: 'origin',
  status: 522,
  rayId: '9d1f2c3b4a5e6f70',
  zone: 'www.example.com',
  timestamp: '2026-11-20T12:00:00Z',
  retryable: true,
  retryAfter: 120,
  ownerActionRequired: true,
};

const markdown = `---
error_code: 1020
error_name: "access_denied"
error_category: access_denied
status: 403
ray_id: 9d1f2c3b4a5e6f70
timestamp: 2026-11-20T12:00:00Z
zone: www.example.com
cloudflare_error: true
retryable: false
retry_after: null
owner_action_required: true
---

# Error 1020: Access denied

## What Happened
`;

describe('an error of the edge', () => {
  it('as JSON', () => {
    expect(cloudflareError.decode(JSON.stringify(json))).toMatchObject({
      ok: true,
      facts: { form: 'json', ...expected },
    });
  });

  it('as JSON that says little', () => {
    const text = JSON.stringify({
      cloudflare_error: true,
      error_code: 1015,
      instance: '9d1f2c3b4a5e6f70',
      retry_after: null,
    });
    expect(cloudflareError.decode(text).facts).toStrictEqual({ form: 'json', code: 1015, rayId: '9d1f2c3b4a5e6f70' });
  });

  it.each(['\n', '\r\n'])('as Markdown with lines that end with %j', (end) => {
    expect(cloudflareError.decode(markdown.replaceAll('\n', end)).facts).toStrictEqual({
      form: 'markdown',
      code: 1020,
      name: 'access_denied',
      title: 'Error 1020: Access denied',
      category: 'access_denied',
      status: 403,
      rayId: '9d1f2c3b4a5e6f70',
      zone: 'www.example.com',
      timestamp: '2026-11-20T12:00:00Z',
      retryable: false,
      ownerActionRequired: true,
    });
  });

  it.each([
    [
      'a 5xx page',
      '<!DOCTYPE html><html><head><title>example.com | 522: Connection timed out</title></head><body>' +
        '<div id="cf-error-details"><span class="cf-error-code">522</span> Visit <a href="https://www.cloudflare.com/">Cloudflare</a>' +
        '<span>Ray ID: <strong class="font-semibold">9d1f2c3b4a5e6f70</strong></span></div>',
      { code: 522, title: 'example.com | 522: Connection timed out', rayId: '9d1f2c3b4a5e6f70' },
    ],
    [
      'a 1xxx page',
      '<html><head><title>Access denied</title></head><body class="cf-error"><h1>Error <span>1020</span></h1>' +
        '<p>Error code: 1020</p> Ray ID: 478149ad1570291 &bull; Cloudflare',
      { code: 1020, title: 'Access denied', rayId: '478149ad1570291' },
    ],
    [
      'a title alone',
      '<html><title>www.example.com | 525: SSL handshake failed</title><div id="cf-error-details">',
      {
        code: 525,
        title: 'www.example.com | 525: SSL handshake failed',
      },
    ],
  ])('as %s of HTML', (_, page, facts) => {
    expect(cloudflareError.decode(page).facts).toStrictEqual({ form: 'html', ...facts });
  });

  it('as bare text', () => {
    expect(cloudflareError.decode('error code: 1003\n').facts).toStrictEqual({ form: 'text', code: 1003 });
  });

  it.each([
    ['nothing', ''],
    ['a page of an origin', '<html><title>404 Not Found</title><h1>Error 404</h1>nginx</html>'],
    ['an error of an origin', '<html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>nginx</html>'],
    ['a page that only speaks of Cloudflare', '<html><p>We use Cloudflare.</p></html>'],
    ['an error of an origin that speaks of Cloudflare', '<html><h1>Error 500</h1>Is Cloudflare paused?</html>'],
    ['JSON of somebody else', '{"error_code":522,"status":522}'],
    ['JSON without a code', '{"cloudflare_error":true}'],
    ['JSON with a code that is none', '{"cloudflare_error":true,"error_code":"522"}'],
    ['JSON that ends early', '{"cloudflare_error":true,"error_code":522'],
    ['front matter without an end', '---\nerror_code: 522\ncloudflare_error: true\n'],
    ['a sentence', 'It says error code: 1020 somewhere'],
  ])('is not %s', (_, text) => {
    expect(cloudflareError.decode(text)).toMatchObject({ ok: false, failure: { code: 'malformed' } });
  });

  it('never throws', () => {
    const pieces = [
      '{',
      '"cloudflare_error":true',
      ',"error_code":522}',
      '---\n',
      '\n---',
      '<html',
      '<title>',
      '| 522:',
      'cf-error',
      'Ray ID: ',
      '<',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 9 })))
      .map((list) => list.join(''));
    fc.assert(fc.property(text, (body) => void cloudflareError.decode(body)));
  });

  it.each(['<title>', 'Ray ID: <', '<html cf-error>Error code: ', '---\n', '{', 'Ray ID:', ' ', '\n---\n', '# Error '])(
    'costs nothing worth mentioning for 20 MB of %j',
    (piece) => {
      expect(cloudflareError.decode(piece.repeat(20e6 / piece.length)).ok).toBe(false);
    },
  );
});
