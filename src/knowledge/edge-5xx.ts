import { allowAtListener, allowAtOrigin } from './allowing-cloudflare.js';
import type { Side } from './sides.js';
import { sources } from './sources.js';
import {
  type Cause,
  type CheckStep,
  causesOf,
  checksOf,
  type Statement,
  type SupportItem,
  statementsOf,
  supportOf,
  supportWithRailgunOf,
} from './statement.js';

/** A timer or limit of the edge, as the pages of each time have it. */
export interface EdgeLimit {
  readonly what: string;
  /** Absent, as is the other, where the pages of that time do not have it. */
  readonly in2026?: string;
  readonly in2023?: string;
  readonly source: string;
}

/** All that is published about one 5xx status of Cloudflare. */
export interface Edge5xx {
  readonly code: number;
  /** As Cloudflare calls it. */
  readonly title: string;
  /** What happened, in a line, without a full stop. */
  readonly cause: string;
  /** What to do about it first, a sentence. */
  readonly remedy: string;
  /** Of the line: the page about the code. */
  readonly source: string;
  /** Exactly when it comes. */
  readonly conditions: readonly Statement[];
  readonly limits: readonly EdgeLimit[];
  readonly side: Side;
  /** The commonest first where a source says which that is. */
  readonly causes: readonly Cause[];
  readonly checks: readonly CheckStep[];
  /** What to send to Cloudflare support where nothing else helps. */
  readonly support: readonly SupportItem[];
  /** What the newer pages say that those of 2023 do not, or the other way round. */
  readonly changes: readonly Statement[];
}

const {
  of2023: old,
  index5xx: index,
  limitsBefore: limitsPage,
  limitsNow,
  ipAddresses: ranges,
  gathering,
  errorResponses: responses,
  e500,
  e501,
  e502,
  e503,
  e520,
  e521,
  e522,
  e523,
  e524,
  e525,
  e526,
  e530,
} = sources;

/** Asks the origin as the edge would, past Cloudflare. */
const askOrigin = 'rg-diag origin HOST --ip ADDR';
const askTrace = 'rg-diag trace HOST';
const askPorts = 'rg-diag probe ADDR 80 443';
const askCertificate = 'rg-diag cert ADDR --servername HOST';

const allowRanges =
  'Allow every Cloudflare range in the firewall and in security plugins; rate limiters must not act on them.';

const traceOutput = ['the output of /cdn-cgi/trace from where the error was seen', askTrace, 'trace'] as const;
const toCloudflare = [
  'an MTR or traceroute from the origin to a Cloudflare address that its logs show as connecting',
  undefined,
  'route-to-cloudflare',
] as const;
const timeAndZone = ['the time of the error and its time zone', undefined, 'time'] as const;

const badGateway: Omit<Edge5xx, 'code' | 'title' | 'conditions' | 'causes'> = {
  cause: 'of the origin itself where the page is branded, of Cloudflare where it is blank',
  remedy: 'Check that the origin answers for this host name, is not overloaded, and compresses correctly.',
  source: e502,
  limits: [],
  side: 'either',
  checks: [
    ...checksOf(
      old,
      ['see what the origin itself answers for this host name: its own 502 or 504 is passed on', askOrigin],
      ['look at the load of the origin, at crashes, and at applications or services that timed out or were blocked'],
    ),
    ...checksOf(e502, ['switch compression off at the origin and try again']),
  ],
  support: supportOf(old, timeAndZone, ['the URL that was answered so', undefined, 'urls'], traceOutput),
  changes: statementsOf(
    e502,
    'New since 2023: faulty compression or Content-Length, traffic that is moved between data centres, Early Hints and cache.match misses, Gateway with partial HTTP/2.',
  ),
};

const generated = statementsOf(
  responses,
  'JSON or Markdown with cloudflare_error: true: Cloudflare generated it; what the origin sends is passed on untouched.',
);

const gatewayConditions = [
  ...statementsOf(
    e502,
    'Branded page of Cloudflare: the origin itself answered with this status.',
    'Blank, unbranded page: Cloudflare generated it.',
  ),
  ...generated,
  ...statementsOf(index, 'Custom Errors of the zone can change how the page looks.'),
];

const gatewayCauses = [
  ...causesOf(
    old,
    ['the origin does not answer for this host name', 'Configure the host name at the web server.'],
    ['the origin is overloaded, crashes, or its network fails', 'Ask the host.'],
    ['an application or service behind the origin timed out or was blocked', 'Ask the host.'],
  ),
  ...causesOf(
    e502,
    [
      'a wrong Content-Length with gzip, or broken gzip',
      'Switch compression off at the origin to test, then repair it there.',
    ],
    ['Cloudflare moves traffic between its data centres by itself'],
    ['Gateway with an origin that speaks HTTP/2 only in part'],
  ),
];

export const edge5xx: readonly Edge5xx[] = [
  {
    code: 500,
    title: 'Internal server error',
    cause: 'an internal error',
    remedy: 'Check recent changes of rules and Workers; ask the host about the application and its database.',
    source: e500,
    conditions: [
      ...statementsOf(e500, 'The origin met an internal error, such as no connection to its database.'),
      ...statementsOf(
        old,
        'If the body of the answer contains “cloudflare” or “cloudflare-nginx”, Cloudflare generated it.',
      ),
      ...generated,
    ],
    limits: [],
    side: 'either',
    causes: causesOf(
      e500,
      ['the application of the origin or its database fails', 'Ask the host.'],
      ['an exception in a Worker (error 1101)', 'Read the logs of the Worker; check what was changed in it recently.'],
      ['a Page Rule is misconfigured', 'Check rules that were changed recently.'],
    ),
    checks: [
      ...checksOf(e500, ['see whether the origin itself answers with 500', askOrigin]),
      ...checksOf(
        e500,
        ['look for recent changes of rules and Workers'],
        ['pause Cloudflare for a moment: if the error stays, it is the origin’s'],
      ),
    ],
    support: supportOf(old, ['the name of the domain', undefined, 'zone'], timeAndZone, traceOutput),
    changes: statementsOf(e500, 'New since 2023: Workers and Page Rules as causes.'),
  },
  {
    code: 501,
    title: 'Not implemented',
    cause: 'a method of HTTP that Workers do not know',
    remedy: 'Use a standard method.',
    source: e501,
    conditions: statementsOf(
      e501,
      'The runtime of Cloudflare Workers got a method of HTTP that is not standard or was mistyped.',
    ),
    limits: [],
    side: 'visitor',
    causes: causesOf(e501, ['the client sends a method that is not standard, or mistyped', 'Use a standard method.']),
    checks: checksOf(e501, ['look at the method of the request in the client, and in the Worker that handles it']),
    support: [],
    changes: statementsOf(e501, 'New since 2023: the older page does not have this code.'),
  },
  {
    code: 502,
    title: 'Bad gateway',
    conditions: gatewayConditions,
    causes: gatewayCauses,
    ...badGateway,
  },
  {
    code: 503,
    title: 'Service temporarily unavailable',
    cause: 'the origin is overloaded or limits requests',
    remedy: 'Ask the host; check the CPU and memory of Workers.',
    source: e503,
    conditions: [
      ...statementsOf(old, 'The origin is overloaded, or limits requests.'),
      ...statementsOf(
        old,
        'If the body of the answer contains “cloudflare” or “cloudflare-nginx”: a problem of connectivity in a data centre of Cloudflare.',
      ),
      ...statementsOf(e503, 'If it is seen only in logs: a prefetch of Speed Brain that failed; ignore it.'),
    ],
    limits: [],
    side: 'either',
    causes: [
      ...causesOf(
        old,
        ['the origin is overloaded', 'Ask the host.'],
        ['the origin limits the rate of requests', 'Ask the host whether it rate-limits Cloudflare’s addresses.'],
      ),
      ...causesOf(
        e503,
        ['a Worker exceeds its CPU time or memory (error 1102)', 'Optimise the Worker.'],
        ['a failed prefetch of Speed Brain, in logs only', 'Ignore it.'],
      ),
    ],
    checks: checksOf(
      e503,
      ['see whether the origin itself answers with 503', askOrigin],
      ['look at the body of the answer: the word cloudflare or cloudflare-nginx points at Cloudflare'],
    ),
    support: supportOf(old, ['the name of the domain', undefined, 'zone'], timeAndZone, traceOutput),
    changes: statementsOf(e503, 'New since 2023: the variant that is in logs only (Speed Brain), and Workers.'),
  },
  {
    code: 504,
    title: 'Gateway timeout',
    conditions: gatewayConditions,
    causes: [
      ...gatewayCauses,
      ...causesOf(
        e502,
        ['in logs only: a miss of the Early Hints cache (RequestSource earlyHintsCache)', 'Ignore it: it is harmless.'],
        ['a miss of cache.match in a Worker', 'Ignore it: it is harmless.'],
      ),
    ],
    ...badGateway,
  },
  {
    code: 520,
    title: 'Web server returns an unknown error',
    cause: 'the origin answered with nothing, or with something unexpected',
    remedy: 'Check the origin for crashes, huge headers and blocked Cloudflare addresses.',
    source: e520,
    conditions: [
      ...statementsOf(
        e520,
        'Cloudflare connected, and the answer of the origin was empty, unknown or unexpected.',
        'Or its headers were larger than 128 KB (in 2023: 16 KB).',
      ),
      ...statementsOf(
        limitsPage,
        'Or a TCP keep-alive (sent every 30 s) was not answered, or the connection was idle for 900 s.',
      ),
    ],
    limits: [
      { what: 'headers of the answer', in2026: '128 KB', in2023: '16 KB', source: `${e520}; ${old}` },
      { what: 'interval of TCP keep-alives', in2026: '30 s', source: limitsPage },
      { what: 'idle connection', in2026: '900 s', source: limitsPage },
    ],
    side: 'origin',
    causes: [
      ...causesOf(
        old,
        [
          'the application of the origin crashes, often one in PHP',
          'Read the error log of the web server at that time.',
        ],
        ['Cloudflare’s addresses are not allowed at the origin', allowRanges],
        [
          'the headers of the answer are too large, mostly because of too many cookies',
          'Make them smaller: fewer and shorter cookies.',
        ],
        [
          'an empty answer, without a status code or a body',
          'Look for “upstream prematurely closed connection while reading response header from upstream” in logs.',
        ],
        ['headers are missing, or the origin answers with statuses that HTTP does not have', 'Repair the application.'],
      ),
      ...causesOf(
        e520,
        ['HTTP/2 is agreed on (ALPN) and then spoken wrongly', 'Turn off HTTP/2 to Origin to test.'],
        [
          'Authenticated Origin Pulls are on, and the origin is not set up for them',
          'Set them up at the origin, or switch them off.',
        ],
      ),
    ],
    checks: [
      ...checksOf(e520, ['see what the origin sends: status, size of headers, HTTP/2, where it breaks off', askOrigin]),
      ...checksOf(
        old,
        ['read the error log of the origin at that time: crashes, prematurely closed connections'],
        ['as a workaround make the record DNS-only, or pause Cloudflare'],
      ),
    ],
    support: supportOf(
      old,
      ['the full URL of each request that failed', undefined, 'urls'],
      ['the cf-ray from the error page', undefined, 'rays'],
      traceOutput,
      ['two HAR files: one with Cloudflare enabled, one with Cloudflare paused', undefined, 'two-hars'],
    ).concat(supportOf(gathering, ['a packet capture at the origin'])),
    changes: statementsOf(
      e520,
      'New since 2023: a limit of 128 KB for headers instead of 16 KB, HTTP/2, Authenticated Origin Pulls.',
    ),
  },
  {
    code: 521,
    title: 'Web server is down',
    cause: 'the origin refuses the connection',
    remedy: 'Check that the web server runs and allows every Cloudflare range.',
    source: e521,
    conditions: statementsOf(e521, 'The origin refuses the TCP connection.'),
    limits: [],
    side: 'origin',
    causes: [
      ...causesOf(
        old,
        ['the web server is down', 'Start it, and read its error log for crashes.'],
        ['a firewall or security plugin blocks or rate-limits Cloudflare’s addresses', allowRanges],
      ),
      ...causesOf(e521, [
        'the web server does not listen on the port that the SSL/TLS mode needs: 80 for Flexible, 443 for Full and Full (strict)',
        'Listen on that port; for Full modes install a certificate (Cloudflare Origin CA will do).',
      ]),
      ...causesOf(ranges, [
        'a route for all of 172.x (AWS) swallows 172.64.0.0/13, which is public and Cloudflare’s',
        'Narrow that route to 172.16.0.0/12.',
      ]),
    ],
    checks: [
      ...checksOf(e521, ['see which ports of the origin are open', askPorts], ['ask it as the edge does', askOrigin]),
      ...checksOf(old, ['check on the origin that the web server runs, and what its firewall refuses']),
      ...allowAtOrigin,
    ],
    support: [],
    changes: statementsOf(e521, 'New since 2023: the port that each SSL/TLS mode needs.'),
  },
  {
    code: 522,
    title: 'Connection timed out',
    cause: 'the origin did not answer the attempt to connect, or did not acknowledge the request',
    remedy: 'Check firewalls, load and the A record of the origin.',
    source: e522,
    conditions: [
      ...statementsOf(
        e522,
        'Before the connection: no SYN+ACK came within 19 s (in 2023: 15 s) of the SYN, which is repeated after 1, 1, 1, 1, 1, 2, 4 and 8 s.',
        'After it: the origin did not acknowledge (TCP ACK) the request within 90 s.',
      ),
    ],
    limits: [
      { what: 'SYN+ACK', in2026: '19 s', in2023: '15 s', source: `${limitsNow}; ${e522}; ${old}` },
      { what: 'TCP ACK of the request', in2026: '90 s', in2023: '90 s', source: `${limitsPage}; ${old}` },
    ],
    side: 'network',
    causes: [
      ...causesOf(
        old,
        [
          'Cloudflare’s addresses are blocked or rate-limited in .htaccess, iptables or a firewall (the commonest cause)',
          allowRanges,
        ],
        ['the origin is overloaded or offline and drops requests', 'Ask the host.'],
        ['keep-alive is switched off at the origin', 'Switch it on.'],
        ['the A record at Cloudflare is not the real address of the origin', 'Correct the record.'],
        ['packets are lost on the way or at the origin', 'Ask the host; measure the route.'],
        ['Cloudflare Pages: the custom domain is not set up', 'Set it up and point the CNAME at it.'],
      ),
      ...causesOf(
        e522,
        ['a Worker on a Custom Domain fetches itself', 'Set the compatibility flag global_fetch_strictly_public.'],
        ['an Origin Rule resolves to a placeholder, 100:: or 192.0.2.0', 'Correct the rule.'],
      ),
      ...causesOf(
        ranges,
        [
          'a route for all of 172.x (AWS) swallows 172.64.0.0/13, which is public and Cloudflare’s',
          'Narrow that route to 172.16.0.0/12.',
        ],
        [
          'fail2ban or a rate limiter bans Cloudflare’s addresses, which all visitors share: errors come at random, by data centre',
          allowRanges,
        ],
      ),
    ],
    checks: [
      ...checksOf(
        e522,
        ['see at which stage the origin stops answering', askOrigin],
        ['tell closed from filtered ports', askPorts],
        ['see how far packets get', 'rg-diag route ADDR --port 443'],
      ),
      ...checksOf(old, ['compare the A record at Cloudflare with the address that the host provides']),
      ...allowAtOrigin,
    ],
    support: supportOf(old, toCloudflare, ['what the host found: logs, conversation']),
    changes: statementsOf(
      e522,
      'New since 2023: 19 s for the connection instead of 15 s, Workers on Custom Domains, Origin Rules.',
    ),
  },
  {
    code: 523,
    title: 'Origin is unreachable',
    cause: 'no route to the origin',
    remedy: 'Check the A and AAAA records of the origin and the routes to it.',
    source: e523,
    conditions: statementsOf(e523, 'There is no network route to the address of the origin.'),
    limits: [],
    side: 'network',
    causes: causesOf(
      e523,
      ['the A or AAAA record at Cloudflare is not the address of the origin', 'Correct the record.'],
      ['routing on the Internet between Cloudflare and the origin, or at the origin, is broken', 'Ask the host.'],
    ),
    checks: checksOf(
      e523,
      ['see where the route ends', 'rg-diag route ADDR --port 443'],
      ['ask the origin as the edge does', askOrigin],
      ['compare the A and AAAA records at Cloudflare with the address that the host provides'],
    ),
    support: [
      ...supportOf(old, toCloudflare),
      ...supportWithRailgunOf(
        old,
        [
          'with Railgun: a traceroute from rg-listener to the origin, and its newest syslog file',
          undefined,
          ['route-to-origin', 'log'],
        ],
        ['Railgun through a Cloudflare partner: ask that host instead'],
      ),
    ],
    changes: statementsOf(e523, 'Gone since 2023: the lines about Railgun.'),
  },
  {
    code: 524,
    title: 'A timeout occurred',
    cause: 'the origin took the request and did not answer in time',
    remedy: 'Look for long jobs and overload at the origin.',
    source: e524,
    conditions: [
      ...statementsOf(
        e524,
        'Cloudflare connected, the origin acknowledged the request, and no HTTP response came within the Proxy Read Timeout: 120 s by default (in 2023: 100 s).',
        'Or sending the request to the origin was not finished within the Proxy Write Timeout of 30 s, which is fixed (Cloudflare Images: 6.5 s).',
      ),
    ],
    limits: [
      { what: 'Proxy Read Timeout', in2026: '120 s', in2023: '100 s', source: `${limitsNow}; ${e524}; ${old}` },
      { what: 'Proxy Write Timeout', in2026: '30 s', source: `${limitsPage}; ${e524}` },
    ],
    side: 'origin',
    causes: causesOf(
      old,
      [
        'a long job at the origin, such as a large export',
        'Let the client poll for its status, or run jobs over 120 s on a subdomain that is DNS-only.',
      ],
      ['the origin is overloaded', 'Ask the host; log the time of each response.'],
      [
        'with Railgun: lan.timeout is not above its default of 30 s',
        'Set lan.timeout above 30 in railgun.conf and restart the railgun service.',
      ],
    ),
    checks: [
      ...checksOf(e524, ['see how long the origin takes for this path', `${askOrigin} --path PATH`]),
      ...checksOf(e524, [
        'Enterprise: raise the limit up to 6,000 s with a Cache Rule or the zone setting proxy_read_timeout; it varies by 1 s, so set one more',
      ]),
      ...checksOf(old, ['log response times at the origin, and look for slow ones']),
    ],
    support: supportOf(gathering, ['a packet capture at the origin']),
    changes: statementsOf(
      e524,
      'New since 2023: 120 s instead of 100 s, and the write timeout. Gone: the advice about lan.timeout of Railgun.',
    ),
  },
  {
    code: 525,
    title: 'SSL handshake failed',
    cause: 'the TLS handshake with the origin failed',
    remedy: 'Install a certificate at the origin and check port 443, SNI and the ciphers.',
    source: e525,
    conditions: statementsOf(
      e525,
      'The TLS handshake with the origin failed, and the SSL/TLS mode is Full or Full (strict).',
    ),
    limits: [],
    side: 'origin',
    causes: causesOf(
      e525,
      ['no valid certificate is installed at the origin', 'Install one; a Cloudflare Origin CA certificate will do.'],
      ['port 443, or the custom port for HTTPS, is closed', 'Open it.'],
      ['the origin does not support SNI', 'Use a web server that does.'],
      ['the origin shares no cipher suite with Cloudflare', 'Allow one of those that Cloudflare offers.'],
      [
        'it comes and goes: something at the origin resets some handshakes',
        'Read its TLS errors at those times: log mod_ssl errors in Apache, raise the log level in nginx.',
      ],
    ),
    checks: checksOf(
      e525,
      ['shake hands as the edge does, and see the certificate', askCertificate],
      ['try every stage with the cipher suites of the edge', askOrigin],
      ['in Origin Analytics, originResponseStatus is 0'],
    ),
    support: supportOf(gathering, ['a packet capture of the handshake']),
    changes: statementsOf(e525, 'New since 2023: the hint at originResponseStatus in Origin Analytics.'),
  },
  {
    code: 526,
    title: 'Invalid SSL certificate',
    cause: 'the certificate of the origin does not validate',
    remedy: 'Renew the certificate of the origin, or install one of Cloudflare Origin CA.',
    source: e526,
    conditions: statementsOf(
      e526,
      'Cloudflare cannot validate the certificate of the origin, and the SSL/TLS mode is Full (strict).',
    ),
    limits: [],
    side: 'origin',
    causes: causesOf(
      e526,
      ['the certificate has expired', 'Renew it.'],
      ['the certificate is revoked', 'Replace it.'],
      [
        'it is self-signed, or of an authority that Cloudflare does not know',
        'Use a public authority, Cloudflare Origin CA or the Custom Origin Trust Store; or set the mode to Full.',
      ],
      ['neither its common name nor its alternative names have the host', 'Have it issued for the host.'],
      ['port 443 is closed', 'Open it.'],
    ),
    checks: checksOf(
      e526,
      ['list every defect of the certificate', askCertificate],
      ['as a quick fix set the SSL/TLS mode to Full, which does not check the certificate'],
      [
        'requests of a Worker to outside of the zone are always checked strictly; see the compatibility flag cots_on_external_fetch',
      ],
    ),
    support: [],
    changes: statementsOf(e526, 'New since 2023: the Custom Origin Trust Store, Gateway and Workers.'),
  },
  {
    code: 527,
    title: 'Railgun Listener to origin error',
    cause: 'the connection to rg-listener was interrupted, or rg-listener cannot reach the origin',
    remedy: 'Read the log of rg-listener, with log.level = 5: rg-diag logs sums it up by cause.',
    source: old,
    conditions: [
      ...statementsOf(
        old,
        'The connection between Cloudflare and rg-listener was interrupted, or rg-listener could not get the page from the origin.',
      ),
      ...statementsOf(sources.railgunChangelog, 'From rg-listener 5.3.0 (2016-11-08) on; 502 before.'),
    ],
    limits: [{ what: 'lan.timeout of rg-listener, by default', in2023: '30 s', source: old }],
    side: 'railgun',
    causes: causesOf(
      old,
      ['a firewall interferes between rg-listener and Cloudflare', 'Allow TCP 2408 from Cloudflare’s ranges.'],
      ['a network incident or packet loss between rg-listener and Cloudflare'],
      [
        'rg-listener cannot connect to the origin, or not in time',
        'Test the connection from the machine of rg-listener; repair firewall or route.',
      ],
      ['the origin takes longer than lan.timeout (30 s)', 'Raise lan.timeout in railgun.conf; check the load.'],
      [
        'the origin refuses the connection of rg-listener',
        'Allow the address of rg-listener at the origin’s firewall.',
      ],
      [
        'TLS between rg-listener and the origin fails',
        'Open 443, install a certificate for the host, and set the mode to Full or Full (strict); validate.cert = 0 for a self-signed one.',
      ],
    ),
    checks: [
      ...checksOf(
        old,
        ['on the machine of rg-listener: are the ports of the origin open', askPorts],
        ['ask the origin as rg-listener does', 'rg-diag origin HOST --ip ADDR --railgun /etc/railgun/railgun.conf'],
        ['is rg-listener there, and does it listen', 'rg-diag listener'],
        ['what its log says, by cause; log.level = 5 tells more', 'rg-diag logs /var/log/syslog'],
        ['are its configuration files right', 'rg-diag config check'],
        ['where it sends requests for the host', 'rg-diag config resolve HOST'],
        ['explain a line of that log', 'rg-diag explain "LINE"'],
      ),
      ...allowAtListener,
    ],
    support: supportOf(
      old,
      ['the full railgun.conf (with activation.token masked)', undefined, 'railgun-conf'],
      ['the full railgun-nat.conf', undefined, 'railgun-nat'],
      ['the log of Railgun with the errors in it', undefined, 'log'],
    ),
    changes: [
      ...statementsOf(old, 'Only the older page has it: the newest ones leave 527 out.'),
      ...statementsOf(sources.railgunDeprecation, 'Railgun itself is deprecated since 2024-01-31.'),
    ],
  },
  {
    code: 530,
    title: 'Origin error, see the 1xxx code in the body',
    cause: 'the body of the answer carries a code from 1000 on, usually 1016',
    remedy: 'Look that code up.',
    source: e530,
    conditions: statementsOf(
      e530,
      'It is a wrapper: the body of the answer carries a 1xxx code, usually 1016 (the name of the origin does not resolve).',
    ),
    limits: [],
    side: 'owner',
    causes: [
      ...causesOf(e530, [
        'the host name of the origin does not resolve (1016)',
        'Create or repair the DNS record of the origin.',
      ]),
      ...causesOf(old, ['Load Balancing is enabled in China', 'Switch it off there.']),
    ],
    checks: checksOf(
      e530,
      ['read the 1xxx code in the body and look it up', 'rg-diag explain 1016'],
      ['see whether the name of the origin resolves', 'rg-diag origin HOST'],
    ),
    support: [],
    changes: statementsOf(old, 'Only the older page says that Load Balancing in China gives 530.'),
  },
];

/** What to do about each of them, whichever it is. */
export const checksOfEach5xx: readonly CheckStep[] = checksOf(index, [
  'in the analytics of the zone, filter by edge status code and origin status code (a sample of 1 % of requests)',
]);

/** All that is published about a 5xx status; nothing where no source has it. */
export function edge5xxOf(code: number): Edge5xx | undefined {
  return edge5xx.find((row) => row.code === code);
}
