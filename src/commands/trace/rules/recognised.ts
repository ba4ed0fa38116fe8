import { edgeErrorOf } from '../../../knowledge/edge-errors.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { NotATraceFacts } from '../facts.js';
import { mayBeOfProxy } from '../proxy-answer.js';

export const notATrace: Rule<NotATraceFacts> = {
  id: 'trace/answered',
  means: 'The host did not answer with a trace, which Cloudflare gives for every host that it proxies.',
  remedy: 'See the answer itself with --verbose.',
  cites: 'Cloudflare, /cdn-cgi/ endpoint @09df501',
  check(facts) {
    return checks[facts.answer](facts);
  },
};

const checks: Readonly<Record<NotATraceFacts['answer'], (facts: NotATraceFacts) => Check>> = {
  challenge: ({ http }) => ({
    status: 'fail',
    says: `a challenge page of Cloudflare (status ${http.status}) instead of a trace`,
    evidence: ['/http/headers/cf-mitigated', '/http/status'],
    code: 'challenge',
    remedy: 'Owner: look the ray id up in Security Events, and let this client pass.\nAsk from another network.',
    cites: 'Cloudflare, detecting a challenge page response',
  }),
  'cloudflare-error': cloudflareErrorCheck,
  'captive-portal': ({ http }) => {
    const { location } = http.headers;
    const where = location === undefined ? '' : `, which redirects to ${location}`;
    return {
      status: 'fail',
      says: `something on the way answered (status ${http.status})${where}: most likely a captive portal`,
      evidence: ['/http'],
      code: 'captive-portal',
      remedy:
        'Log in to the network with a browser, then ask again.\nAsk from another network to be sure that it is not the site.',
      cites: 'RFC 6585 section 6; WISPr',
    };
  },
  'not-proxied': (facts) => {
    const { http, address, proxy, host } = facts;
    const { server } = http.headers;
    const what = `status ${http.status}, ${server === undefined ? 'no Server' : `Server ${server}`}, no CF-RAY`;
    return {
      status: 'fail',
      says: mayBeOfProxy(facts)
        ? `not from Cloudflare, and it may be an answer of the proxy itself: ${what}`
        : `not proxied by Cloudflare: ${what}`,
      evidence: ['/http'],
      code: 'not-proxied',
      remedy: [
        `Check that the DNS record of the host is proxied (orange cloud)${address === undefined ? '' : ` and that ${address} is an address of Cloudflare`}.`,
        'Check /etc/hosts and --resolve, --connect-to: they may lead past Cloudflare.',
        ...(proxy === undefined ? [] : [`Ask without the proxy ${proxy}: NO_PROXY='*' rg-diag trace ${host}.`]),
      ].join('\n'),
    };
  },
  other: ({ http }) => ({
    status: 'fail',
    says: `from Cloudflare, status ${http.status} ${http.headers['content-type'] ?? ''}`
      .trimEnd()
      .concat(', but not a trace'),
    evidence: ['/http'],
    code: 'unexpected-answer',
    remedy:
      'See the answer itself with --verbose.\nFor support: the CF-RAY of the answer. Cloudflare itself serves /cdn-cgi/trace, and no setting of a site changes it.',
  }),
};

function cloudflareErrorCheck({ error, http }: NotATraceFacts): Check {
  const code = error?.code ?? http.status;
  const row = edgeErrorOf(code);
  const name = row?.cause ?? error?.title ?? error?.name?.replaceAll('_', ' ');
  const wait = error?.retryAfter === undefined ? '' : `\nTry again after ${error.retryAfter} s.`;
  const ray = error?.rayId ?? http.headers['cf-ray'];
  return {
    status: 'fail',
    says: `Cloudflare error ${code}${name === undefined ? '' : ` (${name})`} instead of a trace`,
    evidence: error === undefined ? ['/http'] : ['/error', '/http/status'],
    code: 'cloudflare-error',
    remedy: `${row?.remedy ?? 'Look the error up in the documentation of Cloudflare.'}${wait}${ray === undefined ? '' : `\nFor support: ray id ${ray}.`}`,
    ...(row !== undefined && { cites: row.source }),
  };
}
