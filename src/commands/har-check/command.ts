import type { Command } from '../command.js';
import type { HarCheckAsked, HarCheckFacts, HarCheckTarget } from './facts.js';

export const command: Command<HarCheckAsked, HarCheckTarget, HarCheckFacts> = {
  kind: 'diagnosis',
  name: 'har check',
  summary: 'read HTTP archives of a browser: errors, rays, cache and Railgun results, what is slow; two side by side',
  description: [
    'Reads an HTTP archive (HAR) as a browser saves it, and says what is in it of Cloudflare: the statuses with the rays of what ' +
      'failed, the data centres, CF-Cache-Status, Cf-Railgun, requests without an answer, and what took longest, and in which phase.',
    'With two archives of the same page, one made with Cloudflare and one while it was paused, the same requests stand side by ' +
      'side: which errors are there only through Cloudflare, which come from the origin either way, and what is slower, and where. ' +
      'Which one was made with Cloudflare shows in it.',
    'Queries, cookies, other headers and bodies are in no output.',
  ],
  arguments: [
    {
      value: { name: 'FILE', kind: 'file' },
      required: false,
      repeats: true,
      says: 'one HTTP archive or two, plain or gzip; - (and no FILE) is standard input',
    },
  ],
  options: [
    {
      long: 'slow',
      value: { name: 'SECONDS', kind: 'number', min: 0.001 },
      says: 'from how many seconds on a request is slow (default 5)',
    },
  ],
  takesTargets: false,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag har check www.example.com.har', says: 'What went wrong, with the rays that support asks for.' },
    {
      command: 'rg-diag har check proxied.har paused.har',
      says: 'Whether it goes wrong at Cloudflare or at the origin.',
    },
  ],
  notes: [
    {
      title: 'Limits',
      paragraphs: [
        'An archive may have 250 MB; a longer one is refused. Two requests are the same by method and address: with the query where that is the same, otherwise without.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  usualTimeout: () => undefined,
  label: ({ paths }) => paths.map((path) => (path === '-' ? 'standard input' : path)).join(', '),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
