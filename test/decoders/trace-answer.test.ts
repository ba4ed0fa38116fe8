import { describe, expect, it } from 'vitest';
import { recogniseTraceAnswer, type TraceAnswer } from '../../src/decoders/trace-answer.js';

const recognise = (answer: Partial<TraceAnswer>) =>
  recogniseTraceAnswer({ status: 200, headers: {}, body: '', host: 'www.example.com', plain: false, ...answer });

const cloudflare = { server: 'cloudflare', 'cf-ray': '230b030023ae2822-SJC' };
const ray = { id: '230b030023ae2822', colo: 'SJC' };
const body = 'fl=1f2\nh=www.example.com\ncolo=SJC\n';

describe('the answer to a request for a trace', () => {
  it('is a trace, with its ray', () => {
    expect(recognise({ headers: cloudflare, body })).toMatchObject({
      answer: 'trace',
      ray,
      trace: { trace: { fl: '1f2' } },
    });
  });

  it('is a trace without a ray, where something took the header away', () => {
    const { answer, ray: found } = recognise({ body });
    expect([answer, found]).toEqual(['trace', undefined]);
  });

  it.each([
    ['a trace with another status', { status: 404, headers: cloudflare, body }, 'other'],
    [
      'a challenge',
      { status: 403, headers: { ...cloudflare, 'cf-mitigated': 'challenge' }, body: '<html>' },
      'challenge',
    ],
    ['a page of Cloudflare that nobody knows', { headers: cloudflare, body: '<html>' }, 'other'],
    [
      'a redirect of Cloudflare',
      { status: 301, headers: { ...cloudflare, location: 'https://elsewhere.example/' } },
      'other',
    ],
    ['nothing at all', {}, 'not-proxied'],
    ['the 404 of an origin', { status: 404, headers: { server: 'nginx' }, body: '<html><h1>404' }, 'not-proxied'],
    [
      'an origin that answers anything with its page',
      { headers: { server: 'nginx' }, body: '<html><p>Welcome' },
      'not-proxied',
    ],
    [
      'an origin that redirects to HTTPS',
      { status: 301, plain: true, headers: { location: 'https://www.example.com/cdn-cgi/trace' } },
      'not-proxied',
    ],
    [
      'an origin that redirects to its other name',
      { status: 301, headers: { location: 'https://example.com/' } },
      'not-proxied',
    ],
    ['an origin that redirects to a path', { status: 302, headers: { location: '/login' } }, 'not-proxied'],
    [
      'a redirect to a portal',
      { status: 302, plain: true, headers: { location: 'http://login.hotel.example/?u=x' } },
      'captive-portal',
    ],
    [
      'a redirect to an address',
      { status: 307, plain: true, headers: { location: 'http://10.0.0.1:8080/' } },
      'captive-portal',
    ],
    ['511', { status: 511, plain: true, body: '<html>' }, 'captive-portal'],
    ['WISPr', { plain: true, body: '<html><!--<WISPAccessGatewayParam>-->' }, 'captive-portal'],
    ['a login page', { plain: true, body: '<html><form><input name=p type="password">' }, 'captive-portal'],
    [
      'a page that leads elsewhere',
      { plain: true, body: '<meta http-equiv="refresh" content="0; url=http://portal.example/">' },
      'captive-portal',
    ],
    [
      'the same page over TLS',
      { body: '<meta http-equiv="refresh" content="0; url=http://portal.example/">' },
      'not-proxied',
    ],
    ['a login page over TLS', { body: '<html><form><input name=p type="password">' }, 'not-proxied'],
    [
      'an origin that redirects elsewhere over TLS',
      { status: 302, headers: { location: 'https://login.example/' } },
      'not-proxied',
    ],
    [
      'the 500 of an origin that speaks of Cloudflare',
      { status: 500, body: '<html><title>Error 500</title>Please look whether Cloudflare is paused.' },
      'not-proxied',
    ],
    [
      'a page of an origin that looks like one of Cloudflare',
      { status: 522, body: '<html><span class="cf-error-code">522</span> Ray ID: 9d1f2c3b4a5e6f70' },
      'not-proxied',
    ],
    ['a status of Cloudflare that no source explains', { status: 599, headers: cloudflare, body: '<html>' }, 'other'],
  ] as const)('%s', (_, answer, expected) => {
    expect(recognise(answer).answer).toBe(expected);
  });

  it.each([
    ['JSON', { status: 522, headers: cloudflare, body: '{"cloudflare_error":true,"error_code":522}' }, 522],
    [
      'JSON from which the headers were taken',
      { status: 522, body: '{"cloudflare_error":true,"error_code":522}' },
      522,
    ],
    [
      'Markdown from which the headers were taken',
      { status: 522, body: '---\nerror_code: 522\ncloudflare_error: true\n---\n' },
      522,
    ],
    ['bare text', { status: 403, headers: cloudflare, body: 'error code: 1003' }, 1003],
    [
      'a page of the owner with the header',
      { status: 530, headers: { ...cloudflare, 'cf-error-type': '1016' }, body: '<html>Sorry' },
      1016,
    ],
    ['a page of the owner with the status', { status: 521, headers: cloudflare, body: '<html>Sorry' }, 521],
  ])('is an error of Cloudflare: %s', (_, answer, code) => {
    expect(recognise(answer)).toMatchObject({ answer: 'cloudflare-error', error: { code } });
  });

  it('is not an error of Cloudflare where an origin says the same words', () => {
    expect(recognise({ status: 500, body: 'error code: 1003' }).answer).toBe('not-proxied');
  });
});
