import type { Command } from '../command.js';
import type { TraceAsked, TraceFacts, TraceTarget } from './facts.js';

export const command: Command<TraceAsked, TraceTarget, TraceFacts> = {
  kind: 'diagnosis',
  name: 'trace',
  summary: 'fetch /cdn-cgi/trace: which Cloudflare data centre answers, how fast, or what answers instead',
  description: [
    'Asks every address of a host for https://HOST/cdn-cgi/trace, which Cloudflare itself answers for every site that ' +
      'it proxies, and reads the answer: the data centre with its city, the ray id, your address as Cloudflare sees ' +
      'it, the versions of HTTP and TLS, and the time of each step.',
    'When the answer is not a trace it says what it is: a challenge page, an error of Cloudflare with its code, a ' +
      'captive portal, or the origin itself, because the host is not proxied. Each of them is a failure.',
    'The certificate has to verify, and redirects are not followed.',
  ],
  arguments: [
    {
      value: { name: 'HOST', kind: 'text' },
      required: false,
      repeats: true,
      says: 'a host or HOST:PORT (443, with --http 80), or a URL, of which scheme, host and port count',
    },
  ],
  options: [
    { long: 'http', says: 'use plain HTTP instead of HTTPS' },
    {
      long: 'expect',
      value: { name: 'KEY=VALUE', kind: 'text' },
      repeats: true,
      says: 'fail unless KEY of the trace is VALUE; a KEY given several times may have any of its values',
    },
    {
      long: 'warning',
      short: 'w',
      value: { name: 'SECONDS', kind: 'number' },
      says: 'warn when all of it takes longer than SECONDS',
    },
    {
      long: 'critical',
      short: 'c',
      value: { name: 'SECONDS', kind: 'number' },
      says: 'fail when all of it takes longer than SECONDS',
    },
  ],
  takesTargets: true,
  network: true,
  trust: true,
  concurrency: 'make N requests at once (default 16)',
  defaultTimeout: 30,
  sharing: 'attempts',
  examples: [
    { command: 'rg-diag trace www.example.com', says: 'Which data centre answers, and how fast.' },
    {
      command: 'rg-diag trace www.example.com --expect colo=AMS --expect tls=TLSv1.3 -w 0.5 -c 2 -f nagios',
      says: 'A health check: the expected data centre, TLS 1.3, and soon.',
    },
    { command: 'rg-diag trace -6 www.example.com --ticket', says: 'What Cloudflare support asks for, over IPv6.' },
    {
      command: 'rg-diag trace www.example.com --connect-to 203.0.113.34',
      says: 'Whether another address answers for the host as Cloudflare does.',
    },
  ],
  notes: [
    {
      title: 'Proxies',
      paragraphs: [
        'HTTPS_PROXY (with --http HTTP_PROXY) names a proxy to go through, and NO_PROXY the hosts to reach without it; the ' +
          'same names in lower case win. NO_PROXY is a list with commas of names (with all names below them), addresses, ' +
          'ranges such as 192.0.2.0/24, each with an optional :PORT, or *. The proxy then resolves the name of the target: ' +
          'there is one report, which names the proxy. A password in the URL of the proxy is never shown.',
      ],
    },
    {
      title: 'Time',
      paragraphs: [
        'An attempt to connect is given up after --connect-timeout, by default 5 seconds; everything else ends with --timeout.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: ({ label }) => label,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
