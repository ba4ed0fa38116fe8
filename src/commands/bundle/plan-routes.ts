import type { Evidence } from '../../decoders/wanted-evidence.js';
import { familyOf } from '../../model/endpoint.js';
import { resolvingWords } from '../../model/option-words.js';
import { rgDiagLine } from '../../model/shell-quoted.js';
import type { Planning, ProposedPart } from './plan.js';

/** Routes to hosts, and to origins, at most: each takes its time. */
const mostRoutes = 6;
/** Names that are looked up. */
const mostNames = 50;
/** Cloudflare addresses that the way back is shown to. */
const mostCloudflare = 3;
const ranks = ['most often', 'second', 'third'] as const;
/** Errors in whose cases support asks for the way from the origin to Cloudflare. */
const wayBack: readonly (number | undefined)[] = [522, 523];

interface End {
  readonly to: string;
  readonly port: number;
}

/** The ways to the hosts and to their origins, where asked for the way back to Cloudflare, and what name servers say. */
export function planOfRoutes(planning: Planning): ProposedPart[] {
  const hosts = hostsOf(planning);
  const toHosts = routes(planning, 'route', 'way to', hosts, ['route']);
  const toOrigins = routes(planning, 'route-to-origin', 'way to the origin at', originsOf(planning), [
    'route',
    'route-to-origin',
  ]);
  return [...toHosts, ...toOrigins, ...routesBack(planning), ...dns(planning, hosts)];
}

/** Those that the user named first, then those of the map. */
function hostsOf({ inventory: { places, mapped } }: Planning): End[] {
  return distinct([
    ...places.map(({ host, port }) => ({ to: host, port })),
    ...mapped.map(({ host, port = 443 }) => ({ to: host, port })),
  ]);
}

function originsOf({ asked, inventory: { places, mapped } }: Planning): End[] {
  const port = places[0]?.port ?? 443;
  return distinct([
    ...(asked.ip ?? []).map((to) => ({ to, port })),
    ...mapped.map(({ origin, port: own = 443 }) => ({ to: origin, port: own })),
  ]);
}

function distinct(ends: readonly End[]): End[] {
  return [...new Map(ends.map((end) => [end.to, end])).values()];
}

function routes(
  { asked, fileName }: Planning,
  name: string,
  what: string,
  ends: readonly End[],
  evidence: readonly Evidence[],
): ProposedPart[] {
  const made = ends.slice(0, mostRoutes).map(({ to, port }): ProposedPart => {
    const words = ['route', to, '--port', String(port), ...resolvingWords(asked.network)];
    return {
      kind: 'route',
      file: fileName(name, to, 'txt'),
      what: `${what} ${to}`,
      how: rgDiagLine(words),
      evidence,
      named: false,
      from: { source: { kind: 'run', words } },
    };
  });
  const left = ends.length - made.length;
  if (left === 0) return made;
  const why = `${left} more were left out: a route takes its time; name the HOST that the case is about`;
  const rest: ProposedPart = {
    kind: 'route',
    file: fileName(`${name}-others`, '', 'txt'),
    what: `${what} others`,
    how: '',
    evidence: [],
    named: false,
    from: { why, because: 'left-out' },
  };
  return [...made, rest];
}

/** Only where the error is one in whose cases support asks for it: addresses of a log are contacted because the user asked so. */
function routesBack({ asked, inventory, fileName }: Planning): ProposedPart[] {
  if (!wayBack.includes(asked.for)) return [];
  const logs = [...inventory.originLogs, ...inventory.logs].flatMap((seen) =>
    seen.state === 'there' ? [seen.path] : [],
  );
  const words = ['route', '--port', '443', ...resolvingWords({ ...asked.network, resolve: [] })];
  const part = (rank: number): ProposedPart => ({
    kind: 'route',
    file: fileName(`route-to-cloudflare-${rank}`, '', 'txt'),
    what: `way to the Cloudflare address that is ${ranks[rank - 1] ?? 'often'} in the logs`,
    how: `${rgDiagLine(words)} ADDR`,
    evidence: ['route-to-cloudflare'],
    named: false,
    from:
      logs.length > 0
        ? { source: { kind: 'route-to-cloudflare', logs, rank, words } }
        : {
            why: 'no log here could name an address of Cloudflare',
          },
  });
  return logs.length === 0 ? [part(1)] : Array.from({ length: mostCloudflare }, (_, index) => part(index + 1));
}

function dns({ asked, inventory: { mapped }, fileName }: Planning, hosts: readonly End[]): ProposedPart[] {
  const names = [...new Set([...hosts.map(({ to }) => to), ...mapped.map(({ origin }) => origin)])]
    .filter((name) => familyOf(name) === undefined)
    .slice(0, mostNames);
  const { family, resolver } = asked.network;
  const by = resolver === undefined ? 'the name servers of this machine' : resolvingWords({ resolver }).join(' ');
  return [
    {
      kind: 'dns',
      file: fileName('dns', '', 'txt'),
      what: 'addresses of the names',
      how: `${family === undefined ? 'A and AAAA' : family === 4 ? 'A' : 'AAAA'} of ${names.length === 1 ? 'one name' : `${names.length} names`} from ${by}`,
      evidence: ['dns'],
      named: false,
      from:
        names.length > 0
          ? { source: { kind: 'dns', names } }
          : { why: 'there is no name to ask for', because: 'absent' },
    },
  ];
}
