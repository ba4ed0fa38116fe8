import type { Finding } from '../../model/finding.js';
import type { CheckFacts, CheckReport, DoctorFacts } from './facts.js';
import { isCutAtListener, type Names } from './names-of.js';
import { textAt } from './reading.js';
import { counts } from './status.js';

/** The line of the map that led a check of an origin there: `/etc/railgun/railgun-nat.conf:12`; nothing where DNS or an option did. */
export function mapLineOf({ command, why }: CheckFacts, { configuration }: DoctorFacts): string | undefined {
  const file = configuration.state === 'read' ? (configuration.mapFile ?? '') : '';
  const at = file === '' || command !== 'origin' ? -1 : why.indexOf(`${file}:`);
  if (at < 0) return undefined;
  const [number] = /^\d{1,9}/.exec(why.slice(at + file.length + 1)) ?? [];
  return number === undefined ? undefined : `${file}:${number}`;
}

/** What makes a sentence about visitors one that holds only for the case. */
export const whereDnsLeads = 'where DNS leads Cloudflare to the place in the map, ';

/** Before an origin has shown by a page of its own that it is the right place. */
const early: readonly Names['stage'][] = ['dns', 'tcp', 'tls', 'certificate'];

/** Whether a place may be the wrong one, by the step that fails there. */
export function isEarly(stage: Names['stage']): boolean {
  return early.includes(stage);
}

/**
 * What was found of an origin at the place in the map. Cloudflare itself never goes by the map, so what visitors get without Railgun is
 * said only for the case that DNS leads to the same place, and what rg-listener meets there comes first.
 */
export function asLedByMap(
  finding: Finding,
  { subject }: CheckFacts,
  { facts, findings }: CheckReport,
  stage: Names['stage'],
  mapLine: string,
): Finding {
  if (finding.rule !== 'origin/edge-error' || !counts(finding.status) || !finding.says.startsWith('visitors ')) {
    return finding;
  }
  const isCut = isCutAtListener(facts);
  const listener = isCut ? undefined : findings.find(({ rule, status }) => rule === 'origin/railgun' && counts(status));
  const seen = listener === undefined ? '' : `${listener.says}; `;
  const place = textAt(facts, '/railgun/destination') ?? subject.destination ?? 'another place';
  const step = `See whether ${mapLine} is right: it leads rg-listener to ${place}`;
  // How long rg-listener needs was not seen to the end.
  const own = finding.remedy.split('\n').filter((line) => line !== '' && !(isCut && line.includes('lan.timeout')));
  return {
    ...finding,
    says: `${seen}${whereDnsLeads}${finding.says}`,
    means: `Only rg-listener goes by the map; Cloudflare itself goes where DNS leads. ${(listener ?? finding).means}`,
    remedy: [...(isEarly(stage) ? [step] : []), ...own].join('\n'),
  };
}
