import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { SeenFacts } from '../facts.js';
import { lookAgain, onItsMachine, shellWord } from '../shell-word.js';

const why: Readonly<Record<'disabled' | 'no-address' | 'not-asked', string>> = {
  disabled: 'stats.enabled is 0: no statistics are made',
  'no-address': 'stats.listen is not set: statistics are served nowhere',
  'not-asked': 'nobody said where its statistics are: --stats does',
};

const remedies: Partial<Readonly<Record<FailureCode, string>>> = {
  'unexpected-answer': 'Check the address: another program may serve that port.',
  'not-statistics': 'Check the address: another program may serve that port.',
  'malformed-response': 'Check the address: another program may serve that port.',
};

const otherwise = 'Compare the address with stats.listen in railgun.conf.';

function remedyOf(facts: SeenFacts, code: FailureCode): string {
  if (code === 'timeout') {
    const processes = facts.local?.processes;
    const pid = processes?.state === 'seen' ? processes.processes[0]?.pid : undefined;
    const top = pid === undefined ? 'top' : `top -p ${pid}`;
    return `${onItsMachine(facts, 'See how busy rg-listener is')} ${top}\nGive it more time: ${lookAgain(facts, '--read-timeout 30')}`;
  }
  if (code !== 'connection-refused') return remedies[code] ?? otherwise;
  const { local } = facts;
  if (local?.processes.state === 'seen' && local.processes.processes.length === 0) {
    return 'Nothing serves them where no rg-listener runs: start that first, then look again.';
  }
  return `${onItsMachine(facts, 'See where it listens')} ss -ltnp | grep rg-listener\nRestart it there if stats.enabled or stats.listen was changed since it was started: ${listenerKnowledge.service.restart}`;
}

/** Whether rg-listener says how it is. */
export const statistics: Rule<SeenFacts> = {
  id: 'listener/statistics',
  means: 'Without its statistics it cannot be seen what rg-listener does.',
  remedy: otherwise,
  cites: listenerKnowledge.statistics.source,
  skips: ({ statistics: seen }) => (seen.state === 'skipped' ? why[seen.why] : undefined),
  check(facts) {
    const { statistics: seen } = facts;
    const evidence = ['/statistics'];
    if (seen.state === 'skipped') throw new Error('no statistics');
    if (seen.state === 'failed') {
      const { failure, address } = seen;
      return {
        status: failure.byRun === true ? statusOfFailure(failure, facts) : 'warn',
        says: `no statistics at ${address}: ${failure.detail}`,
        evidence,
        code: failure.code,
        remedy: remedyOf(facts, failure.code),
      };
    }
    const { values, wrong, failure } = seen.statistics;
    const count = Object.keys(values).length;
    const remedy = `Look at it yourself: curl -sg http://${shellWord(seen.address, 'ADDR:PORT')}`;
    if (failure !== undefined) {
      const says = `the statistics break off after ${count} numbers: ${failure.detail}`;
      return { status: 'warn', says, evidence, remedy, code: failure.code };
    }
    const [odd] = Object.entries(wrong);
    if (odd !== undefined) {
      const says = `${Object.keys(wrong).length} of the statistics are no numbers: ${odd[0]} is ${odd[1]}`;
      return { status: 'warn', says, evidence: ['/statistics/statistics/wrong'], remedy, code: 'malformed' };
    }
    return { status: 'pass', says: `${count} numbers from ${seen.address}`, evidence };
  },
};
