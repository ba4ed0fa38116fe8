import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

/** What became of the password. */
export const password: Rule<ServerFacts> = {
  id: 'memcached/password',
  means: 'Whoever can see the network between here and the server can read the user and the password.',
  remedy:
    'Let memcached speak TLS (-Z), and ask with --tls.\nOr use a unix socket, or a tunnel.\nThen change the password.',
  cites: '',
  skips: ({ password: became }) => (became === undefined ? 'no password was given' : undefined),
  check({ password: became, transport, local }) {
    const evidence = ['/password', '/transport', '/local'];
    if (became === 'not-asked-for') {
      const says = 'it asks for no password, so none was sent';
      return { status: 'pass', says, evidence };
    }
    if (transport === 'tcp' && !local) {
      const says = 'the password went over the network in the clear';
      return { status: 'warn', says, evidence, code: 'password-in-clear' };
    }
    return { status: 'pass', says: 'it accepted the password', evidence };
  },
};
