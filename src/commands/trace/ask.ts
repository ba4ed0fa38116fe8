import { endpointOf, endpointText } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { TraceAsked, TraceTarget } from './facts.js';

/** What is asked of which hosts. */
export function ask(given: Given): Answer<TraceAsked, TraceTarget> | UsageProblem {
  const { args, options, targets: lines } = given;
  const asked = askedOf(given);
  if ('problem' in asked) return asked;
  if (args.length === 0 && options['targets'] === undefined) {
    return { problem: 'nothing to trace: no HOST given', hint: 'As in rg-diag trace www.example.com.' };
  }
  const targets: TraceTarget[] = [];
  for (const text of args) {
    const target = targetOf(text, asked);
    if ('problem' in target) return target;
    targets.push(target);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const target = targetOf(line, asked);
    if ('problem' in target) {
      const failure = { code: 'invalid-target', step: 'input', blame: 'us', detail: target.problem } as const;
      unreadable.push({ label: line, failure });
    } else targets.push(target);
  }
  return { asked, targets, unreadable };
}

function askedOf({ options, network }: Given): TraceAsked | UsageProblem {
  const warning = options['warning'] as number | undefined;
  const critical = options['critical'] as number | undefined;
  if (warning !== undefined && critical !== undefined && warning > critical) {
    return { problem: `--warning ${warning} is more than --critical ${critical}, so it would never warn` };
  }
  const texts = (options['expect'] as readonly string[] | undefined) ?? [];
  const wrong = texts.find((text) => text.indexOf('=') < 1);
  if (wrong !== undefined) {
    return { problem: `--expect '${wrong}' is not KEY=VALUE`, hint: 'As in --expect colo=AMS.' };
  }
  const expect = texts.map((text) => ({
    key: text.slice(0, text.indexOf('=')),
    value: text.slice(text.indexOf('=') + 1),
  }));
  const caFile = options['ca-file'] as string | undefined;
  const addCa = options['add-ca'] as readonly string[] | undefined;
  return {
    network,
    ...(options['http'] === true && { http: true }),
    ...(expect.length > 0 && { expect }),
    ...(warning !== undefined && { warning }),
    ...(critical !== undefined && { critical }),
    ...(caFile !== undefined && { caFile }),
    ...(addCa !== undefined && { addCa }),
  };
}

const standardPorts = { https: 443, http: 80 } as const;

/** `host[:port]`, or the URL that somebody copied, of which scheme, host and port count. */
function targetOf(text: string, asked: TraceAsked): TraceTarget | UsageProblem {
  const [, written, rest = text] = /^(https?):\/\/([^/?#]*)/i.exec(text) ?? [];
  const scheme = (written?.toLowerCase() ?? (asked.http === true ? 'http' : 'https')) as TraceTarget['scheme'];
  if (scheme === 'https' && asked.http === true) {
    return { problem: `'${text}' is a URL of HTTPS, and --http asks for plain HTTP` };
  }
  if (written !== undefined && rest.includes('@')) {
    return { problem: 'a URL with a user name or password is not for a trace', hint: 'Give the host alone.' };
  }
  const endpoint = endpointOf(rest);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') return { problem: 'a trace needs a host, not a unix socket' };
  const port = endpoint.port ?? standardPorts[scheme];
  return { label: endpointText(endpoint, standardPorts[scheme]), scheme, host: endpoint.host, port };
}
