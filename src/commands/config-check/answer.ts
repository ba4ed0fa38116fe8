import type { Finding, Status } from '../../model/finding.js';
import { bySeverity } from '../../model/severity.js';
import type { ConfigCheckFacts } from './facts.js';
import { countText } from './text.js';

/** How findings are counted, the worst first. */
const counts: readonly (readonly [status: Status, one: string, several: string])[] = [
  ['fail', 'failed', 'failed'],
  ['broken', 'could not be judged', 'could not be judged'],
  ['warn', 'warning', 'warnings'],
  ['note', 'note', 'notes'],
];

/** What the files come to, in one or two sentences: what `--fix` did, how much is wrong, and the first of the worst. */
export function answerOf(facts: ConfigCheckFacts, findings: readonly Finding[]): string {
  const { configs, maps, unread, fixed } = facts;
  const done = fixed?.edits.length ?? 0;
  // What was put right is no longer there to be counted.
  const left = findings.filter(({ rule, status }) => rule !== 'config-check/fixed' || status !== 'note');
  const counted = counts.flatMap(([status, one, several]) => {
    const count = left.filter((finding) => finding.status === status).length;
    return count === 0 ? [] : [{ status, text: countText(count, one, several) }];
  });
  const files = `in ${countText(configs.length + maps.length + unread.length, 'file', 'files')}`;
  const did = done === 0 ? '' : `${countText(done, 'place was', 'places were')} put right. `;
  const isWell = counted.every(({ status }) => status === 'note');
  const [note] = counted;
  if (isWell) return `${did}Nothing is wrong ${files}${note === undefined ? '' : `; ${note.text}`}.`;
  const all = counted.map(({ text }) => text).join(', ');
  return `${did}${did === '' ? '' : 'Left: '}${all} ${files}; first: ${sentence(firstText(left, facts))}`;
}

/** A question ends by itself. */
function sentence(text: string): string {
  return text.endsWith('?') ? text : `${text}.`;
}

/** `line 3: the token was never filled in`; of several files with the name of the file. */
function firstText(findings: readonly Finding[], { configs, maps, unread }: ConfigCheckFacts): string {
  const [first] = bySeverity(findings);
  const { says = '', place } = first ?? {};
  const isOne = configs.length + maps.length + unread.length === 1;
  if (place?.line === undefined) return isOne || place === undefined ? says : `${place.file}: ${says}`;
  return `${isOne ? `line ${place.line}` : `${place.file}:${place.line}`}: ${says}`;
}
