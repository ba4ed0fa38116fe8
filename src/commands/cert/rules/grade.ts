import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

const good: readonly string[] = ['A+', 'A', 'B'];

export const grade: Rule<ServerFacts> = {
  id: 'cert/grade',
  means: 'The server accepts protocols or ciphers that are no longer safe, or its certificate is not good.',
  remedy: 'Turn off TLS 1.0 and 1.1 and weak ciphers, allow TLS 1.3, and send Strict-Transport-Security.',
  cites: 'ssl-checker 3.0; RFC 8996',
  skips: (facts) => (facts.grade === undefined ? 'not asked for: --grade' : undefined),
  check({ grade: seen = {} }) {
    const evidence = ['/grade'];
    const { grade: letter, reasons = [], failure, notHonoured = [] } = seen;
    if (failure !== undefined || letter === undefined) {
      const remedy = 'The handshake has been judged all the same. Try again with a longer --timeout.';
      return { status: 'note', says: `no grade: ${failure?.detail ?? 'none was given'}`, evidence, remedy };
    }
    const why = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
    const without = notHonoured.length === 0 ? '' : ` (not honoured: ${notHonoured.join(', ')})`;
    const says = `grade ${letter}${why}${without}`;
    return good.includes(letter)
      ? { status: 'pass', says, evidence }
      : { status: 'warn', says, evidence, code: 'low-grade' };
  },
};
