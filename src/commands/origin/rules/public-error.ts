import type { EdgeVerdict } from '../../../decoders/edge-verdict.js';
import { edgeErrorOf } from '../../../knowledge/edge-errors.js';
import type { Check } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { type PublicOutcome, rayInBrackets } from '../public-outcome.js';
import { codeText } from '../verdict.js';
import { pastCloudflare } from './edge-steps.js';

/** Cloudflare answers with an error: the one that the direct path lets expect, another one, or out of the blue. */
export function publicErrorCheck(
  { public: path = {}, host, addresses }: SeenFacts,
  { code, own }: Extract<PublicOutcome, { kind: 'error' }>,
  direct: 'healthy' | EdgeVerdict | undefined,
): Check {
  const evidence = [path.error === undefined ? '/public/http/status' : '/public/error'];
  const answers = `Cloudflare answers ${code}${rayInBrackets(path)}`;
  const row = edgeErrorOf(code);
  const cites = row?.source ?? '';
  if (direct !== undefined && direct !== 'healthy' && (direct.code === code || direct.errorCode === code)) {
    return { status: 'pass', says: `${answers} to everybody too, as the direct path lets expect`, evidence };
  }
  const given = addresses.filter(({ kind }) => kind !== 'cloudflare').map(({ address }) => address);
  const compare =
    given.length === 0
      ? pastCloudflare(host)
      : `Compare ${given.join(', ')} with what Cloudflare connects to: the A and AAAA records of ${host} in its DNS app, Origin Rules, load balancers.`;
  if (direct === 'healthy') {
    const why = hints[code] ?? (own ? row?.cause : undefined) ?? 'something between Cloudflare and the origin differs';
    return {
      status: 'fail',
      says: `${answers} to everybody, although the direct path is healthy: ${why}`,
      evidence,
      code: 'cloudflare-error',
      remedy: [
        compare,
        ...(own ? ['Allow every Cloudflare range at the origin: https://www.cloudflare.com/ips-v4, /ips-v6.'] : []),
        `Read about all causes: rg-diag explain ${code}`,
        'For support: add --ticket to this command, which prints the ray id.',
      ].join('\n'),
      cites,
    };
  }
  const instead = direct === undefined ? '' : `, and not ${codeText(direct)} as the direct path lets expect`;
  return {
    status: direct === undefined ? 'fail' : 'warn',
    says: `${answers} to everybody${instead}`,
    evidence,
    code: 'cloudflare-error',
    remedy: [
      ...(row === undefined ? [] : [row.remedy]),
      compare,
      `Read about all causes: rg-diag explain ${code}`,
    ].join('\n'),
    cites,
  };
}

const orAnother = 'or Cloudflare has another address for it';
const otherOrigin = 'Cloudflare may have another address, name or port for the origin than the one looked at here';

/** What explains an error that the direct path does not show. */
const hints: Readonly<Record<number, string>> = {
  520: 'the origin answers Cloudflare differently: a firewall, Authenticated Origin Pulls, HTTP/2, or another address',
  521: `the origin or its firewall refuses what comes from Cloudflare’s addresses, ${orAnother}`,
  522: `the origin or its firewall drops or limits what comes from Cloudflare’s addresses, ${orAnother}`,
  523: otherOrigin,
  524: 'the answer to this request came in time here, and not there: load that comes and goes, or another address',
  525: `${otherOrigin}, and TLS fails there`,
  526: `${otherOrigin}, with another certificate`,
  527: 'the way through Railgun fails: --railgun railgun.conf looks at it',
  530: otherOrigin,
  1000: otherOrigin,
  1016: 'Cloudflare has a name for the origin that does not resolve',
};
