import { memcachedDown } from '../../../knowledge/railgun-memcached.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { FailedFacts } from '../facts.js';

/** What to do about each failure, one step a line. */
const remedies: Partial<Readonly<Record<FailureCode, string>>> = {
  'connection-refused':
    'Start memcached: systemctl start memcached.\nSee where it listens: ss -ltnp | grep memcached.\nCompare with memcached.servers in railgun.conf.',
  'file-not-found':
    'Start memcached, and see with which socket (-s) it was started.\nCompare the path with memcached.servers in railgun.conf.',
  'permission-denied':
    'Let this user open the socket: put user railgun in group memcached, and start memcached with -a 770.',
  prohibited: 'Let this user open the socket: put user railgun in group memcached, and start memcached with -a 770.',
  'no-answer':
    'See whether it is full: with -o no_maxconns_fast memcached accepts nobody at its limit (-c).\nSee whether it hangs: systemctl status memcached.\nTry it with TLS: --tls.',
  'incomplete-answer': 'See how busy the machine and the network to it are.\nGive it more time: --read-timeout 30.',
  'not-memcached': 'Check the address and the port: memcached listens on 11211 unless -p says otherwise.',
  'authentication-required':
    'Give the user and password in a file: --auth-file FILE.\nNo parameter of railgun.conf for a password is documented: give rg-listener a memcached without -Y, on a unix socket or loopback.',
  'authentication-failed': 'Compare the first line of --auth-file with the file that memcached was started with (-Y).',
  'too-many-connections':
    'See who holds its connections: ss -tnp | grep 11211.\nStart memcached with a higher limit: -c 4096.',
  'tls-required': 'Ask with TLS: --tls, and --ca-file for an authority of your own.',
  'not-tls': 'Ask without --tls.',
  'unverified-certificate':
    'Give the authority that signed it: --ca-file FILE.\nSee what is wrong with it: rg-diag cert HOST:PORT.',
  timeout:
    'Check that no firewall drops the packets: rg-diag probe HOST 11211.\nSee whether it is full: with -o no_maxconns_fast memcached accepts nobody at its limit (-c).',
};

const otherwise = 'Check the address, and that memcached runs there: rg-diag probe HOST 11211.';

/** Whether there is a memcached to talk to. */
export const answers: Rule<FailedFacts> = {
  id: 'memcached/answers',
  means: memcachedDown.means,
  remedy: otherwise,
  cites: memcachedDown.source,
  check(facts) {
    const { failure, password } = facts;
    const isInput = failure.step === 'input' || failure.step === 'decode';
    const { code } = failure;
    const evidence = ['/failure'];
    if (isInput && failure.blame === 'us') {
      const says = `not looked at: ${failure.detail}`;
      const status = failure.byRun === true ? statusOfFailure(failure, facts) : 'broken';
      return { status, says, evidence, code, remedy: 'Correct the file, or its name.' };
    }
    const withheld = password === 'withheld' && code !== 'unverified-certificate' ? '; the password was not sent' : '';
    return {
      status: statusOfFailure(failure, facts),
      says: `${words[code] ?? 'cannot be used'}: ${failure.detail}${withheld}`,
      evidence: password === undefined ? evidence : [...evidence, '/password'],
      code,
      remedy: [filled(remedies[code] ?? otherwise, facts), ...logged(facts)].join('\n'),
    };
  },
};

/** With the address in the place of HOST: there is a port in it, unless it is a socket. */
function filled(remedy: string, { address, transport }: FailedFacts): string {
  const colon = address.lastIndexOf(':');
  if (transport === 'unix' || colon < 0) return remedy;
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  return remedy
    .replaceAll('HOST:PORT', () => address)
    .replaceAll('HOST 11211', () => `${host} ${address.slice(colon + 1)}`);
}

/** What kind of failure it is, before the detail. */
const words: Partial<Readonly<Record<FailureCode, string>>> = {
  'connection-refused': 'nothing listens there',
  'file-not-found': 'there is no such socket',
  'no-answer': 'silent',
  'incomplete-answer': 'far too slow',
  'not-memcached': 'not a memcached',
  'authentication-required': 'wants a password',
  'authentication-failed': 'wrong password',
  'too-many-connections': 'full',
  'tls-required': 'wants TLS',
  'not-tls': 'does not speak TLS',
  'answer-too-long': 'endless',
  'connection-closed': 'hangs up',
  'connection-reset': 'hangs up',
  'unverified-certificate': 'not to be trusted',
  interrupted: 'not finished',
};

/** What rg-listener is known to log about such a server: where it cannot connect, or waits in vain. */
function logged({ failure, transport }: FailedFacts): string[] {
  const { code, step } = failure;
  const says = (line: string) => [`Look for it in the log of rg-listener: ${line}`];
  if (transport === 'unix') return step === 'connect' ? says(memcachedDown.log.unix) : [];
  return code === 'timeout' || code === 'no-answer' || code === 'incomplete-answer' ? says(memcachedDown.log.tcp) : [];
}
