import type { EdgeMode } from '../../../decoders/edge-verdict.js';
import { isVerdict } from '../../../decoders/other-modes.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { OtherMode, SeenFacts } from '../facts.js';
import { isStrict, modeText } from '../modes.js';
import { againText, outcomeText } from '../text.js';
import { judgementOf } from '../verdict.js';

/** The safest first. */
const preferred: readonly EdgeMode[] = ['strict', 'origin-pull', 'full', 'flexible', 'off'];

/** What visitors would get under the other SSL/TLS modes. */
export const otherModes: Rule<SeenFacts> = {
  id: 'origin/other-modes',
  means: 'The SSL/TLS mode of the zone decides how Cloudflare connects, and what it demands.',
  remedy: '',
  cites: modeText('strict').source,
  skips: ({ otherModes: modes }) =>
    modes.every((mode) => 'undetermined' in mode) ? 'what was seen does not tell about other modes' : undefined,
  check(facts): Check {
    const { otherModes: modes } = facts;
    const says = groupsText(modes);
    const evidence = modes.map((_, index) => `/otherModes/${index}`);
    const wrong = modes.filter((mode) => 'code' in mode && mode.code !== null);
    const judgement = judgementOf(facts, facts);
    const fails = isVerdict(judgement) && judgement.code !== null;
    if (wrong.length === 0 && !fails) return { status: 'pass', says, evidence };
    const works = preferred
      .map((wanted) => modes.find(({ mode }) => mode === wanted))
      .find((mode) => mode !== undefined && 'code' in mode && mode.code === null);
    return { status: 'note', says, evidence, remedy: remedyOf(facts, fails, wrong[0], works) };
  },
};

/** `no error under Full; 521 (Web server is down) under Off and Flexible` */
function groupsText(modes: readonly OtherMode[]): string {
  const groups = new Map<string, string[]>();
  for (const mode of modes) {
    const outcome = 'undetermined' in mode ? 'unknown' : outcomeText(mode);
    groups.set(outcome, [...(groups.get(outcome) ?? []), modeText(mode.mode).name]);
  }
  const known = [...groups].toSorted(([a], [b]) => Number(a === 'unknown') - Number(b === 'unknown'));
  return known.map(([outcome, names]) => `${outcome} under ${listed(names)}`).join('; ');
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function remedyOf(
  facts: SeenFacts,
  fails: boolean,
  wrong: OtherMode | undefined,
  works: OtherMode | undefined,
): string {
  if (!fails) {
    const { mode = 'strict' } = wrong ?? {};
    return `Before you change the mode of the zone, see what it would meet: ${againText(facts, `--mode ${mode}`)}`;
  }
  // Nothing to gain by a change of mode.
  if (works === undefined) return '';
  const { name } = modeText(works.mode);
  const price = isStrict(works.mode)
    ? ''
    : works.mode === 'full'
      ? ' Anybody on the way can then pretend to be the origin.'
      : ' Between Cloudflare and the origin nothing is encrypted then.';
  const instead = `Until the origin is mended, ${name} gives visitors no error here, instead of ${modeText(facts.asked.mode).name}: SSL/TLS, Overview, in the dashboard.`;
  return `${instead}${price}`;
}
