import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { ReachedFacts } from '../facts.js';

/** Whether the TLS handshake that was asked for is finished with every open port. */
export const tls: Rule<ReachedFacts> = {
  id: 'probe/tls',
  means: 'The port is open, but no TLS client gets further than that.',
  remedy: 'See what is wrong with the certificate: rg-diag cert HOST:PORT.',
  cites: '',
  skips({ asked, attempts }) {
    if (asked.tls !== true) return 'no handshake was asked for';
    return attempts.some((attempt) => attempt.tls !== undefined) ? undefined : 'nothing is open';
  },
  check(facts) {
    const { attempts } = facts;
    const done = attempts.flatMap((attempt, index) =>
      attempt.tls === undefined ? [] : [{ index, name: nameOf(attempt), ...attempt.tls }],
    );
    const failed = done.flatMap(({ failure, ...rest }) => (failure === undefined ? [] : [{ ...rest, failure }]));
    const [first] = failed;
    if (first !== undefined) {
      const { failure, name } = first;
      const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : '';
      // What the user gave cannot be used: that says nothing about the port.
      if (failure.step === 'input' && failure.byRun !== true) {
        return {
          status: 'broken',
          says: `the authorities to trust cannot be read: ${failure.detail}`,
          evidence: [`/attempts/${first.index}/tls/failure`],
          code: failure.code,
          remedy: 'Check the name and the permissions of the files of --ca-file and --add-ca.',
        };
      }
      return {
        status: statusOfFailure(failure, facts),
        says: `the TLS handshake with ${name} failed: ${failure.detail}${more}`,
        evidence: failed.slice(0, 5).map(({ index }) => `/attempts/${index}/tls/failure`),
        code: failure.code,
        remedy: remedies[failure.code] ?? 'See more: openssl s_client -connect HOST:PORT -servername HOST.',
      };
    }
    const doubtful = done.filter(({ unverified }) => unverified !== undefined);
    const [doubt = done[0]] = doubtful;
    const evidence = [`/attempts/${doubt?.index ?? 0}/tls`];
    if (doubtful.length > 0) {
      const says = `${doubt?.name}: ${doubt?.protocol}, but the certificate does not verify: ${doubt?.unverified}`;
      return { status: 'note', says, evidence };
    }
    return { status: 'pass', says: `the TLS handshake was finished: ${doubt?.protocol}`, evidence };
  },
};

const remedies: Partial<Readonly<Record<FailureCode, string>>> = {
  'not-tls': 'The port speaks something else than TLS: leave out --tls, or give the port that speaks it.',
  'client-certificate-required': 'The server wants a client certificate: that it asks for one shows that it works.',
  timeout: 'See whether the service hangs or is overloaded.\nGive it more time: --connect-timeout 20.',
};

/** How a finding calls the place of an attempt. */
function nameOf(attempt: object): string {
  return 'port' in attempt ? `port ${attempt.port}` : 'the socket';
}
