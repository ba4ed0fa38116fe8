import { sources } from './sources.js';

/** What one form of the `Cf-Railgun` value says about its request. */
export interface RailgunForm {
  readonly form: 'compressed' | 'stream' | 'normal' | 'direct' | 'origin' | 'flags';
  /** One or two sentences. */
  readonly means: string;
  /** `possible`: the flags decide (0x10 and 0x20 both set). `none`: not with this form. `unknown`: it does not say. */
  readonly compression: 'possible' | 'none' | 'unknown';
  /** Published causes; empty where the form needs no explanation. */
  readonly causes: readonly string[];
  /** What to check next, in this order. */
  readonly checks: readonly string[];
  readonly sources: readonly string[];
}

const { railgunFaq: faq, railgunArticle: header, railgunExecution: execution, claireComment: claire } = sources;

const streamCauses: readonly string[] = [
  'The body is larger than stream.size (250000 bytes by default; it cannot be raised above 1 MB).',
  'memcached is not running, cannot be reached, or its socket has the wrong permissions.',
  'memcached is too small: its default is 64 MB, 512 MB to 2 GB are advised.',
  'The body is empty (301, 302) or only a few KB.',
  'The Content-Type of the origin is not one that Railgun compresses (text/*, application/*+xml, json, javascript, xml and a few more).',
];

const streamChecks: readonly string[] = [
  'Compare the size of the body with stream.size in railgun.conf.',
  'Check that memcached runs, that memcached.servers names it, and that user railgun may open its socket.',
  'Check how much memory memcached has.',
  'Check the status and the Content-Type that the origin sends.',
];

export const railgunForms: readonly RailgunForm[] = [
  {
    form: 'compressed',
    means: 'The answer came through Railgun, and the header says how far it was compressed.',
    compression: 'possible',
    causes: [],
    checks: [],
    sources: [faq, header],
  },
  {
    form: 'stream',
    means: 'The answer came through Railgun and was delivered well, but it was streamed without delta compression.',
    compression: 'none',
    causes: streamCauses,
    checks: streamChecks,
    sources: [faq],
  },
  {
    form: 'normal',
    means:
      'The answer was delivered without delta compression. The FAQ says that Railgun was bypassed; an older article uses the word for what is now called stream. It is not an error.',
    compression: 'none',
    causes: streamCauses,
    checks: ['Look at the flags: they say how the request was handled.', ...streamChecks],
    sources: [faq, header, claire],
  },
  {
    form: 'direct',
    means: 'The request went from Cloudflare straight to the origin, past Railgun.',
    compression: 'none',
    causes: [
      'The first request after a pause: one direct answer that compressed ones follow is the normal warm-up.',
      'Permanent on a site with little traffic: connections are closed and opened again all the time.',
      'Permanent on a busy site: rg-listener is down or cannot be reached.',
    ],
    checks: [
      'Repeat the request: the next answers should be compressed.',
      'Check that the railgun service runs.',
      'Check that TCP port 2408 is open.',
      "Check that Cloudflare's address ranges are allowed.",
    ],
    sources: [faq],
  },
  {
    form: 'origin',
    means:
      'The header that rg-listener adds to the request for the origin server (parameter origin.cf-railgun = 1): it shows that the request came through Railgun.',
    compression: 'unknown',
    causes: [],
    checks: [],
    sources: [execution],
  },
  {
    form: 'flags',
    means: 'A flags word alone, as rg-diag -decode takes it: it says how a request was handled.',
    compression: 'possible',
    causes: [],
    checks: [],
    sources: [faq],
  },
];

/** The row of a form. */
export function railgunFormOf(form: string): RailgunForm | undefined {
  return railgunForms.find((row) => row.form === form);
}
