import { isRgListener } from '../../../decoders/proc-process.js';
import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { LocalFacts, SeenFacts } from '../facts.js';
import { wanSockets } from '../wan-sockets.js';

/** Where nothing runs, that nothing listens has the same cause. */
function isFollowing(local: LocalFacts): boolean {
  return local.processes.state === 'seen' && local.processes.processes.length === 0 && wanSockets(local)?.length === 0;
}

/** Whether it is rg-listener that listens on the WAN port. */
export const port: Rule<SeenFacts> = {
  id: 'listener/port',
  means: listenerKnowledge.down.means,
  remedy: `Restart it: ${listenerKnowledge.service.restart}\nCompare wan.port in railgun.conf with what listens: ss -ltnp | grep rg-listener\nSee what it says about it: rg-diag logs /var/log/syslog`,
  cites: listenerKnowledge.port.source,
  skips: ({ local }) =>
    local === undefined
      ? 'it is looked at from outside'
      : local.sockets.state === 'not-seen'
        ? local.sockets.failure.detail
        : isFollowing(local)
          ? 'no rg-listener runs here, so nothing listens'
          : undefined,
  check({ local, wan }) {
    const sockets = (local && wanSockets(local)) ?? [];
    const evidence = ['/local/sockets', '/wan/port'];
    if (sockets.length === 0) {
      return { status: 'fail', says: `nothing listens on port ${wan.port}`, evidence, code: 'not-running' };
    }
    const foreign = sockets.flatMap(({ owner }) => (owner === undefined || isRgListener(owner) ? [] : [owner]));
    const [other] = foreign;
    if (other !== undefined) {
      const says = `process ${other.pid} (${other.name}) listens on port ${wan.port}, and is no rg-listener`;
      const remedy = `See what it is: ps -fp ${other.pid}\nStop that program, or set another wan.port in railgun.conf.\nThen start it: ${listenerKnowledge.service.start}`;
      return { status: 'fail', says, evidence, remedy, code: 'wrong-process' };
    }
    const addresses = sockets.map(({ address }) => address).join(', ');
    if (sockets.every(({ owner }) => owner === undefined)) {
      const says = `port ${wan.port} is listened on at ${addresses}; by whom, this user may not see`;
      return { status: 'note', says, evidence, remedy: 'Run it with sudo to see which program that is.' };
    }
    return { status: 'pass', says: `rg-listener listens on port ${wan.port} at ${addresses}`, evidence };
  },
};
