import { type RailgunTarget, railgunTarget } from '../../../decoders/railgun-target.js';
import { sources } from '../../../knowledge/sources.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { placeOf, wayText } from '../text.js';

const documents = `${sources.railgunProblems}; ${sources.railgunBalancers}`;

/** Whether it leads to an origin: not into Cloudflare, back to rg-listener, or to what is no address of a web server. */
export const pointing: Rule<DestinationFacts> = {
  id: 'config-resolve/pointing',
  means: 'It does not lead to the web server: requests come round again, time out, or go nowhere.',
  remedy: '',
  cites: documents,
  skips: ({ way }) => (way.host === undefined ? 'the address in DNS at Cloudflare was not named' : undefined),
  check(facts) {
    const { way, attempts = [] } = facts;
    const here = { evidence: ['/way'], ...placeOf(way.decidedBy) };
    const own = judged(way.host ?? '', facts);
    // What a name stands for is known where it was asked for.
    const found = attempts.map(({ address }) => judged(address, facts)).find(({ kind }) => isBad(kind));
    const isName = own.kind === 'name';
    const target = isName && found !== undefined ? found : own;
    const row = rows[target.kind];
    if (row === undefined) {
      const what = isName
        ? `${wayText(way)} is a name: what it leads to was not looked up`
        : `${wayText(way)} is neither in Cloudflare nor rg-listener itself`;
      const says =
        isName && attempts.length > 0 ? `${wayText(way)} leads neither into Cloudflare nor back to rg-listener` : what;
      return { status: 'pass', says, evidence: ['/way'] };
    }
    const says = `${wayText(way)} ${isName && found !== undefined ? 'leads to' : 'is'} ${target.says}`;
    const cites = target.source ?? documents;
    if (row.status === 'note') return { status: 'note', says, remedy: row.remedy, cites, ...here };
    return { status: row.status, says, code: row.code, remedy: row.remedy, cites, ...here };
  },
};

type Row =
  | { readonly status: 'fail' | 'warn'; readonly code: FailureCode; readonly remedy: string }
  | { readonly status: Extract<Check['status'], 'note'>; readonly remedy: string };

const ownAddress = 'Give the address of the web server itself, as rg-listener reaches it in its own network.';

const rows: Partial<Readonly<Record<RailgunTarget['kind'], Row>>> = {
  loop: { status: 'fail', code: 'request-loop', remedy: ownAddress },
  cloudflare: {
    status: 'fail',
    code: 'cloudflare-address',
    remedy: `Requests would come back through Cloudflare.\n${ownAddress}`,
  },
  'public-side': {
    status: 'warn',
    code: 'request-loop',
    remedy: `Requests would leave the network and have to come in again, which many a NAT and balancer does not do.\n${ownAddress}`,
  },
  odd: { status: 'warn', code: 'invalid-value', remedy: ownAddress },
  placeholder: { status: 'warn', code: 'invalid-value', remedy: ownAddress },
  example: { status: 'note', remedy: ownAddress },
};

function isBad(kind: RailgunTarget['kind']): boolean {
  return rows[kind] !== undefined;
}

function judged(host: string, { way, listener, ownAddresses }: DestinationFacts): RailgunTarget {
  const { wanPort, wanIp, publicHosts } = listener;
  return railgunTarget(host, [way.port], { wanPort, wanIp, publicHosts, ownAddresses });
}
