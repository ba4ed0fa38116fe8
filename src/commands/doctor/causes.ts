import { isCloudflareAddress } from '../../decoders/address-kind.js';
import type { Status } from '../../model/finding.js';
import { type Link, linksOf } from './links.js';
import { hostIn } from './names-of.js';
import { isTold, type Problem } from './problems.js';
import { rankOf } from './rank.js';
import { counts, weightOf, worse } from './status.js';
import { saidOfAny } from './text.js';

/** What is wrong, and all that is explained by it. */
export interface Group {
  readonly cause: Problem;
  /** The worst of the cause and of what follows from it. */
  readonly status: Status;
  readonly members: readonly Member[];
}

/** A problem that another one explains. */
export interface Member {
  readonly problem: Problem;
  readonly relation: Link['relation'];
  /** It is the very same, of another host. */
  readonly alike?: true;
  readonly means?: string;
  /** What is to be done about it remains to be done: before what the cause takes, or behind it. */
  readonly remedies?: 'before' | 'behind';
}

/** Every problem that counts, each once: as a cause, or beneath the one that explains it. What is most likely wrong comes first. */
export function causesOf(problems: readonly Problem[]): Group[] {
  const links = new Map<number, Link & { readonly alike?: true }>(linksOf(problems));
  joinAlike(problems, links);
  const members = new Map<number, Member[]>();
  for (const [place, problem] of problems.entries()) {
    const link = links.get(place);
    if (link === undefined) continue;
    const root = rootOf(links, place);
    const { relation, means, alike, remedies } = link;
    const member: Member = {
      problem,
      relation,
      ...(alike && { alike }),
      ...(means !== undefined && { means }),
      ...(remedies !== undefined && { remedies }),
    };
    const others = members.get(root);
    if (others === undefined) members.set(root, [member]);
    else others.push(member);
  }
  const groups = problems.flatMap((cause, place): Group[] => {
    const own = members.get(place) ?? [];
    if (links.has(place) || (own.length === 0 && !isTold(cause))) return [];
    const status = own.reduce<Status>((worst, { problem }) => worse(worst, problem.status), cause.status);
    return [{ cause, status, members: own.toSorted(byRelation) }];
  });
  return groups
    .map((group, order) => ({ group, rank: [...rankOf(group), order] }))
    .sort((a, b) => difference(a.rank, b.rank))
    .map(({ group }) => group);
}

function rootOf(links: ReadonlyMap<number, Link>, place: number): number {
  let at = place;
  for (let link = links.get(at); link !== undefined; link = links.get(at)) at = link.cause;
  return at;
}

/** What follows before what bears it out; the worst first. */
function byRelation(one: Member, other: Member): number {
  const [a, b] = [one, other].map(({ relation }) => (relation === 'follows' ? 0 : 1));
  return (a ?? 0) - (b ?? 0) || weightOf(other.problem.status) - weightOf(one.problem.status);
}

/** Failures of the name server of this machine: of whatever host. */
const ofResolver: readonly string[] = ['resolver-unreachable', 'resolver-failed'];
/** What depends on the host, even at the same destination. */
const ofHost: readonly string[] = ['hostname-mismatch', 'not-proxied', 'challenge', 'unexpected-value'];

/** The same of several hosts, at the same destination, is one fault: the first stands for all. */
function joinAlike(problems: readonly Problem[], links: Map<number, Link & { readonly alike?: true }>): void {
  const first = new Map<string, number>();
  for (const [place, problem] of problems.entries()) {
    if (links.has(place)) continue;
    const keys = keysOf(problem);
    const known = keys.map((key) => first.get(key)).find((one) => one !== undefined);
    if (known === undefined) for (const key of keys) first.set(key, place);
    else links.set(place, { cause: known, relation: 'follows', alike: true });
  }
}

/** By what it is known that another finding is the same. */
function keysOf(problem: Problem): string[] {
  const { finding, codes, destinations, logged, check, stage } = problem;
  const [code] = codes;
  if (code === undefined || check === undefined || logged || !counts(problem.status)) return [];
  if (ofResolver.includes(code)) return [code];
  const { rule } = finding;
  // The way to Cloudflare is one and the same.
  const places = rule === 'trace/answered' && stage === 'tcp' ? destinations.map(edgeOr) : destinations;
  const said = saidOfAny(problem);
  const isOfHost = ofHost.includes(code);
  return [...new Set(places)].flatMap((destination) => [
    ...(said === undefined ? [] : [`${rule} ${code} ${destination} ${said}`]),
    ...(isOfHost || stage === undefined ? [] : [`${rule} ${code} ${stage} ${destination}`]),
  ]);
}

function edgeOr(destination: string): string {
  return isCloudflareAddress(hostIn(destination)) ? 'the edge' : destination;
}

function difference(a: readonly number[], b: readonly number[]): number {
  for (const [index, number] of a.entries()) {
    const apart = number - (b[index] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
}
