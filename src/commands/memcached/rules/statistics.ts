import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

/** Whether the server said all that was asked for. */
export const statistics: Rule<ServerFacts> = {
  id: 'memcached/statistics',
  means: 'What the server does not say cannot be judged. Proxies in front of memcached know only some of its commands.',
  remedy: 'Ask the memcached itself, not a proxy before it.',
  cites: '',
  check({ refused = {} }) {
    const commands = Object.entries(refused);
    if (commands.length === 0) return { status: 'pass', says: 'it answered every question', evidence: ['/stats'] };
    const says = commands.map(([command, line]) => `${command}: ${line === '' ? 'no end' : line}`).join('; ');
    return { status: 'warn', says: `it did not answer ${says}`, evidence: ['/refused'], code: 'unexpected-answer' };
  },
};
