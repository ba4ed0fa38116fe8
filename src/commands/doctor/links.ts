import { type Consequence, consequences, type FindingPattern } from '../../knowledge/consequences.js';
import { isTold, type Problem } from './problems.js';
import { weightOf } from './status.js';

/** Why a problem stands beneath another one. */
export interface Link {
  /** Places in the list of problems. */
  readonly cause: number;
  readonly relation: Consequence['relation'];
  readonly means?: string;
  readonly remedies?: Consequence['remedies'];
}

/** Causes that are tried for one effect and row: of those that are equally good one is as good as another. */
const mostTried = 32;

/**
 * For each problem what it follows from, where the table knows: the strongest row first, of equal causes the worst, then the
 * first. Nothing follows from itself, by whatever way.
 */
export function linksOf(problems: readonly Problem[]): ReadonlyMap<number, Link> {
  const links = new Map<number, Link>();
  const byRule = indexOf(problems);
  const told = problems.map(isTold);
  for (const row of consequences) {
    const effects = patternMatches(problems, byRule, row.effect).filter(
      (effect) => !links.has(effect) && told[effect] === true,
    );
    if (effects.length === 0) continue;
    const causes = patternMatches(problems, byRule, row.cause)
      .filter((cause) => mayCause(row, problems[cause]))
      .sort((a, b) => weightOf(problems[b]?.status ?? 'pass') - weightOf(problems[a]?.status ?? 'pass') || a - b);
    if (causes.length === 0) continue;
    const shared = sharedIndex(problems, causes, row);
    for (const effect of effects) {
      const cause = shared(effect)
        .slice(0, mostTried)
        .find((one) => fits(problems, row, one, effect) && !leadsTo(links, one, effect));
      if (cause === undefined) continue;
      const { relation, means, remedies } = row;
      links.set(effect, {
        cause,
        relation,
        ...(means !== undefined && { means }),
        ...(remedies !== undefined && { remedies }),
      });
    }
  }
  return links;
}

function indexOf(problems: readonly Problem[]): ReadonlyMap<string, readonly number[]> {
  const byRule = new Map<string, number[]>();
  for (const [place, { finding }] of problems.entries()) {
    const { rule } = finding;
    for (const key of new Set([rule, `*/${rule.slice(rule.indexOf('/') + 1)}`, '*'])) {
      const places = byRule.get(key);
      if (places === undefined) byRule.set(key, [place]);
      else places.push(place);
    }
  }
  return byRule;
}

function patternMatches(
  problems: readonly Problem[],
  byRule: ReadonlyMap<string, readonly number[]>,
  { rules, codes, stages, keys, portLost, plain, activatedOnly }: FindingPattern,
): number[] {
  const places = [...new Set(rules.flatMap((rule) => byRule.get(rule) ?? []))].sort((a, b) => a - b);
  return places.filter((place) => {
    const problem = problems[place];
    if (problem === undefined) return false;
    if (codes !== undefined && !problem.codes.some((code) => codes.includes(code))) return false;
    if (stages !== undefined && (problem.stage === undefined || !stages.includes(problem.stage))) return false;
    if (portLost === true && problem.portLost !== true) return false;
    if (plain === true && problem.plain !== true) return false;
    if (activatedOnly === true && problem.activatedOnly !== true) return false;
    if (keys === undefined || problem.keys.length === 0) return true;
    return problem.keys.some((key) =>
      keys.some((wanted) => (wanted.endsWith('.') ? key.startsWith(wanted) : key === wanted)),
    );
  });
}

function mayCause({ cause: { failing, noted } }: Consequence, problem: Problem | undefined): boolean {
  const weight = weightOf(problem?.status ?? 'pass');
  if (failing === true && weight < weightOf('broken')) return noted === true && weight > 0;
  return weight >= weightOf(noted === true ? 'note' : 'warn');
}

/** Of an effect the causes that have to do with it, in their order. */
function sharedIndex(problems: readonly Problem[], causes: readonly number[], { shared }: Consequence) {
  if (shared === 'machine' || shared === 'clock') return () => causes;
  const index = new Map<string, number[]>();
  const add = (key: string, cause: number) => {
    const those = index.get(key);
    if (those === undefined) index.set(key, [cause]);
    else those.push(cause);
  };
  const byHost = shared !== 'destination' && shared !== 'check';
  const byDestination = shared === 'destination' || shared === 'either' || shared === 'named';
  for (const cause of causes) {
    if (shared === 'check') add(`check ${problems[cause]?.check}`, cause);
    if (byHost) for (const host of problems[cause]?.hosts ?? []) add(`host ${host}`, cause);
    if (byDestination) for (const destination of problems[cause]?.destinations ?? []) add(`at ${destination}`, cause);
  }
  return (effect: number): number[] => {
    const problem = problems[effect];
    if (problem === undefined) return [];
    if (shared === 'check') return index.get(`check ${problem.check}`) ?? [];
    if (shared === 'named' && problem.hosts.length + problem.destinations.length === 0) return [...causes];
    const keys = [
      ...(byDestination ? [...problem.destinations, ...problem.reached].map((destination) => `at ${destination}`) : []),
      ...(byHost ? problem.hosts.flatMap(namesFor).map((host) => `host ${host}`) : []),
    ];
    // What has the same destination comes before what has only the name.
    return [...new Set(keys.flatMap((key) => index.get(key) ?? []))];
  };
}

/** Lines of the map that a host may be decided by. */
function namesFor(host: string): string[] {
  const labels = host.split('.', 16);
  return [host, ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`), '*'];
}

function fits(problems: readonly Problem[], row: Consequence, causeAt: number, effectAt: number): boolean {
  const [cause, effect] = [problems[causeAt], problems[effectAt]];
  if (cause === undefined || effect === undefined || causeAt === effectAt) return false;
  if (row.sameCode === true && !cause.codes.some((code) => effect.codes.includes(code))) return false;
  switch (row.shared) {
    case 'both': {
      return cause.destinations.some((destination) => effect.destinations.includes(destination));
    }
    case 'clock': {
      const [ahead = 0, late] = [cause.aheadSeconds, effect.certificateSeconds];
      return late !== undefined && (late > 0 ? ahead >= late : ahead <= late);
    }
    default:
      return true;
  }
}

/** Whether the effect is among what the cause follows from, or is the cause itself. */
function leadsTo(links: ReadonlyMap<number, Link>, cause: number, effect: number): boolean {
  for (let at: number | undefined = cause; at !== undefined; at = links.get(at)?.cause) if (at === effect) return true;
  return false;
}
