import type { Command } from '../command.js';
import type { OriginAsked, OriginFacts, OriginTarget } from './facts.js';

export const command: Command<OriginAsked, OriginTarget, OriginFacts> = {
  kind: 'diagnosis',
  name: 'origin',
  summary: 'fetch a page from an origin as Cloudflare’s edge does, and say which error visitors get, and why',
  description: [
    'Connects to an origin the way Cloudflare’s edge does (its address, the visitor’s Host and SNI, the edge’s cipher ' +
      'suites, ALPN, timers and limits) and says which error visitors get (520 to 526, 530 with its 1xxx code, or the ' +
      'origin’s own 5xx), at which stage it breaks, whose side that is, what to check next, and what support needs.',
    'The stages are dns, tcp, tls, certificate, request and response; what comes after one that failed is skipped. ' +
      'Every address is tried: give those of the origin with --ip, because the name of a host that Cloudflare proxies ' +
      'leads to Cloudflare. One report has all of them, and the worst decides.',
    'HOST stands for https://HOST/. A URL gives scheme, port, path and query as well.',
  ],
  arguments: [
    {
      value: { name: 'HOST', kind: 'text' },
      required: false,
      repeats: true,
      says: 'the host, or the URL, that visitors ask for',
    },
  ],
  options: [
    {
      long: 'ip',
      value: { name: 'ADDR', kind: 'text' },
      repeats: true,
      says: 'connect to this address of the origin instead of those that the name has',
    },
    {
      long: 'port',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: 'the port of the URL, which Cloudflare keeps on its way to the origin (default 443, or that of the URL)',
    },
    {
      long: 'mode',
      value: { name: 'MODE', kind: 'choice', choices: ['off', 'flexible', 'full', 'strict', 'origin-pull'] },
      says: 'the SSL/TLS mode of the zone: off, flexible, full, strict or origin-pull (default strict)',
      more: 'Off and Flexible connect to port 80 without TLS. Full takes any certificate, and strict only a good one; both use the scheme of the visitor. origin-pull (Strict, SSL-Only Origin Pull) always uses HTTPS.',
    },
    {
      long: 'path',
      value: { name: 'PATH', kind: 'text' },
      says: 'the path to ask for, with its query (default that of the URL, or /)',
    },
    {
      long: 'method',
      value: { name: 'METHOD', kind: 'text' },
      says: 'the method of the request (default GET); it has no body',
    },
    {
      long: 'header-file',
      value: { name: 'FILE', kind: 'file' },
      says: 'send these headers too: a file with one Name: value on a line',
      more: 'They replace those of the same name. What they say is in no output. They are sent only where the edge would send them: under strict not to an origin whose certificate does not verify, and through --railgun only where its settings are as safe.',
    },
    {
      long: 'crl-file',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'look revoked certificates up in this list (PEM or DER)',
    },
    {
      long: 'client-cert',
      value: { name: 'FILE', kind: 'file' },
      says: 'show the origin this client certificate (PEM, with its key), as with Authenticated Origin Pulls',
    },
    {
      long: 'edge-profile',
      value: { name: 'YEAR', kind: 'choice', choices: ['2023', '2026'] },
      says: 'the edge’s timers and limits as published in 2023 (15 s, 100 s, 16 KB) or 2026 (19 s, 120 s, 128 KB; the default)',
    },
    {
      long: 'read-timeout',
      value: { name: 'SECONDS', kind: 'number', min: 0.001 },
      says: 'wait SECONDS for an answer instead of as long as the edge does',
    },
    {
      long: 'repeat',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: 'ask every address N times, one after the other: for faults that come and go (default 1)',
    },
    {
      long: 'public',
      value: { name: 'WHEN', kind: 'choice', choices: ['auto', 'always', 'never'] },
      says: 'compare with what Cloudflare answers to everybody: auto (the default: where the name leads to Cloudflare), always or never',
    },
    {
      long: 'railgun',
      value: { name: 'CONF', kind: 'file' },
      says: 'also fetch the page as rg-listener would with this railgun.conf, and say what it would log',
      more: 'Follows map.file. Its lan.timeout, validate.cert, ca.bundle and insecure.origin are heeded.',
    },
    {
      long: 'railgun-version',
      value: { name: 'VERSION', kind: 'text' },
      says: 'the version of rg-listener (default 5.3.3); before 5.3.0 visitors got 502 instead of 527',
    },
  ],
  takesTargets: true,
  network: true,
  trust: true,
  concurrency: 'ask N addresses at once (default 16)',
  defaultTimeout: 'the edge’s timers added up',
  usualConnectTimeout: 'as long as the edge waits',
  usualTimeout: async ({ options }) => (await import('./ask.js')).timeoutFor(options),
  sharing: 'attempts',
  examples: [
    {
      command: 'rg-diag origin www.example.com --ip 203.0.113.7',
      says: 'Which error, if any, an origin behind Cloudflare causes.',
    },
    {
      command: 'rg-diag origin www.example.com --ip 203.0.113.7 --ticket',
      says: 'With a block to paste into a support ticket.',
    },
    {
      command: 'rg-diag origin https://www.example.com/login --ip 203.0.113.7 --mode flexible',
      says: 'Another page, under another SSL/TLS mode: does it send visitors round in a circle?',
    },
    {
      command: 'rg-diag origin www.example.com --ip 203.0.113.7 --repeat 50',
      says: 'How often a fault that comes and goes does come.',
    },
    {
      command: 'rg-diag origin www.example.com --ip 203.0.113.7 --connect-timeout 5 --read-timeout 10 -t 25 -f nagios',
      says: 'A health check that ends before its scheduler gives it up.',
    },
    {
      command: 'rg-diag origin www.example.com --railgun /etc/railgun/railgun.conf',
      says: 'On the machine of rg-listener: what it would log, too.',
    },
  ],
  notes: [
    {
      title: 'What is sent',
      paragraphs: [
        'One request to each address, as often as --repeat says, with the headers that Cloudflare adds, as far as they do not name a ' +
          'visitor. Where the page is asked for over HTTPS on port 443 with GET or HEAD, port 80 is asked for its path as well, ' +
          'without the query, to tell what the modes Off and Flexible would do; not where --header-file is given. With --railgun, ' +
          'the page is asked for once more, where rg-listener would ask.',
        'Where the name leads to Cloudflare, the page and /cdn-cgi/trace are asked for there, with GET; --public never asks nobody.',
      ],
    },
    {
      title: 'Several addresses',
      paragraphs: [
        'The worst decides: an error before what nobody can tell, and of several errors the one at the earliest stage. A table shows ' +
          'what each address came to.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: ({ label }) => label,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
