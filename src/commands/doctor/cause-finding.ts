import type { Finding, RelatedFinding } from '../../model/finding.js';
import { resolvePointer } from '../../model/pointer.js';
import { shortened } from '../../model/shortened.js';
import type { Group, Member } from './causes.js';
import type { DoctorFacts } from './facts.js';
import { withLinesRun } from './lines-run.js';
import { nowText } from './now.js';
import type { Problem } from './problems.js';
import { counts, worse } from './status.js';
import { counted, hostOf, listed, saidOfAny } from './text.js';

/** Characters of what others said; what they quote can be long. */
const mostSaid = 600;
/** Pointers to what belongs to a cause: all of it is named, and that there is more can be seen there. */
const mostPointers = 40;

/** What is wrong as a finding: in the words of the command that found it, with all that it explains. */
export function findingOf(facts: DoctorFacts, group: Group): Finding {
  const { cause, status, members } = group;
  const { finding } = cause;
  const worst = worstMember(members);
  // A note has no code, and perhaps nothing to do: what follows from it has.
  const code = finding.code ?? (counts(status) ? (cause.codes[0] ?? worst?.codes[0] ?? 'unclassified') : undefined);
  const own =
    finding.remedy !== '' || !counts(status)
      ? withLinesRun(finding.remedy, cause, facts)
      : remedyOf(facts, cause, worst);
  const remedy = [...stillToDo(facts, members, 'before'), own, ...stillToDo(facts, members, 'behind')].join('\n');
  return {
    rule: finding.rule,
    status,
    says: shortened(`${aboutText(group)}${saysOf(group)}${nowText(facts, group)}`, mostSaid),
    means: meaningOf(group),
    evidence: evidenceOf(facts, group),
    remedy,
    cites: finding.cites,
    ...(code !== undefined && { code }),
    ...(members.length > 0 && { related: members.map(relatedOf) }),
    ...(cause.line !== undefined && { again: cause.line }),
  };
}

function worstMember(members: readonly Member[]): Problem | undefined {
  return members.reduce<Problem | undefined>((worst, { problem }) => {
    if (worst === undefined) return problem;
    return worse(worst.status, problem.status) === worst.status ? worst : problem;
  }, undefined);
}

/** What remains to be done about what follows, each once. */
function stillToDo(facts: DoctorFacts, members: readonly Member[], when: Member['remedies']): string[] {
  const those = members.filter(({ remedies }) => remedies === when);
  const texts = those.map(({ problem }) => withLinesRun(problem.finding.remedy, problem, facts));
  return [...new Set(texts)].filter((text) => text !== '');
}

function remedyOf(facts: DoctorFacts, { line }: Problem, worst: Problem | undefined): string {
  if (worst !== undefined && worst.finding.remedy !== '') return withLinesRun(worst.finding.remedy, worst, facts);
  return line === undefined ? 'Look at it again.' : `See it by itself: ${line}`;
}

/** What it is about, where its own words do not say so: the place in a file, the hosts that share it, or the check. */
function aboutText({ cause, members }: Group): string {
  const { place, check, target } = cause;
  if (check === undefined) return '';
  if (place !== undefined) {
    // What is about all hosts is told with those that it does something to.
    const hosts = cause.hosts.includes('*') ? members.flatMap(({ problem }) => problem.hosts) : cause.hosts;
    const named = [...new Set(hosts)].filter((host) => host !== '*');
    const others = members.filter(({ alike }) => alike === true).length;
    const more = others === 0 ? '' : ` and ${counted(others, 'more line')}`;
    return named.length === 0 ? `${place}${more}: ` : `${place}${more}, ${listed(named)}: `;
  }
  const alike = members.filter((member) => member.alike).map(({ problem }) => problem);
  if (alike.length === 0) return `${shortened(target, 120)}: `;
  return `${hostsText([cause, ...alike])}: `;
}

/** Hosts that are named one by one without their number. */
const few = 4;

/** `a, b and c`; `60 hosts (a, b, c, d and 56 more)` */
function hostsText(problems: readonly Problem[]): string {
  const hosts = [...new Set(problems.map(hostOf))];
  return hosts.length <= few ? listed(hosts) : `${counted(hosts.length, 'host')} (${listed(hosts)})`;
}

/** What was found; where it is said of others as well, without the name of the first. */
function saysOf({ cause, members }: Group): string {
  const isOfOthers = members.some(({ alike, problem }) => alike === true && hostOf(problem) !== hostOf(cause));
  return (isOfOthers ? saidOfAny(cause) : undefined) ?? cause.finding.says;
}

function meaningOf({ cause, members }: Group): string {
  const links = [...new Set(members.flatMap(({ means }) => means ?? []))].slice(0, 2);
  return [cause.finding.means, ...links].filter((text) => text !== '').join(' ');
}

function evidenceOf(facts: DoctorFacts, { cause, members }: Group): string[] {
  const own = cause.finding.evidence.map((pointer) => `${cause.base}${pointer}`);
  const pointers = [
    cause.pointer,
    ...own.slice(0, mostPointers),
    ...members.slice(0, mostPointers).map(({ problem }) => problem.pointer),
  ];
  const there = [...new Set(pointers)].filter((pointer) => resolvePointer(facts, pointer) !== undefined);
  return there.length > 0 ? there : ['/checks'];
}

function relatedOf({ problem, relation }: Member): RelatedFinding {
  const { finding, status, target, place } = problem;
  const where = place === undefined ? '' : `${place}: `;
  return {
    relation,
    rule: finding.rule,
    status,
    target: shortened(target, 120),
    says: shortened(`${where}${finding.says}`, mostSaid),
  };
}
