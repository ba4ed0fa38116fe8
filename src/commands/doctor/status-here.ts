import { isCloudflareAddress } from '../../decoders/address-kind.js';
import type { Finding, Status } from '../../model/finding.js';
import { resolvePointer } from '../../model/pointer.js';
import type { CheckFacts, DoctorFacts } from './facts.js';
import { hostsMark } from './hosts-of-machine.js';
import type { Names } from './names-of.js';
import { weightOf } from './status.js';

/** What a finding counts as beside those of the other checks: less than by itself where they know better. */
export function statusesOf({
  checks,
  machine,
}: DoctorFacts): (check: CheckFacts, finding: Finding, names: Pick<Names, 'portLost' | 'reached'>) => Status {
  const byHosts = new Set(
    machine.hosts
      .filter(({ address }) => !isCloudflareAddress(address))
      .map(({ name, address }) => hostsMark(name, address)),
  );
  const hosts = new Set<string>();
  let railguns = 0;
  let originCa = 0;
  for (const { command, subject, outcome } of checks) {
    if (outcome.state !== 'ran') continue;
    if (command === 'origin' && subject.host !== undefined) hosts.add(subject.host);
    for (const { facts } of outcome.reports) {
      if (command === 'origin' && resolvePointer(facts, '/railgun/tls/chain') !== undefined) railguns += 1;
      if (chains.some((chain) => resolvePointer(facts, `${chain}/originCa`) !== undefined)) originCa += 1;
    }
  }
  return ({ command, subject: { host = '' } }, { rule, status, code }, { portLost, reached }) => {
    // `rg-diag config resolve` warns of it: visitors who ask for the port get another page than without Railgun.
    if (portLost === true && status === 'note') return 'warn';
    // The hosts file of this machine leads to the origin, as the documents advise: Cloudflare was not asked.
    if (command === 'trace' && reached.some((mark) => byHosts.has(mark))) return atMost('note', status);
    // This machine need not be able to reach Cloudflare, and a name need not be proxied yet. An error of Cloudflare is what visitors get.
    if (command === 'trace' && hosts.has(host) && code !== 'cloudflare-error') return atMost('warn', status);
    // It harms origins with such a certificate, and all that rg-listener was seen to meet have another one.
    if (rule === 'config-check/origin-ca' && railguns > 0 && originCa === 0) return atMost('note', status);
    // The edge trusts it, and whether rg-listener does is seen at the origin.
    if (rule === 'cert/origin-ca' && hosts.has(host)) return atMost('note', status);
    return status;
  };
}

const chains = ['', '/tls/chain', '/railgun/tls/chain'];

function atMost(most: Status, status: Status): Status {
  return weightOf(status) > weightOf(most) ? most : status;
}
