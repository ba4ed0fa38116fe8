import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/io/proxy.js';

const https = { plain: false, host: 'www.example.com', port: 443 };
const plain = { plain: true, host: 'www.example.com', port: 80 };
const proxy = 'http://proxy.example:3128';

describe('the proxy of the environment', () => {
  it.each([
    ['HTTPS_PROXY', https, { HTTPS_PROXY: proxy }, proxy],
    ['https_proxy wins', https, { HTTPS_PROXY: 'http://other:1', https_proxy: proxy }, proxy],
    ['HTTP_PROXY for plain HTTP', plain, { HTTP_PROXY: proxy }, proxy],
    ['no other one', https, { HTTP_PROXY: proxy, ALL_PROXY: proxy }, undefined],
    ['none where it is empty', https, { HTTPS_PROXY: '', https_proxy: '' }, undefined],
    ['without a scheme', https, { HTTPS_PROXY: 'proxy.example:3128' }, proxy],
    ['without a port', https, { HTTPS_PROXY: 'http://proxy.example' }, 'http://proxy.example:80'],
    ['with TLS', https, { HTTPS_PROXY: 'https://proxy.example' }, 'https://proxy.example:443'],
    ['IPv6', https, { HTTPS_PROXY: 'http://[2001:db8::1]:3128' }, 'http://[2001:db8::1]:3128'],
  ])('%s', (_, target, environment, expected) => {
    const found = proxyFor(target, environment);
    expect(found && 'text' in found ? found.text : found).toBe(expected);
  });

  it('shows no password, and sends it', () => {
    const found = proxyFor(https, { HTTPS_PROXY: 'http://us%40er:p%3Aw%25@proxy.example:3128' });
    expect(found).toMatchObject({
      text: proxy,
      host: 'proxy.example',
      port: 3128,
      authorization: `Basic ${Buffer.from('us@er:p:w%').toString('base64')}`,
    });
  });

  it.each(['socks5://proxy.example:1080', 'http://', '://secret', 'http://user:secret@:99999'])(
    '%s is none',
    (text) => {
      const found = proxyFor(https, { HTTPS_PROXY: text });
      expect(found).toMatchObject({ code: 'invalid-proxy', blame: 'us' });
      expect(JSON.stringify(found)).not.toContain('secret');
    },
  );
});

describe('NO_PROXY', () => {
  it.each([
    ['*', 'www.example.com', true],
    ['www.example.com', 'www.example.com', true],
    ['example.com', 'www.example.com', true],
    ['.example.com', 'www.example.com', true],
    ['*.example.com', 'www.example.com', true],
    ['.example.com', 'example.com', true],
    ['WWW.Example.COM.', 'www.example.com', true],
    ['other.test, example.com', 'www.example.com', true],
    ['other.test example.com', 'www.example.com', true],
    ['www.example.com:443', 'www.example.com', true],
    ['www.example.com:8443', 'www.example.com', false],
    ['ample.com', 'www.example.com', false],
    ['sub.www.example.com', 'www.example.com', false],
    ['192.0.2.1', '192.0.2.1', true],
    ['2.1', '192.0.2.1', false],
    ['192.0.2.0/24', '192.0.2.77', true],
    ['192.0.2.0/24', '192.0.3.1', false],
    ['192.0.2.0/99', '192.0.2.1', false],
    ['192.0.2.0/24', 'www.example.com', false],
    ['2001:db8::/32', '2001:db8::7', true],
    ['[2001:db8::7]:443', '2001:db8::7', true],
    ['', 'www.example.com', false],
    [' , ', 'www.example.com', false],
  ])('%j leaves out %s: %s', (list, host, isExempt) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const found = proxyFor({ ...https, host }, { HTTPS_PROXY: proxy, [name]: list });
      expect(found === undefined).toBe(isExempt);
    }
  });
});
