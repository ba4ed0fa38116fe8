import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import { secondsBetween } from '../age.js';
import type { SeenFacts } from '../facts.js';
import { certificateSeen } from '../reach-of-listener.js';

const { service, down } = listenerKnowledge;

/** Whether rg-listener runs on this machine. */
export const process: Rule<SeenFacts> = {
  id: 'listener/process',
  means: down.means,
  remedy: `Start it: ${service.start}\nSee why it ended, in its panic log and in its log: rg-diag logs /var/log/syslog`,
  cites: service.source,
  skips: ({ local }) =>
    local === undefined
      ? 'it is looked at from outside'
      : local.processes.state === 'not-seen'
        ? `processes cannot be seen: ${local.processes.failure.detail}`
        : undefined,
  check(facts) {
    const seen = facts.local?.processes;
    const processes = seen?.state === 'seen' ? seen.processes : [];
    const evidence = ['/local/processes'];
    const own = facts.local?.pidFile.state === 'read' ? facts.local.pidFile.pid : undefined;
    const first = processes.find(({ pid }) => pid === own) ?? processes[0];
    if (first === undefined) {
      const certificate = certificateSeen(facts)?.certificate;
      const sockets = facts.local?.sockets;
      const isElsewhere = sockets?.state !== 'seen' || sockets.sockets.every(({ owner }) => owner === undefined);
      const answers = isElsewhere && certificate?.state === 'read' && certificate.railgunName !== undefined;
      if (!answers) return { status: 'fail', says: 'no rg-listener runs here', evidence, code: 'not-running' };
      const says =
        'an rg-listener answers, but none is among the processes that can be seen: it may run in a container';
      const remedy = 'Look at it where it runs.';
      return { status: 'note', says, evidence, remedy };
    }
    // As many as are looked at are no surprise.
    if (processes.length > (facts.group?.tried ?? 1)) {
      const pids = processes.map(({ pid }) => pid).join(', ');
      const says = `${processes.length} rg-listeners run here: ${pids}`;
      const remedy = `See which one listens: ss -ltnp | grep rg-listener\nSee how old they are: ps -fp ${processes.map(({ pid }) => pid).join(',')}\nDuring an upgrade there are two for a moment; otherwise end those that are too many.`;
      return { status: 'note', says, evidence, remedy };
    }
    const { pid, user, startedAt, executableGone } = first;
    const age = startedAt === undefined ? undefined : secondsBetween(startedAt, facts.observedAt);
    const since = age === undefined ? '' : age < 0 ? '' : `, for ${durationText(age)}`;
    const says = `rg-listener runs as process ${pid}${user === undefined ? '' : ` of ${user}`}${since}`;
    if (executableGone === true) {
      const gone = `${says}; its program was replaced or removed since`;
      return {
        status: 'note',
        says: gone,
        evidence,
        remedy: `Restart it, to run the one that is installed: ${service.restart}`,
      };
    }
    return { status: 'pass', says, evidence };
  },
};
