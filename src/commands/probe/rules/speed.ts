import type { Rule } from '../../../model/rule.js';
import type { ReachedFacts } from '../facts.js';

/** Whether connecting is as quick as `--warning` and `--critical` want it. */
export const speed: Rule<ReachedFacts> = {
  id: 'probe/speed',
  means: 'Connecting takes longer than it may: the way is long or loses packets, or the host is overloaded.',
  remedy:
    'Try again, to see whether it stays so: a time near 1 or 3 seconds is a lost packet that was sent again.\nSee where the time goes: mtr -T -P PORT HOST.',
  cites: '',
  skips({ asked, attempts }) {
    if (asked.warning === undefined && asked.critical === undefined) return 'no time was asked for';
    return attempts.some(({ state }) => state === 'open') ? undefined : 'nothing is open';
  },
  check({ asked, attempts }) {
    const { warning, critical } = asked;
    const times = attempts.flatMap(({ state, ms }, index) => (state === 'open' ? [{ index, seconds: ms / 1000 }] : []));
    const slowest = times.reduce((slow, time) => (time.seconds > slow.seconds ? time : slow));
    const { index, seconds } = slowest;
    const evidence = [`/attempts/${index}/ms`];
    const attempt = attempts[index];
    const where = attempt !== undefined && 'port' in attempt ? ` to port ${attempt.port}` : '';
    const says = `connecting${where} took ${seconds.toFixed(4)} s`;
    const beyond = (limit: number) => `${says}, more than ${limit} s`;
    if (critical !== undefined && seconds > critical) {
      return { status: 'fail', says: beyond(critical), evidence, code: 'too-slow' };
    }
    if (warning !== undefined && seconds > warning) {
      return { status: 'warn', says: beyond(warning), evidence, code: 'too-slow' };
    }
    return { status: 'pass', says: times.length > 1 ? `${says} at most` : says, evidence };
  },
};
