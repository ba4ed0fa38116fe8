/** Why a request went straight to the origin: the text in the parentheses of `direct (…)`. */
export interface DirectReason {
  /** Lower case; reasons are compared without regard to case. */
  readonly reason: string;
  readonly meaning: string;
  /** What to do about it. */
  readonly action: string;
  readonly source: string;
  /** A connection is being opened: usual once in a while, and over by itself. */
  readonly warmUp?: true;
  /** A fault inside the sender, at Cloudflare: nothing on this side can cause or cure it. */
  readonly internal?: true;
}

// Spelled here and not taken from sources.ts: decoding a header starts with this file, and loads no more than it needs.
const faq = 'Cloudflare, Railgun FAQ @eb4aedb';

export const directReasons: readonly DirectReason[] = [
  {
    reason: 'all wan connections are busy',
    meaning:
      'The sender has reached its maximum of WAN connections (its parameter wan.lanes, 1,000 in production) and all are in use.',
    action: 'This is a load problem on the Railgun connection: report it to Cloudflare support.',
    source: faq,
  },
  {
    reason: 'starting new wan connection',
    meaning:
      'No WAN connection was free, so the request went straight to the origin while one is opened; usual on quiet sites.',
    action: 'Repeat the request and expect a compressed answer.',
    source: faq,
    warmUp: true,
  },
  {
    reason: 'waiting for pending wan connection',
    meaning: 'A WAN connection is already being opened but is not up yet.',
    action:
      'Repeat the request and expect a compressed answer; where this is permanent, check that TCP port 2408 of rg-listener is reachable (rg-diag listener HOST).',
    source: faq,
    warmUp: true,
  },
  {
    reason: 'internal error',
    meaning: 'A fault inside the sender, at Cloudflare.',
    action: 'Open a ticket with Cloudflare support.',
    source: faq,
    internal: true,
  },
  {
    reason: 'internal channel failure',
    meaning: 'A fault inside the sender, at Cloudflare.',
    action: 'Open a ticket with Cloudflare support.',
    source: faq,
    internal: true,
  },
];

/** The row of a reason, whatever its case and surrounding blanks; nothing where no source lists it. */
export function directReasonOf(reason: string): DirectReason | undefined {
  const text = reason.trim().toLowerCase();
  return directReasons.find((row) => row.reason === text);
}
