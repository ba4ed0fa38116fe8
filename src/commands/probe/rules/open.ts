import { edgeErrorOfState, proxiedPorts } from '../../../knowledge/proxied-ports.js';
import type { FailureCode } from '../../../model/failure.js';
import { workingOf } from '../../../model/reach.js';
import type { Check, Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { Attempt, PortsFacts, ReachedFacts, State, UnixFacts } from '../facts.js';
import { portListText } from '../port-list.js';

const states = ['closed', 'filtered', 'unreachable'] as const;

/** Ports and ranges of each state that are named. */
const few = 4;

/** Attempts that are pointed at as evidence. */
const shown = 5;

const statuses = ['fail', 'broken', 'warn', 'note'] as const;

const open = {
  id: 'probe/open',
  means: 'What was asked for cannot be connected to from here.',
  remedy: '',
  cites: '',
  skips: ({ attempts }: ReachedFacts) => (attempts.length === 0 ? 'no attempt was made in time' : undefined),
};

/** Whether the ports that were asked for are open: all of them, or with `--any` one. */
export const openPorts: Rule<PortsFacts> = {
  ...open,
  check(facts) {
    const { asked, attempts, counts, share } = facts;
    const wrong = attempts.filter(({ state }) => state !== 'open');
    if (wrong.length === 0 || (asked.any === true && counts.open > 0)) return opened(facts);
    const { status, state, code } = worstOf(wrong, facts);
    const evidence = ['/counts', ...evidenceOf(attempts)];
    const says = saysOf(facts);
    const port = wrong.find((attempt) => attempt.state === state)?.port ?? 0;
    const { remedy, cites } = remedyOf(state, port, facts);
    const othersLive = share !== undefined && workingOf(share) > 0;
    if (asked.any === true && othersLive && status === 'fail') {
      return { status: 'warn', says: `${says}; other addresses are open`, evidence, code, remedy, cites };
    }
    return { status, says, evidence, code, remedy, cites };
  },
};

/** Whether somebody listens on a unix socket. */
export const openSocket: Rule<UnixFacts> = {
  ...open,
  check(facts) {
    const [attempt] = facts.attempts;
    const evidence = ['/attempts/0'];
    if (attempt?.failure === undefined) return { status: 'pass', says: 'the socket is open', evidence };
    const { failure, state } = attempt;
    const says = `the socket is ${state}: ${failure.detail}`;
    const remedy = socketRemedies[failure.code] ?? 'See which sockets there are: ss -lxp.';
    return { status: statusOfFailure(failure, facts), says, evidence, code: failure.code, remedy };
  },
};

const socketRemedies: Partial<Readonly<Record<FailureCode, string>>> = {
  'connection-refused':
    'Nothing listens on it any more: start the service that made it.\nSee which sockets are listened on: ss -lxp.',
  'file-not-found':
    'Compare the path with the configuration of the service.\nSee which sockets are listened on: ss -lxp.',
  'permission-denied': 'Let this user write to the socket and enter its folders: ls -l, namei -l.',
  'not-a-socket': 'Compare the path with the configuration of the service: this file is something else.',
  'invalid-path': 'Give a path that a unix socket can have: at most 107 bytes.',
  busy: 'The service does not accept fast enough: see its load and its backlog with ss -lx.',
};

function opened({ attempts, counts }: PortsFacts): Check {
  const [first] = attempts;
  const evidence = ['/counts'];
  if (counts.asked === 1 && first !== undefined) {
    return { status: 'pass', says: `port ${first.port}/${first.protocol} is open`, evidence };
  }
  const says =
    counts.open === attempts.length
      ? `all ${counts.open} ports are open`
      : `${counts.open} of ${counts.asked} ports ${counts.open === 1 ? 'is' : 'are'} open, and one is enough`;
  return { status: 'pass', says, evidence };
}

function saysOf({ attempts, counts }: PortsFacts): string {
  const [first] = attempts;
  if (counts.asked === 1 && first !== undefined) {
    return `port ${first.port}/${first.protocol} is ${first.state}: ${first.failure?.detail ?? ''}`;
  }
  const groups = states.flatMap((state) => {
    const ports = attempts.filter((attempt) => attempt.state === state).map(({ port }) => port);
    return ports.length === 0 ? [] : [`${ports.length} ${state} (${portListText(ports, few)})`];
  });
  const wrong = attempts.length - counts.open;
  const share =
    wrong === counts.asked
      ? `none of ${wrong} ports is open`
      : `${wrong} of ${counts.asked} ports ${wrong === 1 ? 'is' : 'are'} not open`;
  return `${share}: ${groups.join(', ')}`;
}

/** The first few attempts that did not come through. */
function evidenceOf(attempts: readonly Attempt[]): string[] {
  const pointers = attempts.flatMap(({ state }, index) => (state === 'open' ? [] : [`/attempts/${index}`]));
  return pointers.slice(0, shown);
}

/** How bad it is, and which failure is the commonest of those that are as bad. */
function worstOf(
  wrong: readonly Attempt[],
  facts: ReachedFacts,
): { readonly status: (typeof statuses)[number]; readonly code: FailureCode; readonly state: State } {
  const judged = wrong.flatMap(({ failure, state }) =>
    failure === undefined ? [] : [{ status: statusOfFailure(failure, facts), code: failure.code, state }],
  );
  const status = statuses.find((candidate) => judged.some((one) => one.status === candidate)) ?? 'fail';
  const counts = new Map<FailureCode, number>();
  const worst = judged.filter((one) => one.status === status);
  for (const { code } of worst) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [code = 'unclassified'] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return { status, code, state: worst.find((one) => one.code === code)?.state ?? 'unreachable' };
}

function remedyOf(
  state: State,
  port: number,
  { asked, address }: PortsFacts,
): { readonly remedy: string; readonly cites: string } {
  const isUdp = asked.protocol === 'udp';
  const edge = isUdp ? undefined : edgeErrorOfState(port, state);
  const lines = [...remedies[state](port, isUdp, address)];
  if (edge !== undefined) {
    lines.push(`If this is an origin behind Cloudflare and the edge meets the same, visitors get error ${edge.code}.`);
    if (state !== 'unreachable') {
      lines.push(
        'Allow every Cloudflare range in the firewall of the origin: https://www.cloudflare.com/ips-v4, /ips-v6.',
      );
    }
  }
  return { remedy: lines.join('\n'), cites: edge === undefined ? '' : `${edge.source}; ${proxiedPorts.source}` };
}

const remedies: Readonly<Record<State, (port: number, isUdp: boolean, address: string) => readonly string[]>> = {
  open: () => [],
  closed: (port, isUdp) => [
    `See on the host whether something listens: ss -${isUdp ? 'lnup' : 'ltnp'} 'sport = :${port}'; if not, start it.`,
    'If it listens, see whether it does on this address, and whether a firewall rejects (REJECT looks the same).',
  ],
  filtered: (port, isUdp, address) =>
    isUdp
      ? [
          'Silence is no proof over UDP: send what the service answers: --send TEXT.',
          `See on the host whether the datagram arrives: tcpdump -ni any udp port ${port}.`,
        ]
      : [
          'Look for a firewall that drops the packets, on the host and on the way: nft list ruleset, iptables -S, cloud rules.',
          `See where they get lost: traceroute -T -p ${port} ${address}.`,
          'See whether the host is overloaded: a full queue of connections (ss -lnt, Recv-Q) is as silent.',
        ],
  unreachable: (_, __, address) => [
    `See which way packets take from here: ip route get ${address}.`,
    'Check that the address is the right one, that the host is up, and routers and firewalls on the way.',
  ],
};
