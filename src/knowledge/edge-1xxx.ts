import type { Side } from './sides.js';
import { pageOf1xxx, sources } from './sources.js';
import {
  type Cause,
  type CheckStep,
  causesOf,
  checksOf,
  type SupportItem,
  type SupportRow,
  supportOf,
} from './statement.js';

/** The status of an answer with a 1xxx code in its body. */
export interface Status1xxx {
  readonly code: number;
  /** No page says which status this code has: it follows from what they say of most of them. */
  readonly inferred?: true;
  readonly source: string;
}

/** All that is published about one 1xxx code. */
export interface Edge1xxx {
  readonly code: number;
  /** As Cloudflare calls it, where that is the name of an error that origins cause. */
  readonly name?: string;
  /** What happened, in a line, without a full stop. */
  readonly cause: string;
  /** What to do about it first, a sentence. */
  readonly remedy: string;
  readonly source: string;
  readonly side: Side;
  /** Absent: no source says which. */
  readonly httpStatus?: Status1xxx;
  readonly causes: readonly Cause[];
  readonly checks: readonly CheckStep[];
  /** What support asks for with this code; empty where the page names nothing. */
  readonly support: readonly SupportItem[];
}

const { of1xxx } = sources;
const pageOf = pageOf1xxx;

/** They all stand in the body, whatever the status. */
export const statusesOf1xxx = { says: '403, 409, 429 or 530', source: of1xxx } as const;

/** Most 1xxx codes come with 403. An older list has 1000 under 409: see the conflict `1000-status`. */
const mostly403: Status1xxx = { code: 403, inferred: true, source: `${sources.e403}: most 1xxx codes` };
const prohibited = 'DNS points to prohibited IP';

type Cause1xxx = readonly [says: string, fix?: string];

interface Row {
  readonly codes: readonly number[];
  readonly name?: string;
  /** Absent: the only cause says it. */
  readonly summary?: readonly [cause: string, remedy: string];
  readonly side: Side;
  readonly httpStatus?: Status1xxx;
  readonly causes: readonly [Cause1xxx, ...Cause1xxx[]];
  readonly checks: readonly (readonly [says: string, command?: string])[];
  readonly support?: readonly SupportRow[];
  readonly source: string;
}

const resolves = ['see what the name resolves to, and what the origin answers', 'rg-diag origin HOST'] as const;
const byRay = ['owner: look the ray id of the page up in Security Events'] as const;
const decodeRay = ['take the ray id from the page', 'rg-diag explain RAY'] as const;
const workerLogs = ['read the logs of the Worker at that time'] as const;
const ruleSteps = ['look for the rule that was changed last under Rules of the zone'] as const;

const rows: readonly Row[] = [
  {
    codes: [1000],
    name: prohibited,
    summary: [
      'a DNS record or an origin of a load balancer is a Cloudflare address, a proxy loops back, or a header is not allowed',
      'Use the real address of the origin, and redirect instead of proxying.',
    ],
    side: 'owner',
    httpStatus: mostly403,
    causes: [
      ['an A record, or an origin of a load balancer, is a Cloudflare address', 'Use the real address of the origin.'],
      ['a reverse proxy at the origin leads back to Cloudflare', 'Redirect instead of proxying.'],
      ['X-Forwarded-For is longer than 100 characters, or is there twice'],
      ['the request carries CF-Connecting-IP', 'Do not send it.'],
      ['the server name of TLS (SNI) does not match'],
      ['a SaaS provider that brings its own addresses has no custom hostname for it', 'Ask the SaaS provider.'],
    ],
    checks: [resolves],
    source: pageOf(1000),
  },
  {
    codes: [1001],
    summary: ['the host is not known to Cloudflare', 'Add the domain, or correct the CNAME.'],
    side: 'owner',
    causes: [
      ['Cloudflare does not know the host', 'Add the domain to Cloudflare.'],
      ['a domain that is not at Cloudflare is a CNAME of one that is', 'Correct the CNAME.'],
      ['the target of a CNAME does not resolve', 'Correct the CNAME.'],
      ['a name under cdn.cloudflare.net was asked directly', 'Ask for the site by its own name.'],
      ['Always Online is on for a SaaS hostname', 'Switch Always Online off.'],
    ],
    checks: [resolves],
    source: of1xxx,
  },
  {
    codes: [1002],
    name: prohibited,
    side: 'owner',
    httpStatus: mostly403,
    causes: [
      [
        'the DNS record points at an address that is prohibited: of Cloudflare, local or otherwise not allowed, or “Restricted”',
        'Correct the A or CNAME record; make the origin resolve its own name internally.',
      ],
    ],
    checks: [resolves],
    source: of1xxx,
  },
  {
    codes: [1003],
    side: 'visitor',
    causes: [['a Cloudflare address was asked directly, instead of a host name', 'Ask for the host by its name.']],
    checks: [],
    source: of1xxx,
  },
  {
    codes: [1004],
    summary: [
      'the host is not configured: DNS does not know it yet, or its proxying was disabled for abuse',
      'Wait five minutes; then write to support.',
    ],
    side: 'owner',
    causes: [
      ['proxying was disabled because of abuse', 'Write to support.'],
      ['DNS changes are not propagated yet', 'Wait five minutes, then write to support.'],
    ],
    checks: [['ask for the trace of the host', 'rg-diag trace HOST']],
    source: of1xxx,
  },
  {
    codes: [1005],
    side: 'owner',
    causes: [['the owner banned the network (ASN) of the visitor', 'Owner: check IP Access Rules.']],
    checks: [byRay, decodeRay],
    source: of1xxx,
  },
  {
    codes: [1006, 1007, 1008, 1106],
    summary: ['the address of the visitor is banned by the owner', 'Owner: allow the address.'],
    side: 'owner',
    causes: [
      ['the owner banned the address of the visitor', 'Owner: allow the address.'],
      ['Zone Lockdown blocks the preview of Workers too', 'Owner: allow the address.'],
    ],
    checks: [byRay, decodeRay],
    source: of1xxx,
  },
  {
    codes: [1009],
    side: 'owner',
    causes: [['the owner banned the country or region of the visitor', 'Owner: allow the address.']],
    checks: [byRay, ['see as which country Cloudflare takes you (loc)', 'rg-diag trace HOST']],
    source: of1xxx,
  },
  {
    codes: [1010],
    side: 'owner',
    causes: [
      [
        'the signature of the browser is banned by Browser Integrity Check',
        'Owner: switch Browser Integrity Check off.',
      ],
    ],
    checks: [byRay, decodeRay],
    source: of1xxx,
  },
  {
    codes: [1011],
    side: 'owner',
    causes: [['hotlink protection: another site uses the resource', 'Owner: see Scrape Shield.']],
    checks: [],
    source: of1xxx,
  },
  {
    codes: [1012],
    side: 'visitor',
    causes: [
      [
        'malicious activity was seen from the visitor’s machine or network',
        'Clean the machine; owner: allow the address.',
      ],
    ],
    checks: [byRay],
    source: of1xxx,
  },
  {
    codes: [1013],
    side: 'visitor',
    causes: [
      [
        'the Host header is not the server name of TLS (SNI)',
        'Repair the client, or the middlebox that changes one of them.',
      ],
    ],
    checks: [],
    support: [['a HAR file', undefined, 'har']],
    source: of1xxx,
  },
  {
    codes: [1014],
    summary: [
      'a CNAME across accounts, or an R2 domain under a zone hold',
      'Use Cloudflare for SaaS; drop the zone hold.',
    ],
    side: 'owner',
    causes: [
      ['a CNAME leads to a domain of another Cloudflare account', 'Use Cloudflare for SaaS.'],
      ['an R2 custom domain is under a zone hold', 'Drop the hold.'],
      ['an R2 custom domain is in a banned zone', 'Settle unpaid invoices; ask for a review of phishing reports.'],
    ],
    checks: [['see what the name resolves to', 'rg-diag origin HOST']],
    source: pageOf(1014),
  },
  {
    codes: [1015],
    summary: ['too many requests', 'Wait; owner: adjust the rate limiting rule.'],
    side: 'owner',
    httpStatus: { code: 429, source: pageOf(1015) },
    causes: [
      [
        'the visitor sent more requests than a rate limiting rule of the owner allows',
        'Visitor: wait. Owner: adjust the rule, with a period of 10 s or more.',
      ],
      ['“Unable to purge”: too many requests to purge the cache', 'Wait.'],
    ],
    checks: [byRay],
    source: pageOf(1015),
  },
  {
    codes: [1016],
    name: 'Origin DNS error',
    summary: ['the name of the origin does not resolve', 'Create or repair the record of the origin.'],
    side: 'owner',
    httpStatus: { code: 530, source: sources.e530 },
    causes: [
      ['there is no A record for the origin', 'Create it.'],
      ['a CNAME, or a pool of a load balancer, does not resolve', 'Repair the record or the pool.'],
      ['the CNAME of a Spectrum application is missing', 'Create it.'],
      [
        'a SaaS hostname is not validated, or its fallback origin is not set',
        'Validate the custom hostname; set the fallback origin.',
      ],
      ['a Worker asks for a host of a zone that is set up only in part'],
    ],
    checks: [resolves],
    source: pageOf(1016),
  },
  {
    codes: [1018, 1023],
    summary: ['the host could not be found', 'Wait for a new domain to be known; then write to support.'],
    side: 'owner',
    httpStatus: { code: 409, source: of1xxx },
    causes: [
      ['a new domain is not known everywhere yet', 'Wait.'],
      ['DNS of a Cloudflare partner failed', 'Write to support.'],
    ],
    checks: [['ask for the trace of the host', 'rg-diag trace HOST']],
    support: [
      ['the name of the domain', undefined, 'zone'],
      ['a screenshot with the ray id'],
      ['a HAR file', undefined, 'har'],
    ],
    source: of1xxx,
  },
  {
    codes: [1019],
    side: 'owner',
    causes: [['a Worker calls itself', 'Break the recursion.']],
    checks: [workerLogs],
    source: of1xxx,
  },
  {
    codes: [1020],
    side: 'owner',
    causes: [
      [
        'a firewall rule of the owner matches the request (Firewall Rules, which are deprecated)',
        'Owner: look the ray id up in Security Events and allow the client.',
      ],
    ],
    checks: [byRay, decodeRay],
    source: pageOf(1020),
  },
  {
    codes: [1025],
    side: 'owner',
    causes: [['the limit of the Workers plan is reached', 'Upgrade the plan.']],
    checks: [],
    source: of1xxx,
  },
  {
    codes: [1033],
    summary: ['the tunnel does not resolve, or cloudflared is down', 'Start cloudflared.'],
    side: 'owner',
    causes: [
      ['the tunnel does not resolve'],
      ['cloudflared is down', 'Start cloudflared; put several behind a load balancer.'],
    ],
    checks: [['on the machine of the origin: does cloudflared run']],
    source: pageOf(1033),
  },
  {
    codes: [1034],
    summary: ['the address at the edge is restricted', 'Correct the DNS record: use an address of your own.'],
    side: 'owner',
    causes: [
      [
        'the record is an address of Cloudflare’s that is restricted, such as an old 1.1.1.1',
        'Use an address of your own, or the placeholders 100:: or 192.0.2.0.',
      ],
      ['the address of a SaaS provider is not validated', 'Ask the SaaS provider.'],
    ],
    checks: [['see what the name resolves to', 'rg-diag origin HOST']],
    source: pageOf(1034),
  },
  {
    codes: [1035],
    side: 'owner',
    causes: [
      [
        'a rewrite gives a path that is not valid: empty, without a leading /, or under /cdn-cgi/',
        'Repair the expression of the rewrite rule.',
      ],
    ],
    checks: [ruleSteps],
    source: of1xxx,
  },
  {
    codes: [1036],
    side: 'owner',
    causes: [['a rewrite gives a URL that is too long', 'Shorten the expression of the rewrite rule.']],
    checks: [ruleSteps],
    source: of1xxx,
  },
  {
    codes: [1037],
    side: 'owner',
    causes: [
      [
        'the expression of a rewrite rule failed: an element of it is not defined',
        'Make sure that every element of the expression is defined.',
      ],
    ],
    checks: [ruleSteps],
    source: of1xxx,
  },
  {
    codes: [1040],
    side: 'owner',
    causes: [['a rule modifies a header that must not be modified', 'Use another header in the rule.']],
    checks: [ruleSteps],
    source: of1xxx,
  },
  {
    codes: [1041],
    side: 'owner',
    causes: [
      [
        'a rule sets a header whose value is too long or has characters that are not allowed',
        'Repair the rule that sets it.',
      ],
    ],
    checks: [ruleSteps],
    source: of1xxx,
  },
  {
    codes: [1101],
    side: 'owner',
    causes: [['a Worker threw an exception', 'Read the logs of the Worker.']],
    checks: [workerLogs],
    source: of1xxx,
  },
  {
    codes: [1102],
    side: 'owner',
    causes: [
      [
        'a Worker exceeded its CPU time or 128 MB of memory',
        'Optimise it, or raise its CPU limit (on paid plans up to 5 minutes).',
      ],
    ],
    checks: [workerLogs],
    source: pageOf(1102),
  },
  {
    codes: [1104],
    side: 'owner',
    causes: [['a variant of the e-mail address is registered already', 'Change the older address.']],
    checks: [],
    source: of1xxx,
  },
  {
    codes: [1200],
    side: 'origin',
    causes: [['too many requests wait at the edge for the origin', 'Make the origin faster, or cache more.']],
    checks: [['see how long the origin takes', 'rg-diag origin HOST --ip ADDR']],
    source: pageOf(1200),
  },
];

/** What is published about a 1xxx code; nothing where there is no page for it. */
export function edge1xxxOf(code: number): Edge1xxx | undefined {
  const row = rows.find(({ codes }) => codes.includes(code));
  if (row === undefined) return undefined;
  const { name, side, httpStatus, causes, checks, support = [], source } = row;
  const [[onlyCause, itsFix = '']] = causes;
  const [cause, remedy] = row.summary ?? [onlyCause, itsFix];
  return {
    code,
    ...(name !== undefined && { name }),
    cause,
    remedy,
    source,
    side,
    ...(httpStatus !== undefined && { httpStatus }),
    causes: causesOf(source, ...causes),
    checks: checksOf(source, ...checks),
    support: supportOf(source, ...support),
  };
}

/** The status of an answer with a 1xxx code: as it is published, else that of most. */
export function statusOf1xxx(code: number): Status1xxx {
  return edge1xxxOf(code)?.httpStatus ?? mostly403;
}

/** Every 1xxx code that has a page, ascending. */
export function codesOf1xxx(): number[] {
  return rows.flatMap(({ codes }) => codes).sort((a, b) => a - b);
}
