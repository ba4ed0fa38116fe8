import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import { secondsBetween } from '../age.js';
import type { SeenFacts } from '../facts.js';
import { missing, numberOf, pointerTo, ratesOf, toRates } from '../seen-statistics.js';
import { minuteRateText } from '../text.js';

/** More new connections a minute than this are many: rg-diag's own threshold, Cloudflare keeps them open. */
const mostPerMinute = 10;

/** Whether the connections from Cloudflare last. */
export const wanChurn: Rule<SeenFacts> = {
  id: 'listener/wan-churn',
  means:
    'Cloudflare keeps its connections open and uses them again. Each new one means requests that go past Railgun meanwhile (direct). More than 10 a minute is the threshold, which is rg-diag’s own.',
  remedy:
    'Look for a firewall or balancer between that ends idle connections: let it keep them for 90 s at least.\nSee whether rg-listener restarts: its panic log, and the age of its process.',
  cites: listenerKnowledge.persistent.source,
  skips: (facts) =>
    missing(facts, 'wan_starts') ??
    (perSecond(facts) === undefined ? 'one look does not show it: --watch does' : undefined),
  check(facts) {
    const { rate, over } = perSecond(facts) ?? { rate: 0, over: '' };
    const evidence = [pointerTo('wan_starts'), ...(ratesOf(facts) === undefined ? ['/local/processes'] : [toRates])];
    const stops = ratesOf(facts)?.perSecond['wan_stops'];
    const ended = stops === undefined ? '' : `, ${minuteRateText(stops)} ended`;
    const says = `connections from Cloudflare: ${minuteRateText(rate)} opened${ended}, ${over}`;
    if (rate * 60 > mostPerMinute) return { status: 'warn', says, evidence, code: 'connection-churn' };
    return { status: 'pass', says, evidence };
  },
};

/** Between two looks; with one, since the process began, where it is known which it is. */
function perSecond(facts: SeenFacts): { rate: number; over: string } | undefined {
  const rates = ratesOf(facts);
  const rate = rates?.perSecond['wan_starts'];
  if (rates !== undefined && rate !== undefined) return { rate, over: `in ${grouped(rates.seconds)} s` };
  const processes = facts.local?.processes;
  const [process, ...others] = processes?.state === 'seen' ? processes.processes : [];
  if (process?.startedAt === undefined || others.length > 0) return undefined;
  const seconds = secondsBetween(process.startedAt, facts.observedAt);
  // At the beginning all are new.
  if (!(seconds >= 600)) return undefined;
  return { rate: (numberOf(facts, 'wan_starts') ?? 0) / seconds, over: 'since the process began' };
}
