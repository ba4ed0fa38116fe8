import type { Check, Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';
import { fixedPlaces } from '../fixed-lines.js';
import { countText } from '../text.js';

/** What became of `--fix`. */
export const fixed: Rule<ConfigFacts> = {
  id: 'config-check/fixed',
  means: 'The file is as it was: it is replaced as a whole, or not at all.',
  remedy: 'Run --fix as the owner of the file, when nobody else is changing it.',
  cites: '',
  skips: ({ fixed: did }) => (did === undefined ? 'nothing was to be put right (--fix)' : undefined),
  check(facts) {
    const { edits = [], failures = [] } = facts.fixed ?? {};
    const unchanged = failures.map(
      ({ path, failure: { code, detail } }, index): Check => ({
        status: 'fail',
        says: `not put right: ${detail}`,
        evidence: [`/fixed/failures/${index}`],
        code,
        place: { file: path },
      }),
    );
    const says =
      edits.length === 0
        ? 'there was nothing that is safe to put right'
        : `put right: ${countText(edits.length, 'place', 'places')} (${fixedPlaces(facts)})`;
    if (edits.length === 0 && unchanged.length > 0) return unchanged;
    const did1: Check =
      edits.length === 0
        ? { status: 'pass', says, evidence: ['/fixed/edits'] }
        : {
            status: 'note',
            says,
            evidence: ['/fixed/edits'],
            remedy: 'Restart rg-listener, or send it SIGHUP where only keys changed that it reloads.',
          };
    return [...unchanged, did1];
  },
};
