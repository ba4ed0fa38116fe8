/**
 * What the sources state, as figures and literal words, written down from the fact sheet by hand: what rg-diag says is held
 * against it row by row. Nothing here is derived from src.
 */
export interface Stated5xx {
  readonly code: number;
  /** Exact conditions and timers. */
  readonly conditions: readonly RegExp[];
  readonly causes: readonly RegExp[];
  /** Fixes and next steps. */
  readonly fixes: readonly RegExp[];
  readonly support: readonly RegExp[];
  readonly category?: 'origin' | 'cloudflare' | 'ssl';
  /** Seconds; null: not to be tried again; absent: not published. */
  readonly retryAfter?: number | null;
  /** What differs between 2023 and now. */
  readonly changes: readonly RegExp[];
}

const timeAndTrace = [/the time of the error and its time zone/, /\/cdn-cgi\/trace/];

export const stated5xx: readonly Stated5xx[] = [
  {
    code: 500,
    conditions: [/internal error/, /database/, /“cloudflare” or “cloudflare-nginx”/],
    causes: [/database/, /Worker \(error 1101\)/, /Page Rule/],
    fixes: [/Ask the host/, /changed recently|recent changes/, /pause Cloudflare/i],
    support: [/name of the domain/, ...timeAndTrace],
    category: 'cloudflare',
    retryAfter: 30,
    changes: [/Workers and Page Rules/],
  },
  {
    code: 501,
    conditions: [/Workers.*method.*not standard.*mistyped/],
    causes: [/client/],
    fixes: [/standard method/],
    support: [],
    changes: [],
  },
  ...[502, 504].map(
    (code): Stated5xx => ({
      code,
      conditions: [/Branded page.*the origin itself answered/, /Blank, unbranded page: Cloudflare generated it/],
      causes: [
        /does not answer for this host name/,
        /overloaded/,
        /blocked/,
        /wrong Content-Length with gzip, or broken gzip/,
        /moves traffic between its data centres/,
        /Gateway.*HTTP\/2/,
        ...(code === 504 ? [/Early Hints.*earlyHintsCache/, /cache\.match/] : []),
      ],
      fixes: [/compression off/],
      support: [/the URL/, ...timeAndTrace],
      category: 'origin',
      retryAfter: code === 502 ? 60 : 120,
      changes: [/compression/, /data centres/, /Early Hints/],
    }),
  ),
  {
    code: 503,
    conditions: [
      /overloaded/,
      /limits requests/,
      /“cloudflare” or “cloudflare-nginx”.*data centre/,
      /only in logs.*Speed Brain/,
    ],
    causes: [/overloaded/, /rate of requests/, /Worker.*CPU time or memory \(error 1102\)/],
    fixes: [/host/],
    support: [/name of the domain/, ...timeAndTrace],
    changes: [/logs only/, /Workers/],
  },
  {
    code: 520,
    conditions: [/empty, unknown or unexpected/, /128 KB/, /16 KB/, /keep-alive.*30 s/, /idle for 900 s/],
    causes: [
      /crashes.*PHP/,
      /addresses are not allowed/,
      /headers.*too large.*cookies/,
      /without a status code or a body/,
      /headers are missing/i,
      /HTTP\/2.*ALPN/,
      /Authenticated Origin Pulls/,
      /“upstream prematurely closed connection while reading response header from upstream”/,
    ],
    fixes: [/DNS-only, or pause/, /Turn off HTTP\/2 to Origin/],
    support: [/full URL/, /cf-ray from the error page/, /\/cdn-cgi\/trace/, /two HAR files.*enabled.*paused/],
    category: 'origin',
    retryAfter: 60,
    changes: [/128 KB.*instead of 16 KB/, /HTTP\/2/, /Authenticated Origin Pulls/],
  },
  {
    code: 521,
    conditions: [/refuses the TCP connection/],
    causes: [
      /web server is down/,
      /firewall or security plugin blocks/,
      /80 for Flexible, 443 for Full/,
      /172\.64\.0\.0\/13/,
    ],
    fixes: [/Allow every Cloudflare range/, /Origin CA/, /172\.16\.0\.0\/12/],
    support: [],
    category: 'origin',
    retryAfter: 120,
    changes: [],
  },
  {
    code: 522,
    conditions: [
      /no SYN\+ACK.*within 19 s \(in 2023: 15 s\)/,
      /1, 1, 1, 1, 1, 2, 4 and 8 s/,
      /not acknowledge.*within 90 s/,
    ],
    causes: [
      /\.htaccess, iptables or a firewall \(the commonest cause\)/,
      /overloaded/,
      /keep-alive/i,
      /A record.*not the real address/,
      /packets are lost/i,
      /Pages.*custom domain/,
      /Worker on a Custom Domain fetches itself/,
      /100:: or 192\.0\.2\.0/,
    ],
    fixes: [/global_fetch_strictly_public/],
    support: [/MTR or traceroute from the origin to a Cloudflare address that its logs show/, /what the host found/],
    category: 'origin',
    retryAfter: 120,
    changes: [/15 s .*19 s \(newer: .*Go by 19 s/],
  },
  {
    code: 523,
    conditions: [/no network route to the address of the origin/],
    causes: [/A or AAAA record/, /routing on the Internet/i],
    fixes: [/Correct the record/],
    support: [
      /MTR or traceroute from the origin/,
      /Railgun: a traceroute from rg-listener to the origin, and its newest syslog/,
      /partner: ask that host/,
    ],
    category: 'origin',
    retryAfter: 120,
    changes: [/lines about Railgun/],
  },
  {
    code: 524,
    conditions: [/acknowledged.*no HTTP response.*120 s.*in 2023: 100 s/, /Proxy Write Timeout of 30 s.*6\.5 s/],
    causes: [/long job/, /overloaded/, /lan\.timeout.*30 s/],
    fixes: [
      /poll/,
      /over 120 s on a subdomain that is DNS-only/,
      /6,000 s.*Cache Rule.*proxy_read_timeout.*1 s/,
      /restart the railgun service/,
    ],
    support: [],
    category: 'origin',
    retryAfter: 120,
    changes: [/100 s .*120 s \(newer: .*Go by 120 s/, /Go by 524/, /write timeout/],
  },
  {
    code: 525,
    conditions: [/handshake.*failed, and the SSL\/TLS mode is Full or Full \(strict\)/],
    causes: [/no valid certificate/i, /port 443, or the custom port/i, /SNI/, /cipher suite/, /comes and goes/],
    fixes: [/Origin CA/, /mod_ssl/, /log level in nginx/, /originResponseStatus is 0/],
    support: [],
    category: 'ssl',
    retryAfter: null,
    changes: [/originResponseStatus/],
  },
  {
    code: 526,
    conditions: [/cannot validate.*mode is Full \(strict\)/],
    causes: [/expired/, /revoked/, /self-signed/, /common name.*alternative names/, /443 is closed/],
    fixes: [
      /set the SSL\/TLS mode to Full/,
      /Origin CA/,
      /Custom Origin Trust Store/,
      /Renew/,
      /cots_on_external_fetch/,
    ],
    support: [],
    category: 'ssl',
    retryAfter: null,
    changes: [/Trust Store, Gateway and Workers/],
  },
  {
    code: 527,
    conditions: [/between Cloudflare and rg-listener was interrupted/, /5\.3\.0/],
    causes: [/firewall/, /packet loss/, /not in time|connect to the origin/, /lan\.timeout \(30 s\)/, /refuses/, /TLS/],
    fixes: [/log\.level = 5/, /validate\.cert = 0/],
    support: [/full railgun\.conf/, /full railgun-nat\.conf/, /log of Railgun/],
    changes: [/newest ones leave 527 out/, /502.*527 \(newer/],
  },
  {
    code: 530,
    conditions: [/body.*1xxx code, usually 1016/],
    causes: [/does not resolve \(1016\)/, /Load Balancing.*China/],
    fixes: [/DNS record/],
    support: [],
    changes: [/Load Balancing in China/],
  },
];

export interface Stated1xxx {
  readonly code: number;
  readonly cause: readonly RegExp[];
  readonly remedy: readonly RegExp[];
  readonly status?: number | string;
}

export const stated1xxx: readonly Stated1xxx[] = [
  {
    code: 1000,
    status: '403 (inferred)',
    cause: [
      /A record.*load balancer.*Cloudflare address/,
      /reverse proxy.*back/i,
      /X-Forwarded-For.*100 characters.*twice/,
      /CF-Connecting-IP/,
      /SNI/,
      /custom hostname/,
    ],
    remedy: [/real address of the origin/, /Redirect instead of proxying/, /Ask the SaaS provider/],
  },
  {
    code: 1001,
    cause: [
      /does not know the host/,
      /CNAME of one that is/,
      /target of a CNAME/,
      /cdn\.cloudflare\.net/,
      /Always Online/,
    ],
    remedy: [/Add the domain/, /Correct the CNAME/, /Always Online off/],
  },
  {
    code: 1002,
    status: '403 (inferred)',
    cause: [/prohibited.*Cloudflare, local/, /Restricted/],
    remedy: [/A or CNAME record/, /resolve its own name/],
  },
  { code: 1003, cause: [/Cloudflare address was asked directly/], remedy: [/by its name/] },
  { code: 1004, cause: [/disabled because of abuse/, /not propagated/], remedy: [/five minutes.*support/] },
  { code: 1005, cause: [/network \(ASN\).*banned|banned the network \(ASN\)/], remedy: [/ray id/, /IP Access Rules/] },
  ...[1006, 1007, 1008, 1106].map((code) => ({
    code,
    cause: [/banned the address of the visitor/, /Zone Lockdown/],
    remedy: [/allow the address/],
  })),
  { code: 1009, cause: [/country or region/], remedy: [/allow the address/] },
  { code: 1010, cause: [/Browser Integrity Check/], remedy: [/Browser Integrity Check off/] },
  { code: 1011, cause: [/hotlink protection/i], remedy: [/Scrape Shield/] },
  { code: 1012, cause: [/malicious activity/i], remedy: [/Clean the machine/, /allow/] },
  { code: 1013, cause: [/Host header.*SNI/], remedy: [/client.*middlebox/, /HAR/] },
  {
    code: 1014,
    cause: [/another Cloudflare account/, /R2 custom domain is under a zone hold/, /banned zone/],
    remedy: [/Cloudflare for SaaS/, /Drop the hold/, /unpaid invoices.*phishing/],
  },
  { code: 1015, cause: [/rate limiting/, /Unable to purge/], remedy: [/wait/i, /10 s or more/], status: 429 },
  {
    code: 1016,
    cause: [
      /no A record/,
      /CNAME, or a pool of a load balancer/,
      /Spectrum/,
      /SaaS hostname.*fallback origin/,
      /Worker/,
    ],
    remedy: [/Create/, /Repair the record/, /Validate the custom hostname/],
    status: 530,
  },
  ...[1018, 1023].map((code) => ({
    code,
    cause: [/new domain/, /partner/],
    remedy: [/Wait/, /name of the domain/, /screenshot with the ray id/, /HAR/],
    status: 409,
  })),
  { code: 1019, cause: [/Worker calls itself/], remedy: [/Break the recursion/] },
  { code: 1020, cause: [/firewall rule/, /deprecated/], remedy: [/Security Events.*allow/] },
  { code: 1025, cause: [/limit of the Workers plan/], remedy: [/Upgrade/] },
  {
    code: 1033,
    cause: [/tunnel does not resolve/, /cloudflared is down/],
    remedy: [/Start cloudflared/, /load balancer/],
  },
  {
    code: 1034,
    cause: [/1\.1\.1\.1/, /SaaS.*not validated/],
    remedy: [/100:: or 192\.0\.2\.0/, /address of your own/],
  },
  { code: 1035, cause: [/empty, without a leading \/, or under \/cdn-cgi\//], remedy: [/Repair the expression/] },
  { code: 1036, cause: [/too long/], remedy: [/Shorten/] },
  { code: 1037, cause: [/not defined/], remedy: [/every element.*defined/] },
  { code: 1040, cause: [/header that must not be modified/], remedy: [/another header/] },
  { code: 1041, cause: [/too long.*characters that are not allowed/], remedy: [/Repair the rule/] },
  { code: 1101, cause: [/Worker threw an exception/], remedy: [/logs of the Worker/] },
  { code: 1102, cause: [/CPU time or 128 MB of memory/], remedy: [/Optimise/, /paid plans up to 5 minutes/] },
  { code: 1104, cause: [/e-mail address/], remedy: [/Change the older address/] },
  { code: 1200, cause: [/too many requests wait at the edge/i], remedy: [/origin faster, or cache more/] },
];

/** Seconds of Retry-After of 1xxx codes: all others are not to be tried again. */
export const statedRetry1xxx: Readonly<Record<number, number>> = {
  1004: 120,
  1015: 30,
  1033: 120,
  1038: 60,
  1200: 60,
  1205: 5,
};

export const statedCategories: Readonly<Record<string, readonly number[]>> = {
  access_denied: [1107, 1108, 1109],
  rate_limit: [1027],
  config: [1004, 1043, 1047, 1049],
  tls: [1017, 1028, 1029, 1044],
  legal: [1026, 1039],
  worker: [1042, 1100, 1103, 1105],
  snippet: [1201, 1202, 1203, 1204, 1205, 1206],
  unsupported: [1045],
};

export const statedCacheStatuses: Readonly<Record<string, RegExp>> = {
  HIT: /from the cache/,
  MISS: /not in the cache.*fetched/,
  NONE: /before the cache.*Worker.*WAF.*redirect/,
  UNKNOWN: /before the cache.*Worker.*WAF.*redirect/,
  EXPIRED: /expired.*fetched/,
  STALE: /expired copy.*origin could not be reached/,
  BYPASS: /no-cache, private or max-age=0.*Set-Cookie.*Authorization/,
  REVALIDATED: /conditional request.*confirmed/,
  UPDATING: /expired copy.*updated in the background/,
  DYNAMIC: /not one that is cached by default.*fetched/,
};

export const statedReasons: readonly { readonly text: string; readonly says: readonly RegExp[] }[] = [
  { text: 'all WAN connections are busy', says: [/maximum of WAN connections/, /wan\.lanes, 1,000/, /support/] },
  {
    text: 'starting new WAN connection',
    says: [/straight to the origin while one is opened/, /quiet sites/, /Repeat/],
  },
  { text: 'waiting for pending WAN connection', says: [/already being opened/, /2408/] },
  { text: 'internal error', says: [/inside the sender, at Cloudflare/, /ticket/] },
  { text: 'Internal channel failure', says: [/inside the sender, at Cloudflare/, /ticket/] },
];

/** A literal line, and what visitors get of it (null: nothing is published, or nothing is seen). */
export const statedLines: readonly {
  readonly line: string;
  readonly says: readonly RegExp[];
  readonly code: number | null;
}[] = [
  {
    line: 'connection failed 0.0.0.0:443/example.com: dial tcp 0.0.0.0:443: i/o timeout',
    says: [/lan\.timeout/, /30 s/, /probe 0\.0\.0\.0:443/, /firewall|route/],
    code: 527,
  },
  {
    line: 'no response from origin (timeout) 0.0.0.0:80/example.com',
    says: [/lan\.timeout|in time/, /load/],
    code: 527,
  },
  {
    line: 'Error getting page: dial tcp 0.0.0.0:80:connection refused',
    says: [/refuses/, /firewall/],
    code: 527,
  },
  {
    line: 'connection failed 0.0.0.0:443/example.com: dial tcp 0.0.0.0:443:connection refused',
    says: [/nothing listens/, /443/],
    code: 527,
  },
  {
    line: 'connection failed 0.0.0.0:443/example.com: remote error: handshake failure',
    says: [/handshake/, /certificate/, /Full or Full \(strict\)/],
    code: 527,
  },
  {
    line: 'connection failed 127.0.0.1:443/www.example.com: x509: certificate is valid for example.com, not www.example.com',
    says: [/certificate/, /validate\.cert = 0/],
    code: 527,
  },
  {
    line: 'rg-listener: [2a074d8b36f00000-ATL] www.example.com origin request failed 123.123.123.123:443 to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority',
    says: [/ca\.bundle/, /validate\.cert/, /restart/, /2a074d8b36f00000/],
    code: 520,
  },
  { line: 'bad Content-Length: "-1"', says: [/POST, PUT, PATCH/, /Transfer-Encoding: chunked/], code: null },
  {
    line: 'connection failed 192.0.2.1:443/a.example: x509: certificate has expired or is not yet valid',
    says: [/for a reason that no document lists/, /inferred/, /cert 192\.0\.2\.1:443 --servername a\.example/],
    code: 527,
  },
  {
    line: 'Error getting page: dial tcp 0.0.0.0:80: i/o timeout',
    says: [/lan\.timeout/, /SIGHUP/, /probe 0\.0\.0\.0:80/],
    code: 527,
  },
  {
    line: 'dial tcp 127.0.0.1:11211: connect: connection refused',
    says: [/memcached/, /memcached\.servers/, /inferred/],
    code: null,
  },
  { line: 'dial tcp 104.16.1.1:443: i/o timeout', says: [/not memcached/, /activation/, /inferred/], code: null },
  { line: 'memcached: connection failed', says: [/socket/, /770/], code: null },
  { line: 'dial tcp 127.0.0.1:11211: i/o timeout', says: [/memcached/, /memcached\.timeout/], code: null },
  {
    line: 'Oct 27 22:29:41 www rg-listener: [Activation] Error activating: Activation Failed: Invalid or missing railgun token or tag.',
    says: [/activation\.token/, /activation\.railgun_host|activation\.public_ip/],
    code: null,
  },
];

/** Where sources disagree: both figures, and which is newer where that is known. */
export const statedConflicts: readonly {
  readonly text: string;
  readonly says: readonly RegExp[];
}[] = [
  { text: '522', says: [/SYN\+ACK.*15 s \(.*2023.*19 s \(newer/, /Go by 19 s/] },
  { text: '524', says: [/100 s \(.*2023.*120 s \(newer/, /error 522.*error 524 \(newer.*Go by 524/] },
  {
    text: '520',
    says: [/16 KB \(.*32 KB in total, 16 KB each.*128 KB \(newer/, /520 .*527.*\(newer.*Expect 520 or 527/],
  },
  { text: '0031', says: [/decimal \(cloudflare\/claire.*hexadecimal.*Go by hexadecimal/] },
  { text: 'f1cb3b9f7d 0.02 0.008966 30', says: [/decimal.*hexadecimal/, /the request.*the WAN connection/] },
  {
    text: '151df128a1 normal 0.009465 0031 5360',
    says: [/<id> <flags> normal <version>.*in place of the ratio/, /delivered well.*\(newer: Cloudflare, Railgun FAQ/],
  },
  { text: '527', says: [/502 \(.*527 \(newer.*5\.3\.0 \(2016-11-08\)/] },
  {
    text: '502',
    says: [
      /branded page of Cloudflare \(.*2023.*what the origin sent, untouched \(newer: .*2026/,
      /502 \(.*527 \(newer/,
    ],
  },
  { text: 'stream', says: [/\(newer: Cloudflare, Railgun FAQ/] },
  { text: 'validate.cert = 0', says: [/1 \(.*0, as the package ships it.*absent it is 1/] },
  { text: 'memcached.limit', says: [/100,000 bytes.*1000000 bytes/] },
  { text: 'activation.railgun_host', says: [/for each request.*only when rg-listener starts.*Give an address/] },
  { text: 'activation.public_ip', says: [/activation\.public_ip \(.*activation\.railgun_host \(newer/] },
  { text: 'log.level', says: [/SIGHUP reloads it.*restart the service.*restart is the safest/] },
  { text: 'SIGUSR2', says: [/newer one.*memory.*Do not send it/] },
  { text: 'stats.listen', says: [/22408.*24088.*no default/] },
  { text: 'stats.log', says: [/stats\.log = 1.*stats\.enabled = 1/] },
  { text: '/etc/railgun/railgun.conf', says: [/rg\.config.*\/etc\/railgun\/railgun\.conf/] },
  { text: 'CF-ORIGIN-IP: 192.0.2.7', says: [/rg-listener.*rg-sender.*Go by rg-sender/] },
  { text: '521', says: [/error 521.*error 525.*error 526.*do not show.*Go by 521 where the connection is refused/] },
  { text: '525', says: [/error 521.*error 525.*error 526/] },
  { text: '526', says: [/error 521.*error 525.*error 526/] },
  { text: '1000', says: [/409.*403, as most 1xxx codes do \(newer.*2025-05-21.*Expect 403 \(inferred/] },
  { text: '1004', says: [/config.*DNS resolution error/] },
];

/** Lines of rg-listener that are no errors: what it writes when it is activated, and with log.level = 5. */
export const statedQuietLines: readonly string[] = [
  'Oct 27 22:29:41 www rg-listener: [Activation] Activation POST completed.',
  'Oct 27 22:29:41 www rg-listener: [Activation] Assigned Railgun ID: 1',
  'Oct 27 22:29:41 www rg-listener: [Activation] Acquired cert from server',
  'Oct 27 23:35:57 www railgun[199.27.130.135:22114]: Handling new WAN connection',
  'Rx [0000000000... FnPing 2012-10-27 23:37:55.872617 +0000 UTC]',
  'Tx [0000000000... FnPong 2012-10-27 23:37:55.872617 +0000 UTC]',
  'Transmit time: 550us',
  'Rx [ab18927f79... FnBegin ab18927f79... FnRequest HEAD http://example.com/ HTTP/1.1 188.165.194.208  ab18927f79... FnData DENone 374   ab18927f79... FnPush]',
  'ab18927f79... waiting for request',
  'ab18927f79... HEAD http://example.com/ HTTP/1.1 188.165.194.208 []',
  'ab18927f79... Starting connection to LAN',
  'ab18927f79... connected to 192.0.43.10:80',
  'ab18927f79... Request sent to server',
  'ab18927f79... waiting for response',
  'ab18927f79... Response is ready',
  'ab18927f79... Received response',
  'ab18927f79... Forcing wantedDelta',
  'ab18927f79... HTTP/1.1 301 Moved Permanently',
  'Tx [ab18927f79... FnData DENone 328  ]',
  'Tx [ab18927f79... FnPush]',
  'ab18927f79... completed (0 body bytes in 0.001572 seconds/0)#012',
];
