import type { BundleFacts } from '../../../src/commands/bundle/facts.js';

/** The same bundle with a trace that came to nothing. */
export function failedTrace(facts: BundleFacts): BundleFacts {
  const file = 'trace-shop.test.txt';
  const state = { state: 'collected', bytes: 90, sha256: 'ab'.repeat(32), ms: 5, masked: 0 } as const;
  const item = { says: 'the output of /cdn-cgi/trace', source: 'Cloudflare, Railgun', files: [], failed: [file] };
  return {
    ...facts,
    parts: [
      ...facts.parts,
      { kind: 'checks', file, what: 'trace of shop.test', how: 'rg-diag trace shop.test', state },
    ],
    wanted: [...facts.wanted, { ...item, hasPart: true }],
  };
}
