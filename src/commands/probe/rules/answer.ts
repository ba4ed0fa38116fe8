import { printable } from '../../../model/printable.js';
import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { Attempt, ReachedFacts } from '../facts.js';

/** Characters of an answer that a finding quotes. */
const quoted = 60;

/** Whether open ports say what `--expect` asks for, or anything where `--send` or `--banner` does. */
export const answer: Rule<ReachedFacts> = {
  id: 'probe/answer',
  means: 'Something listens, but it does not say what was expected: another service, or one that is not well.',
  remedy: 'See what it says: --banner, or --send with what it answers.\nGive it more time: --read-timeout 10.',
  cites: '',
  skips({ asked, attempts }) {
    if (asked.expect === undefined && asked.send === undefined && asked.banner === undefined) {
      return 'no answer was asked for';
    }
    return attempts.some(wasAsked) ? undefined : 'nothing is open that could be asked';
  },
  check(facts) {
    const { asked, attempts } = facts;
    const rows = attempts.flatMap((attempt, index) => (wasAsked(attempt) ? [{ attempt, index }] : []));
    const evidence = rows.slice(0, 5).map(({ index }) => `/attempts/${index}`);
    if (asked.expect === undefined) {
      const silent = rows.filter(({ attempt }) => attempt.banner === undefined);
      const [mute = rows[0]] = silent;
      if (silent.length === 0) return { status: 'pass', says: `it says ${quote(mute?.attempt)}`, evidence };
      const says = `${silent.length} of ${rows.length} open ports said nothing: ${mute?.attempt.answerFailure?.detail ?? 'an empty datagram'}`;
      return { status: 'note', says, evidence, remedy: '' };
    }
    const wrong = rows.filter(({ attempt }) => attempt.expected !== true);
    const [first] = wrong;
    const isEnough = asked.any === true && wrong.length < rows.length;
    if (first === undefined || isEnough) {
      return { status: 'pass', says: `the answer holds '${asked.expect}', as expected`, evidence };
    }
    const { attempt } = first;
    const said = attempt.banner === undefined ? 'nothing came' : `it said ${quote(attempt)}`;
    const why = attempt.answerFailure === undefined ? '' : ` (${attempt.answerFailure.detail})`;
    const where = 'port' in attempt ? `port ${attempt.port}: ` : '';
    const more = wrong.length > 1 ? `, and ${wrong.length - 1} more` : '';
    return {
      // What came and is something else was answered in time.
      status: attempt.answerFailure === undefined ? 'fail' : statusOfFailure(attempt.answerFailure, facts),
      says: `${where}'${asked.expect}' was expected, and ${said}${why}${more}`,
      evidence: [...wrong.slice(0, 5).map((row) => `/attempts/${row.index}`), '/asked/expect'],
      code: attempt.banner === undefined ? (attempt.answerFailure?.code ?? 'unexpected-answer') : 'unexpected-answer',
    };
  },
};

/** An open port with which there was a conversation: a handshake that failed leaves none. */
function wasAsked({ state, tls }: Attempt): boolean {
  return state === 'open' && tls?.failure === undefined;
}

function quote(attempt: Attempt | undefined): string {
  return `'${shortened(printable(attempt?.banner ?? ''), quoted)}'`;
}
