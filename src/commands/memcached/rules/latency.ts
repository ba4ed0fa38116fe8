import { memcachedDown, railgunConfSources } from '../../../knowledge/railgun-memcached.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

/** The round trip, against the thresholds that were given and against the time that rg-listener waits. */
export const latency: Rule<ServerFacts> = {
  id: 'memcached/latency',
  means: `rg-listener waits for memcached no longer than memcached.timeout. ${memcachedDown.means}`,
  remedy:
    'Run memcached on the machine of rg-listener, on a unix socket.\nRaise memcached.timeout in railgun.conf where memcached i/o timeouts are logged.',
  cites: railgunConfSources.timeout,
  check({ pingMs, asked }) {
    const { warning, critical, memcachedTimeout } = asked;
    const seconds = pingMs / 1000;
    const says = `a round trip takes ${pingMs} ms`;
    const evidence = ['/pingMs'];
    if (critical !== undefined && seconds > critical) {
      const over = `${says}, more than ${critical} s`;
      return { status: 'fail', says: over, evidence: [...evidence, '/asked/critical'], code: 'too-slow' };
    }
    const timeout = [...evidence, '/asked/memcachedTimeout'];
    if (pingMs >= memcachedTimeout) {
      const over = `${says}, and memcached.timeout is ${memcachedTimeout} ms`;
      return { status: 'warn', says: over, evidence: timeout, code: 'too-slow' };
    }
    if (warning !== undefined && seconds > warning) {
      const over = `${says}, more than ${warning} s`;
      return { status: 'warn', says: over, evidence: [...evidence, '/asked/warning'], code: 'too-slow' };
    }
    if (pingMs * 2 >= memcachedTimeout) {
      const near = `${says}: more than half of memcached.timeout (${memcachedTimeout} ms)`;
      return { status: 'note', says: near, evidence: timeout };
    }
    return { status: 'pass', says, evidence: timeout };
  },
};
