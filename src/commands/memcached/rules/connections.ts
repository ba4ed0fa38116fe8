import { numberOf } from '../../../decoders/memcached.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';
import { percentText } from '../text.js';

/** From this part of the limit on there is little room left. */
const nearly = 0.9;

/** Whether there is a connection for whoever comes next. */
export const connections: Rule<ServerFacts> = {
  id: 'memcached/connections',
  means: 'Whoever connects while all connections are taken is turned away or has to wait, rg-listener too.',
  remedy: 'See who holds its connections: ss -tnp | grep 11211.\nStart memcached with a higher limit: -c 4096.',
  cites: 'memcached, doc/protocol.txt: rejected_connections, listen_disabled_num',
  skips: ({ stats }) => (numberOf(stats['curr_connections']) === undefined ? 'the server does not say' : undefined),
  check({ stats, settings, rates }) {
    const current = numberOf(stats['curr_connections']) ?? 0;
    const most = numberOf(stats['max_connections']) ?? numberOf(settings['maxconns']);
    const says =
      most === undefined ? `${grouped(current)} connections` : `${grouped(current)} of ${grouped(most)} connections`;
    const evidence = ['/stats/curr_connections'];
    const full = counters.filter((name) => (numberOf(stats[name]) ?? 0) > 0);
    const [worst] = full;
    if (worst !== undefined) {
      const times = numberOf(stats[worst]) ?? 0;
      const where = [...evidence, ...full.map((name) => `/stats/${name}`)];
      const was = `${says}; the limit was reached ${grouped(times)} ${times === 1 ? 'time' : 'times'}`;
      const goesOn = rates === undefined || full.some((name) => (rates.perSecond[name] ?? 0) > 0);
      if (goesOn) return { status: 'warn', says: was, evidence: where, code: 'too-many-connections' };
      return { status: 'note', says: `${was}, not in the last ${rates.seconds} s`, evidence: [...where, '/rates'] };
    }
    if (most !== undefined && current >= most * nearly) {
      const near = `${says} are taken (${percentText(current / most)})`;
      return { status: 'warn', says: near, evidence, code: 'too-many-connections' };
    }
    return { status: 'pass', says, evidence };
  },
};

const counters = ['rejected_connections', 'listen_disabled_num'] as const;
