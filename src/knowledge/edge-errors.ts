/** An error that Cloudflare's edge answers with itself: a 5xx status, or a 1xxx code in the body of the answer. */
export interface EdgeError {
  readonly code: number;
  /** What happened, without a full stop. */
  readonly cause: string;
  /** What to do about it, a sentence. */
  readonly remedy: string;
  readonly source: string;
}

const of1xxx = 'Cloudflare, 1xxx errors @9e09e9f';
const pageOf = (code: number) => `Cloudflare, Error ${code}; ${of1xxx}`;
const errorResponses = 'Cloudflare, error responses @0cc0c37';

type Row = readonly [codes: readonly number[], cause: string, remedy: string, source: string];

const rows5xx: readonly Row[] = [
  [
    [500],
    'an internal error',
    'Check recent changes of rules and Workers; ask the host about the application and its database.',
    'Cloudflare, Error 500 @8cd2f79',
  ],
  [[501], 'a method of HTTP that Workers do not know', 'Use a standard method.', 'Cloudflare, Error 501 @e6fb65e'],
  [
    [502, 504],
    'of the origin itself where the page is branded, of Cloudflare where it is blank',
    'Check that the origin answers for this host name, is not overloaded, and compresses correctly.',
    'Cloudflare, Errors 502 and 504 @994f80d',
  ],
  [
    [503],
    'the origin is overloaded or limits requests',
    'Ask the host; check the CPU and memory of Workers.',
    'Cloudflare, Error 503 @b55aab7',
  ],
  [
    [520],
    'the origin answered with nothing, or with something unexpected',
    'Check the origin for crashes, huge headers and blocked Cloudflare addresses.',
    'Cloudflare, Error 520 @d5d7f97',
  ],
  [
    [521],
    'the origin refuses the connection',
    'Check that the web server runs and allows every Cloudflare range.',
    'Cloudflare, Error 521 @eee4370',
  ],
  [
    [522],
    'the origin did not answer the attempt to connect, or did not acknowledge the request',
    'Check firewalls, load and the A record of the origin.',
    'Cloudflare, Error 522 @cbc4445',
  ],
  [
    [523],
    'no route to the origin',
    'Check the A and AAAA records of the origin and the routes to it.',
    'Cloudflare, Error 523 @2c99cef',
  ],
  [
    [524],
    'the origin took the request and did not answer in time',
    'Look for long jobs and overload at the origin.',
    'Cloudflare, Error 524 @64b2464',
  ],
  [
    [525],
    'the TLS handshake with the origin failed',
    'Install a certificate at the origin and check port 443, SNI and the ciphers.',
    'Cloudflare, Error 525 @41b6084',
  ],
  [
    [526],
    'the certificate of the origin does not validate',
    'Renew the certificate of the origin, or install one of Cloudflare Origin CA.',
    'Cloudflare, Error 526 @d5d7f97',
  ],
  [
    [527],
    'the connection to rg-listener was interrupted, or rg-listener cannot reach the origin',
    'Read the log of rg-listener, with log.level = 5.',
    // Today's pages have it no more.
    'Cloudflare, 5xx troubleshooting, Railgun errors',
  ],
  [
    [530],
    'the body of the answer carries a code from 1000 on, usually 1016',
    'Look that code up.',
    'Cloudflare, Error 530 @c0d017d',
  ],
];

const rows1xxx: readonly Row[] = [
  [
    [1000],
    'a DNS record or an origin of a load balancer is a Cloudflare address, a proxy loops back, or a header is not allowed',
    'Use the real address of the origin, and redirect instead of proxying.',
    pageOf(1000),
  ],
  [[1001], 'the host is not known to Cloudflare', 'Add the domain, or correct the CNAME.', of1xxx],
  [[1002], 'the DNS record points at an address that is not allowed', 'Correct the A or CNAME record.', of1xxx],
  [[1003], 'a Cloudflare address was asked directly', 'Ask for the host by its name.', of1xxx],
  [
    [1004],
    'the host is not configured: DNS does not know it yet, or its proxying was disabled for abuse',
    'Wait five minutes; then write to support.',
    of1xxx,
  ],
  [
    [1005],
    'the network of the visitor is banned by the owner',
    'Owner: look the ray id up in Security Events; check IP Access Rules.',
    of1xxx,
  ],
  [[1006, 1007, 1008, 1106], 'the address of the visitor is banned by the owner', 'Owner: allow the address.', of1xxx],
  [[1009], 'the country or region of the visitor is banned by the owner', 'Owner: allow the address.', of1xxx],
  [
    [1010],
    'the signature of the browser is banned (Browser Integrity Check)',
    'Owner: turn Browser Integrity Check off.',
    of1xxx,
  ],
  [[1011], 'hotlink protection', 'Owner: see Scrape Shield.', of1xxx],
  [
    [1012],
    'malicious activity from the host or network of the visitor',
    'Clean the machine; owner: allow the address.',
    of1xxx,
  ],
  [
    [1013],
    'the Host header and the server name of TLS differ',
    'Repair the client or the middlebox that changes one of them.',
    of1xxx,
  ],
  [
    [1014],
    'a CNAME across accounts, or an R2 domain under a zone hold',
    'Use Cloudflare for SaaS; drop the zone hold.',
    pageOf(1014),
  ],
  [[1015], 'too many requests', 'Wait; owner: adjust the rate limiting rule.', pageOf(1015)],
  [[1016], 'the name of the origin does not resolve', 'Create or repair the record of the origin.', pageOf(1016)],
  [[1018, 1023], 'the host could not be found', 'Wait for a new domain to be known; then write to support.', of1xxx],
  [[1019], 'a Worker calls itself', 'Break the recursion.', of1xxx],
  [
    [1020],
    'a firewall rule of the owner',
    'Owner: look the ray id up in Security Events and allow the client.',
    pageOf(1020),
  ],
  [[1025], 'the limit of the Workers plan', 'Upgrade the plan.', of1xxx],
  [[1033], 'the tunnel does not resolve, or cloudflared is down', 'Start cloudflared.', pageOf(1033)],
  [
    [1034],
    'the address at the edge is restricted',
    'Correct the DNS record: use an address of your own.',
    pageOf(1034),
  ],
  [[1035], 'a rewritten path is not valid', 'Repair the expression of the rewrite rule.', of1xxx],
  [[1036], 'a rewritten URL is too long', 'Shorten the expression of the rewrite rule.', of1xxx],
  [
    [1037],
    'the expression of a rewrite rule failed',
    'Make sure that every element of the expression is defined.',
    of1xxx,
  ],
  // No page explains these two: there is a category, and when to try again.
  [[1038], 'the limit of HTTP headers', 'Try again after 60 s.', errorResponses],
  [[1040], 'a header that must not be modified', 'Use another header in the rule.', of1xxx],
  [
    [1041],
    'the value of a header is too long or has characters that are not allowed',
    'Repair the rule that sets it.',
    of1xxx,
  ],
  [[1101], 'an exception in a Worker', 'Read the logs of the Worker.', of1xxx],
  [[1102], 'a Worker exceeded its CPU time or memory', 'Optimise the Worker or raise its CPU limit.', pageOf(1102)],
  [[1104], 'a variant of the e-mail address is registered already', 'Change the older address.', of1xxx],
  [[1200], 'too many requests wait at the edge for the origin', 'Make the origin faster, or cache more.', pageOf(1200)],
  [[1205], 'too many redirects', 'Try again after 5 s.', errorResponses],
];

const rows = [...rows5xx, ...rows1xxx];

/** What an error of the edge means; nothing where no source says so. */
export function edgeErrorOf(code: number): EdgeError | undefined {
  const row = rows.find(([codes]) => codes.includes(code));
  if (row === undefined) return undefined;
  const [, cause, remedy, source] = row;
  return { code, cause, remedy, source };
}

/** Every code of the table, ascending. */
export function edgeErrorCodes(): number[] {
  return rows.flatMap(([codes]) => codes).sort((a, b) => a - b);
}
