import { bracketed, endpointOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { NetworkOptions } from '../../model/network.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { ProbeAsked, ProbeTarget, Protocol } from './facts.js';
import { escapeProblem } from './payload.js';
import { portListText } from './port-list.js';
import { isNumeric, portsOf } from './ports.js';

/** What is asked of which ports. The first argument is the host, unless `--targets` names hosts and it is a number. */
export function ask(given: Given): Answer<ProbeAsked, ProbeTarget> | UsageProblem {
  const { args, targets: lines } = given;
  const asked = askedOf(given);
  if ('problem' in asked) return asked;
  const { protocol } = asked;
  const hasList = given.options['targets'] !== undefined;
  const [first = ''] = args;
  const isHost = args.length > 0 && !(hasList && isNumeric(first));
  if (args.length > 0 && isHost && isNumeric(first)) {
    return { problem: `'${first}' is a port: the host comes first`, hint: `As in rg-diag probe 192.0.2.1 ${first}.` };
  }
  if (!isHost && !hasList) {
    return { problem: 'nothing to probe: no HOST given', hint: 'As in rg-diag probe example.com 80 443.' };
  }
  const words = isHost ? args.slice(1) : args;
  const common = portsOf(words, protocol);
  if ('problem' in common) return { problem: common.problem, hint: portsHint };

  const targets: ProbeTarget[] = [];
  if (isHost) {
    const target = targetOf(first, common, asked);
    if ('problem' in target) return target;
    if (target.kind === 'unix' && words.length > 0 && !hasList) {
      return { problem: `a unix socket has no ports, and '${words.join(' ')}' was given` };
    }
    targets.push(target);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const target = lineTarget(line, common, asked);
    if ('problem' in target) unreadable.push({ label: line, failure: invalid(target.problem) });
    else targets.push(target);
  }
  return { asked, targets, unreadable };
}

/** Ports and ranges that are named in a label. */
const labelParts = 8;

const portsHint = 'Ports are numbers, ranges (8000-8100), lists (80,443) or service names (https).';

function askedOf({ options, network }: Given): ProbeAsked | UsageProblem {
  const protocol: Protocol = options['udp'] === true ? 'udp' : 'tcp';
  const tls = options['tls'] === true;
  if (tls && protocol === 'udp') return { problem: '--tls needs TCP: leave out --udp' };
  const caFile = options['ca-file'] as string | undefined;
  const addCa = options['add-ca'] as readonly string[] | undefined;
  if (!tls && (caFile !== undefined || addCa !== undefined)) {
    return { problem: `--${caFile === undefined ? 'add-ca' : 'ca-file'} needs --tls` };
  }
  const send = options['send'] as string | undefined;
  const expect = options['expect'] as string | undefined;
  for (const [name, text] of Object.entries({ send, expect })) {
    const problem = text === undefined ? undefined : escapeProblem(text);
    if (problem !== undefined) return { problem: `--${name}: ${problem}`, hint: 'A backslash itself is \\\\.' };
  }
  if (expect === '') return { problem: '--expect needs a text', hint: 'Any answer at all is shown by --banner.' };
  const warning = options['warning'] as number | undefined;
  const critical = options['critical'] as number | undefined;
  if (warning !== undefined && critical !== undefined && warning > critical) {
    return { problem: `--warning ${warning} is more than --critical ${critical}, so it would never warn` };
  }
  const readTimeout = options['read-timeout'] as number | undefined;
  return {
    network,
    protocol,
    ...(tls && { tls }),
    ...(caFile !== undefined && { caFile }),
    ...(addCa !== undefined && { addCa }),
    ...(send !== undefined && { send }),
    ...(expect !== undefined && { expect }),
    ...(options['banner'] === true && { banner: true }),
    ...(options['any'] === true && { any: true }),
    ...(readTimeout !== undefined && { readTimeout }),
    ...(warning !== undefined && { warning }),
    ...(critical !== undefined && { critical }),
  };
}

/** A line of `--targets`: `HOST[:PORT] [PORTS…]`; the ports of the command line are for lines without any. */
function lineTarget(line: string, common: readonly number[], asked: ProbeAsked): ProbeTarget | UsageProblem {
  const [host = '', ...words] = line.split(/\s+/);
  const own = portsOf(words, asked.protocol);
  if ('problem' in own) return own;
  if (host.startsWith('unix:') && words.length > 0) return { problem: 'a unix socket has no ports' };
  const hasOwn = own.length > 0 || splitPort(host).port !== undefined;
  return targetOf(host, hasOwn ? own : common, asked);
}

/** The target that a first word names, with the ports that stand behind its colon and those that follow. */
function targetOf(text: string, following: readonly number[], asked: ProbeAsked): ProbeTarget | UsageProblem {
  const { protocol, network } = asked;
  const { host: hostText, port } = splitPort(text);
  const endpoint = endpointOf(hostText);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') {
    if (protocol === 'udp') return { problem: `${text}: --udp is not for unix sockets` };
    return { kind: 'unix', label: text, path: endpoint.path };
  }
  const { host } = endpoint;
  const own = port === undefined ? [] : portsOf([port], protocol);
  if ('problem' in own) return { problem: own.problem, hint: portsHint };
  const ports = [...new Set([...own, ...following])];
  if (ports.length === 0) {
    return { problem: `no port given for ${host}`, hint: `As in rg-diag probe ${host} 80 443 8000-8100.` };
  }
  const problem = oneDestination(ports, network);
  if (problem !== undefined) return problem;
  const label = `${bracketed(host)}:${portListText(ports, labelParts)}`;
  return { kind: 'ports', label, host, ports };
}

/** `host:ports` apart: behind a name, an IPv4 address or `[IPv6]` may stand whatever ports are spelled like. */
function splitPort(text: string): { readonly host: string; readonly port?: string } {
  if (text.startsWith('unix:') || text.includes('://')) return { host: text };
  const [, host, port] = /^(\[[^\]]*\]|[^:[\]]*):([^:]*)$/.exec(text) ?? [];
  return host === undefined || port === undefined ? { host: text } : { host, port };
}

function oneDestination(ports: readonly number[], { connectTo }: NetworkOptions): UsageProblem | undefined {
  if (connectTo?.port === undefined || ports.length === 1) return undefined;
  return {
    problem: `--connect-to with the port ${connectTo.port} leaves one port to connect to, and ${ports.length} are asked for`,
    hint: `Leave out the port: --connect-to ${connectTo.host}.`,
  };
}

function invalid(detail: string): Failure {
  return { code: 'invalid-target', step: 'input', blame: 'us', detail };
}
