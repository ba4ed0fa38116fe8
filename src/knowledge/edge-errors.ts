/** An error that Cloudflare's edge answers with itself: a 5xx status, or a 1xxx code in the body of the answer. */
export interface EdgeError {
  readonly code: number;
  /** What happened, without a full stop. */
  readonly cause: string;
  /** What to do about it, a sentence. */
  readonly remedy: string;
  readonly source: string;
}

const codes5xx = 'Cloudflare, 5xx errors @64b2464';
const codes1xxx = 'Cloudflare, 1xxx errors @9e09e9f';

const rows: readonly (readonly [codes: readonly number[], cause: string, remedy: string])[] = [
  [[500], 'an internal error', 'Check recent changes of rules and Workers; ask the host about the database.'],
  [[501], 'a method of HTTP that Workers do not know', 'Use a standard method.'],
  [
    [502, 504],
    'no usable answer from the origin',
    'Check that the origin answers for this host name and is not overloaded.',
  ],
  [[503], 'the origin is overloaded or limits requests', 'Ask the host; check the CPU and memory of Workers.'],
  [
    [520],
    'the origin answered with nothing, or with something unexpected',
    'Check the origin for crashes, huge headers and blocked Cloudflare addresses.',
  ],
  [[521], 'the origin refuses the connection', 'Check that the web server runs and allows every Cloudflare range.'],
  [
    [522],
    'the origin did not answer the attempt to connect, or did not take the request',
    'Check firewalls, load and the A record of the origin.',
  ],
  [[523], 'no route to the origin', 'Check the A and AAAA records of the origin and the routes to it.'],
  [[524], 'the origin took the request and did not answer in time', 'Look for slow work at the origin.'],
  [
    [525],
    'the TLS handshake with the origin failed',
    'Install a certificate at the origin and check port 443 and its ciphers.',
  ],
  [
    [526],
    'the certificate of the origin is not valid',
    'Renew the certificate of the origin, or install one of Cloudflare Origin CA.',
  ],
  [
    [527],
    'the connection to rg-listener was interrupted, or rg-listener cannot reach the origin',
    'Read the log of rg-listener.',
  ],
  [[530], 'the body of the answer carries a code from 1000 on', 'Look that code up.'],
  [[1000], 'the DNS record points at a Cloudflare address', 'Use the real address of the origin in DNS.'],
  [[1001], 'the host is not known to Cloudflare', 'Add the domain, or correct the CNAME.'],
  [[1002], 'the DNS record points at an address that is not allowed', 'Correct the A or CNAME record.'],
  [[1003], 'a Cloudflare address was asked directly', 'Ask for the host by its name.'],
  [[1004], 'the host is not configured for Cloudflare', 'Wait five minutes for DNS; then write to support.'],
  [
    [1005],
    'the network of the visitor is banned by the owner',
    'Owner: look the ray id up in Security Events; check IP Access Rules.',
  ],
  [[1006, 1007, 1008, 1106], 'the address of the visitor is banned by the owner', 'Owner: allow the address.'],
  [[1009], 'the country or region of the visitor is banned by the owner', 'Owner: allow the address.'],
  [
    [1010],
    'the signature of the browser is banned (Browser Integrity Check)',
    'Owner: turn Browser Integrity Check off for this client.',
  ],
  [[1011], 'hotlink protection', 'Owner: see Scrape Shield.'],
  [
    [1012],
    'malicious activity from the host or network of the visitor',
    'Clean the machine; owner: allow the address.',
  ],
  [
    [1013],
    'the Host header and the server name of TLS differ',
    'Repair the client or the middlebox that changes one of them.',
  ],
  [[1014], 'a CNAME across accounts', 'Use Cloudflare for SaaS.'],
  [[1015], 'too many requests', 'Wait; owner: adjust the rate limiting rule.'],
  [[1016], 'the name of the origin does not resolve', 'Create or repair the record of the origin.'],
  [[1018, 1023], 'the host could not be found', 'Wait for a new domain to be known; then write to support.'],
  [[1019], 'a Worker calls itself', 'Break the recursion.'],
  [[1020], 'a firewall rule of the owner', 'Owner: look the ray id up in Security Events and allow the client.'],
  [[1025], 'the limit of the Workers plan', 'Upgrade the plan.'],
  [[1033], 'the tunnel is down', 'Start cloudflared.'],
  [[1034], 'the address at the edge is restricted', 'Correct the DNS record: use an address of your own.'],
  [[1035], 'a rewritten path is not valid', 'Repair the expression of the rewrite rule.'],
  [[1036], 'a rewritten URL is too long', 'Shorten the expression of the rewrite rule.'],
  [[1037], 'the expression of a rewrite rule failed', 'Make sure that every element of the expression is defined.'],
  [[1038], 'the headers are over the limit', 'Send fewer headers; check rules that add some.'],
  [[1040], 'a header that must not be modified', 'Use another header in the rule.'],
  [[1041], 'the value of a header is too long or has characters that are not allowed', 'Repair the rule that sets it.'],
  [[1101], 'an exception in a Worker', 'Read the logs of the Worker.'],
  [[1102], 'a Worker exceeded its CPU time or memory', 'Optimise the Worker or raise its CPU limit.'],
  [[1104], 'a variant of the e-mail address is registered already', 'Change the older address.'],
  [[1200], 'too many requests wait at the edge for the origin', 'Make the origin faster, or cache more.'],
  [[1205], 'too many redirects', 'Break the circle of redirects.'],
];

/** What an error of the edge means; nothing where no source says so. */
export function edgeErrorOf(code: number): EdgeError | undefined {
  const row = rows.find(([codes]) => codes.includes(code));
  if (row === undefined) return undefined;
  return { code, cause: row[1], remedy: row[2], source: code < 1000 ? codes5xx : codes1xxx };
}
