import { originCipherSuitesSource } from '../../../knowledge/origin-cipher-suites.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { modeText } from '../modes.js';

/** Ways to fail that a suite which was not offered may explain. */
const mayBeSuites: readonly FailureCode[] = ['tls-cipher-mismatch'];

/** What the edge offers and could not be offered here: it matters where there was nothing in common. */
export const offered: Rule<SeenFacts> = {
  id: 'origin/offered',
  means: 'The origin may know one of those, and so agree with Cloudflare although it did not agree here.',
  remedy: 'Allow TLS 1.2 with AES-GCM at the origin: what is missing here is old and weak.',
  cites: originCipherSuitesSource,
  skips: ({ scheme, asked }) =>
    scheme === 'http' ? `under ${modeText(asked.mode).name} Cloudflare speaks HTTP with the origin` : undefined,
  check({ notOffered, stages }) {
    const evidence = ['/notOffered'];
    if (notOffered.length === 0) {
      return { status: 'pass', says: 'all that Cloudflare offers to origins was offered', evidence };
    }
    const list = notOffered.join(', ');
    const index = stages.findIndex(
      (seen) => seen.stage === 'tls' && 'failure' in seen && mayBeSuites.includes(seen.failure.code),
    );
    if (index < 0) return { status: 'pass', says: `not offered, and not missed: ${list}`, evidence };
    const says = `not offered here, because this OpenSSL has it no more, and offered by Cloudflare: ${list}`;
    return { status: 'note', says, evidence: [...evidence, `/stages/${index}`] };
  },
};
