import { endpointOf, endpointText, portOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { Protocol, RouteAsked, RouteTarget, Tool } from './facts.js';
import { waysOf } from './ways.js';

const usualPort = 443;
const usualHops = 30;
const usualQueries = 3;

/** What is asked of the ways to which hosts. */
export function ask(given: Given): Answer<RouteAsked, RouteTarget> | UsageProblem {
  const { args, options, targets: lines } = given;
  const asked = askedOf(given);
  if ('problem' in asked) return asked;
  const written = options['port'] as number | undefined;
  const port = written === undefined ? usualPort : portOf(String(written));
  if (port === undefined) return { problem: `--port ${written} is not a port from 1 to 65535` };
  if (args.length === 0 && options['targets'] === undefined) {
    return { problem: 'no way to look at: no HOST given', hint: 'As in rg-diag route www.example.com.' };
  }
  const number = args.find((text) => /^\d{1,5}$/.test(text));
  if (number !== undefined) {
    return { problem: `'${number}' is a number, and no host`, hint: `Did you mean --port ${number}?` };
  }
  const targets: RouteTarget[] = [];
  for (const text of args) {
    const target = targetOf(text, port);
    if ('problem' in target) return target;
    targets.push(target);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const target = targetOf(line, port);
    if ('problem' in target) {
      const failure = { code: 'invalid-target', step: 'input', blame: 'us', detail: target.problem } as const;
      unreadable.push({ label: line, failure });
    } else targets.push(target);
  }
  return { asked, targets, unreadable };
}

function askedOf({ options, network }: Given): RouteAsked | UsageProblem {
  const protocol = (options['protocol'] as Protocol | 'auto' | undefined) ?? 'auto';
  const tool = options['tool'] as Tool | undefined;
  const maxHops = (options['max-hops'] as number | undefined) ?? usualHops;
  const queries = (options['queries'] as number | undefined) ?? usualQueries;
  // What traceroute takes at most; beyond that nobody waits.
  if (maxHops > 255) return { problem: `--max-hops ${maxHops} is more than 255, which is all that a packet can have` };
  if (queries > 10) return { problem: `--queries ${queries} is more than 10, which is all that traceroute takes` };
  const asked: RouteAsked = {
    network,
    protocol,
    ...(tool !== undefined && { tool }),
    maxHops,
    queries,
    ...(options['names'] === true && { names: true }),
  };
  if (waysOf(asked).length === 0) {
    return {
      problem: `${tool} cannot send probes of ${protocol.toUpperCase()}`,
      hint: 'Leave out --tool or --protocol.',
    };
  }
  return asked;
}

/** `host[:port]`: the port of `--port` is for those that have none of their own. */
function targetOf(text: string, usual: number): RouteTarget | UsageProblem {
  const endpoint = endpointOf(text);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') return { problem: 'a route leads to a host, not to a unix socket' };
  return { label: endpointText(endpoint, usual), host: endpoint.host, port: endpoint.port ?? usual };
}
