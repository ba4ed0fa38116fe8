// Everything around the machine of an estate, in a network of its own: origins, a name server, and the edge of Cloudflare. Its
// arguments are a file with the certificates, by name, and one with what visitors get, by host, which is read anew for
// every request. Says that it is ready.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';
import type { Issued } from '../servers/authority.js';
import { createDnsServer } from '../servers/dns.js';
import { type Answer, http, startEdge } from '../servers/edge.js';
import { edge, nameServer, origins, publicOrigins } from '../servers/estate-places.js';
import { largeHeaders, late, staying } from '../servers/origin-peers.js';
import { peer } from '../servers/peers.js';

type Certificate = Pick<Issued, 'pem' | 'key'>;
const [certificateFile = '', visitorsFile = ''] = process.argv.slice(2);
const certificates = JSON.parse(readFileSync(certificateFile, 'utf8')) as Readonly<Record<string, Certificate[]>>;
const chainOf = (name: string) => ({ chain: (certificates[name] ?? []) as Issued[] });

const server = { Server: 'nginx', 'Content-Type': 'text/html' };
const page = http('200 OK', server, `<!doctype html><title>Shop</title><p>${'welcome '.repeat(40)}`);
const status = (line: string) => http(line, server, `<h1>${line}</h1>`);
const toHttps = http('301 Moved Permanently', { ...server, Location: 'https://www.example.com/' });
const secure = (address: string, answer: Answer, chain = 'good', port = 443) =>
  startEdge(() => answer, { ...chainOf(chain), address, port });
const plain = (address: string, answer: Answer, port = 80) => startEdge(() => answer, { address, port });

const traceOf = (host: string) =>
  `fl=202f30\nh=${host}\nip=203.0.113.7\nts=${(Date.now() / 1000).toFixed(3)}\nvisit_scheme=https\nuag=rg-diag\ncolo=AMS\nloc=NL\nhttp=http/1.1\ntls=TLSv1.3\nwarp=off\n`;

/** What visitors get: the page, or the error that the file names for the host. */
function visitorAnswer(head: string): Buffer {
  const [, path = '/'] = /^[A-Z]+ (\S+)/.exec(head) ?? [];
  const [, host = ''] = /^host: *([^\s:]+)/im.exec(head) ?? [];
  const own = { Server: 'cloudflare', 'CF-RAY': '8a1b2c3d4e5f6071-AMS', Date: new Date().toUTCString() };
  if (path.startsWith('/cdn-cgi/trace')) return http('200 OK', { ...own, 'Content-Type': 'text/plain' }, traceOf(host));
  const codes = JSON.parse(readFileSync(visitorsFile, 'utf8')) as Readonly<Record<string, number>>;
  const code = codes[host];
  const cache = { 'CF-Cache-Status': 'DYNAMIC', 'Content-Type': 'text/html' };
  if (code === undefined)
    return http('200 OK', { ...own, ...cache, 'Cf-Railgun': 'direct (starting new WAN connection)' }, 'ok');
  return http(`${code} <none>`, { ...own, 'Content-Type': 'text/plain' }, `error code: ${code}`);
}

/** Takes the beginning of a handshake, and resets the connection. */
const resetting = (address: string) =>
  peer((socket) => socket.once('data', () => socket.resetAndDestroy()), { address, port: 443 });

/** Speaks TLS 1.2 with a suite that nobody offers. */
function withoutCipher(address: string): Promise<void> {
  const [{ pem: cert = '', key = '' } = {}] = certificates['good'] ?? [];
  const own = createServer({ cert, key, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-CCM8' });
  own.on('tlsClientError', () => undefined);
  return new Promise((resolve) => own.listen(443, address, resolve));
}

const proxied = { addresses: [edge] };
await Promise.all([
  createDnsServer(
    {
      'www.example.com': proxied,
      'shop.example.com': proxied,
      'panel.example.com': proxied,
      'origin.example.com': { addresses: [publicOrigins.good] },
      'refusing.example.com': { addresses: [publicOrigins.refusing] },
    },
    53,
    nameServer,
  ),
  startEdge(visitorAnswer, { ...chainOf('good'), address: edge, port: 443 }),
  startEdge(visitorAnswer, { ...chainOf('good'), address: edge, port: 2083 }),
  startEdge(visitorAnswer, { address: edge, port: 80 }),
  plain(origins.refusing, page),
  plain(publicOrigins.refusing, page),
  resetting(origins.resetting),
  withoutCipher(origins.noCipher),
  plain(origins.plain, page, 443),
  secure(origins.expired, page, 'expired'),
  secure(publicOrigins.expired, page, 'expired'),
  secure(origins.otherName, page, 'otherName'),
  secure(origins.selfSigned, page, 'selfSigned'),
  secure(origins.noIntermediate, page, 'noIntermediate'),
  secure(origins.originCa, page, 'originCa'),
  secure(origins.answers500, status('500 Internal Server Error')),
  secure(origins.answers502, status('502 Bad Gateway')),
  secure(origins.answers503, status('503 Service Unavailable')),
  secure(origins.silent, staying()),
  secure(origins.empty, ''),
  secure(origins.largeHeaders, largeHeaders(200_000)),
  plain(origins.toHttps, toHttps),
  secure(origins.toHttps, page),
  secure(origins.slow, late(2000, page)),
  secure(origins.control, page, 'good', 2083),
  secure(origins.expiring, page, 'expiring'),
]);
process.stdout.write('ready\n');
