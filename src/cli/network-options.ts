import { asciiName } from '../io/ascii-name.js';
import { endpointOf, familyOf, portOf } from '../model/endpoint.js';
import type { NetworkOptions } from '../model/network.js';
import { UsageError } from './crash.js';
import type { OptionValues } from './parser.js';

const dns = 53;

/** Reads the options of every network command. Throws a UsageError. */
export function networkOptionsOf(options: OptionValues, command: string): NetworkOptions {
  const refuse = (problem: string, hint?: string): never => {
    throw new UsageError(problem, { command, hint });
  };
  if (options['ipv4'] === true && options['ipv6'] === true) refuse('-4 and -6 exclude each other');
  const family = options['ipv4'] === true ? 4 : options['ipv6'] === true ? 6 : undefined;
  const connectTimeout = options['connect-timeout'] as number | undefined;
  const resolver = options['resolver'] as string | undefined;
  const connectTo = options['connect-to'] as string | undefined;
  const resolve = (options['resolve'] as readonly string[] | undefined)?.flatMap((text) => resolveRows(text, refuse));
  return {
    ...(family !== undefined && { family }),
    ...(connectTimeout !== undefined && { connectTimeout }),
    ...(resolver !== undefined && { resolver: nameServer(resolver, refuse) }),
    ...(resolve !== undefined && { resolve }),
    ...(connectTo !== undefined && { connectTo: place(connectTo, '--connect-to', refuse) }),
  };
}

type Refuse = (problem: string, hint?: string) => never;

function nameServer(text: string, refuse: Refuse): { readonly address: string; readonly port: number } {
  const { host, port = dns } = place(text, '--resolver', refuse);
  if (familyOf(host) === undefined) {
    return refuse(
      `--resolver ${text}: '${host}' is a name`,
      'Give the address of the name server: --resolver 1.1.1.1.',
    );
  }
  return { address: host, port };
}

/** `HOST:PORT:ADDR[,ADDR...]`, as curl has it; IPv6 addresses with or without brackets. */
function resolveRows(text: string, refuse: Refuse): { host: string; port: number; address: string }[] {
  const [, host = '', portText = '', list = ''] = /^(\[[^\]]*\]|[^:]*):([^:]*):(.+)$/.exec(text) ?? [];
  const port = portOf(portText);
  const addresses = list.split(',').map((address) => address.trim().replace(/^\[(.*)\]$/, '$1'));
  const wrong = addresses.find((address) => familyOf(address) === undefined);
  if (host === '' || port === undefined || wrong !== undefined) {
    return refuse(`--resolve '${text}' is not HOST:PORT:ADDR`, 'As in --resolve www.example.com:443:203.0.113.7.');
  }
  const name = host.replace(/^\[(.*)\]$/, '$1');
  return addresses.map((address) => ({ host: asciiName(name), port, address }));
}

function place(text: string, option: string, refuse: Refuse): { readonly host: string; readonly port?: number } {
  const endpoint = endpointOf(text);
  if ('problem' in endpoint) return refuse(`${option}: ${endpoint.problem}`);
  if (endpoint.kind === 'unix') return refuse(`${option} takes an address, not a unix socket`);
  return { host: endpoint.host, ...(endpoint.port !== undefined && { port: endpoint.port }) };
}
