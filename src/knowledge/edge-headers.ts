import { sources } from './sources.js';

/** A header of Cloudflare that tells who answered, or how; without those that have a table of their own. */
export interface EdgeHeader {
  /** As it is usually written. */
  readonly name: string;
  /** The values that the row is about, lower case; absent: any. */
  readonly value?: string;
  readonly meaning: string;
  readonly checks?: readonly { readonly says: string; readonly command?: string }[];
  readonly source: string;
}

const { httpHeaders, errorHeaders, errorResponses: responses, of2023: old } = sources;
const captured = 'captured responses';
const challenge = 'Cloudflare, detecting a challenge page response';

export const edgeHeaders: readonly EdgeHeader[] = [
  {
    name: 'cf-mitigated',
    value: 'challenge',
    meaning:
      'The answer is a challenge page of Cloudflare, of whichever type (usually with HTTP status 403): it is not an error.',
    checks: [
      { says: 'owner: look the ray id up in Security Events' },
      { says: 'see how the edge answers this machine', command: 'rg-diag trace HOST' },
    ],
    source: challenge,
  },
  {
    name: 'Server',
    value: 'cloudflare',
    meaning:
      'The answer came through Cloudflare. That alone does not say whether an error is Cloudflare’s or the origin’s.',
    source: sources.claire,
  },
  {
    name: 'Server',
    value: 'cloudflare-nginx',
    meaning:
      'The answer came through Cloudflare before about 2017; today it says cloudflare. In the body of an error page it is the old sign that Cloudflare generated the error.',
    source: `${sources.claire}; ${old}`,
  },
  {
    name: 'Retry-After',
    meaning:
      'How many seconds to wait before trying again. Cloudflare sends it with errors that may pass; a rate limiting rule can set its own value.',
    source: responses,
  },
  {
    name: 'cf-error-origin',
    meaning: 'Which system of Cloudflare generated the error page; it is only on pages that Cloudflare generated.',
    source: errorHeaders,
  },
  {
    name: 'cf-error-type',
    meaning: 'The code of the error, say 1016 or 52x; it is only on pages that Cloudflare generated.',
    source: errorHeaders,
  },
  {
    name: 'cf-polished',
    meaning: 'What Polish did to the image: its original size and format, and why it was left as it is.',
    source: captured,
  },
  {
    name: 'cf-bgj',
    meaning: 'What was done to the resource in the background, such as minify or imgq.',
    source: captured,
  },
  { name: 'cf-resized', meaning: 'What resizing did to the image, or its error (err=).', source: captured },
  {
    name: 'cf-request-id',
    meaning: 'An id of the request in captures up to 2021; today CF-RAY names it.',
    source: captured,
  },
  {
    name: 'CF-Connecting-IP',
    meaning: 'The address of the visitor, which Cloudflare adds to requests to the origin.',
    source: httpHeaders,
  },
  {
    name: 'True-Client-IP',
    meaning: 'The address of the visitor, which Cloudflare adds to requests to the origin (Enterprise).',
    source: httpHeaders,
  },
  {
    name: 'CF-IPCountry',
    meaning: 'The country of the visitor, which Cloudflare adds to requests to the origin: XX is unknown, T1 is Tor.',
    source: httpHeaders,
  },
  {
    name: 'CF-Visitor',
    meaning: 'The scheme that the visitor used, which Cloudflare adds to requests to the origin.',
    source: httpHeaders,
  },
  {
    name: 'CDN-Loop',
    value: 'cloudflare',
    meaning: 'The request came through Cloudflare, which adds this to requests to the origin.',
    source: httpHeaders,
  },
  {
    name: 'CF-Worker',
    meaning: 'The request was made by a Worker; Cloudflare adds this to requests to the origin.',
    source: httpHeaders,
  },
  {
    name: 'CF-Connecting-IPv6',
    meaning: 'The IPv6 address of the visitor, which Cloudflare adds to requests to the origin.',
    source: httpHeaders,
  },
  {
    name: 'CF-Pseudo-IPv4',
    meaning: 'An IPv4 address that stands for the visitor’s IPv6 one; Cloudflare adds it to requests to the origin.',
    source: httpHeaders,
  },
  {
    name: 'X-Forwarded-For',
    meaning:
      'The addresses that the request came through: Cloudflare appends the visitor’s in requests to the origin. Longer than 100 characters, or sent twice, it is a cause of error 1000.',
    source: `${httpHeaders}; Cloudflare, Error 1000`,
  },
  {
    name: 'X-Forwarded-Proto',
    meaning: 'The scheme that the visitor used, which Cloudflare adds to requests to the origin.',
    source: httpHeaders,
  },
  {
    name: 'CF-EW-Via',
    meaning: 'Cloudflare adds it to requests to the origin; no source that is known here says what is in it.',
    source: httpHeaders,
  },
  ...['X-Accel-Buffering', 'X-Accel-Charset', 'X-Accel-Limit-Rate', 'X-Accel-Redirect'].map((name) => ({
    name,
    meaning: 'A header of the origin for nginx, which Cloudflare removes from its answers: visitors do not get it.',
    source: httpHeaders,
  })),
  {
    name: 'alt-svc',
    meaning: 'Where else the site can be had: h3=":443" is HTTP/3 at Cloudflare.',
    source: captured,
  },
  {
    name: 'nel',
    meaning: 'Asks browsers to report network errors; its group cf-nel in report-to is Cloudflare’s.',
    source: captured,
  },
  {
    name: 'report-to',
    meaning: 'Where browsers send reports; the group cf-nel is Cloudflare’s.',
    source: captured,
  },
  {
    name: 'Speculation-Rules',
    meaning: 'Rules for fetching pages ahead of time, which the edge of Cloudflare adds.',
    source: captured,
  },
  {
    name: 'Expect-CT',
    meaning: 'Seen in answers of Cloudflare up to 2021: about certificate transparency.',
    source: captured,
  },
  {
    name: 'cf.response.error_type',
    meaning:
      'A field for rules: what kind of answer Cloudflare generated, one of managed_challenge, iuam, legacy_challenge, ip_ban, waf, 5xx, 1xxx, always_online, country_challenge, ratelimit.',
    source: 'Cloudflare docs, ruleset-engine fields',
  },
  {
    name: 'cf.response.1xxx_code',
    meaning: 'A field for rules: the 1xxx code of the error page.',
    source: 'Cloudflare docs, ruleset-engine fields',
  },
];

/** The row of a header, by its name in any case and, where the row names one, its value. */
export function edgeHeaderOf(name: string, value: string): EdgeHeader | undefined {
  const key = name.toLowerCase();
  const said = value.trim().toLowerCase();
  return edgeHeaders.find((row) => row.name.toLowerCase() === key && (row.value === undefined || row.value === said));
}
