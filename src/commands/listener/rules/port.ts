import { isRgListener } from '../../../decoders/proc-process.js';
import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { wanSockets } from '../wan-sockets.js';

/** Whether it is rg-listener that listens on the WAN port. */
export const port: Rule<SeenFacts> = {
  id: 'listener/port',
  means: listenerKnowledge.down.means,
  remedy: `Start it: ${listenerKnowledge.service.start}.\nCompare wan.port in railgun.conf with what listens: ss -ltnp.`,
  cites: listenerKnowledge.port.source,
  skips: ({ local }) =>
    local === undefined
      ? 'it is looked at from outside'
      : local.sockets.state === 'not-seen'
        ? local.sockets.failure.detail
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
      const remedy = `Stop that program, or set another wan.port in railgun.conf.\nThen start it: ${listenerKnowledge.service.start}.`;
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
