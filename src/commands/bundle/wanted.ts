import { isLoggedStatus } from '../../decoders/visitor-statuses.js';
import { type Evidence, wantedInCase } from '../../decoders/wanted-evidence.js';
import type { BundleAsked, FailedRequest, WantedFacts } from './facts.js';
import { hasRailgun, type Inventory } from './inventory.js';
import type { ToldByLog } from './logged-causes.js';
import type { PlannedPart } from './planned-part.js';

/** The file that is made of what the user told. */
const ticketFile = 'TICKET.txt';

/** What there is a gap for in the ticket. */
const inTicket: readonly Evidence[] = ['time', 'zone', 'frequency', 'description', 'urls', 'rays', 'urgency'];

/** What no machine knows unless somebody gives it. */
const ofPerson: readonly Evidence[] = [...inTicket, 'origin-log', 'har', 'two-hars'];

/** What was read out of what has been gathered. */
export interface Told {
  readonly log: ToldByLog;
  readonly failedRequests: readonly FailedRequest[];
}

/** What support asks for in this case, and which files are to answer it: until all is gathered, by what it may tell. */
export function wantedOf(
  asked: BundleAsked,
  inventory: Inventory,
  plan: readonly PlannedPart[],
  read: Told = { log: mayTell(asked, inventory, plan), failedRequests: [] },
): WantedFacts[] {
  const told = toldIn(asked, inventory, read);
  return wantedInCase(asked.for, hasRailgun(inventory)).flatMap(({ says, source, evidence, option }): WantedFacts[] => {
    const isAnswer = (one: Evidence) => evidence.includes(one);
    const parts = plan.filter((part) => part.evidence.some(isAnswer));
    const files = [
      ...(told.some(isAnswer) ? [ticketFile] : []),
      ...parts.filter((part) => !isAbsent(part)).map(({ file }) => file),
    ];
    if (files.length > 0) return [{ says, source, files, ...(parts.length > 0 && { hasPart: true as const }) }];
    // It is asked for only if there is something in it.
    if (evidence.includes('panic-log') && parts.length > 0) return [];
    // What a file of this machine would answer is missing then; what only a person has is not.
    if (!evidence.every((one) => ofPerson.includes(one))) return [{ says, source, files }];
    return [
      {
        says,
        source,
        files,
        onlyByHand: true,
        ...(option !== undefined && { option }),
        ...(evidence.some((one) => inTicket.includes(one)) && { inTicket: true }),
      },
    ];
  });
}

function isAbsent({ state }: PlannedPart): boolean {
  return state.state === 'missing' && state.because === 'absent';
}

/** What stands in the ticket. */
function toldIn({ zone, rays, what }: BundleAsked, { places }: Inventory, { log, failedRequests }: Told): Evidence[] {
  const told: readonly (readonly [Evidence, boolean])[] = [
    ['zone', zone !== undefined],
    ['rays', rays !== undefined || failedRequests.some(({ ray }) => ray !== undefined)],
    ['description', what !== undefined],
    ['urls', places.some(({ isUrl }) => isUrl) || failedRequests.length > 0],
    ['time', log.time || failedRequests.some(({ at }) => at !== undefined)],
    ['frequency', log.frequency],
  ];
  return told.flatMap(([evidence, isThere]) => (isThere ? [evidence] : []));
}

/** Doctor reads the log, and counts in it what visitors got. */
function mayTell({ for: code }: BundleAsked, { checks }: Inventory, plan: readonly PlannedPart[]): ToldByLog {
  const isRead = checks !== undefined && !('problem' in checks);
  const isThere = plan.some(({ kind, state }) => kind === 'log' && state.state === 'planned');
  const may = isRead && isThere && (code === undefined || isLoggedStatus(code));
  return { time: may, frequency: may };
}
