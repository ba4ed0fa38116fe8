import { bracketed } from '../../model/endpoint.js';
import type { NetworkOptions } from '../../model/network.js';
import type { BundleAsked, BundleTarget } from './facts.js';

/** The words behind `rg-diag` for all checks of this case. URLs stand in them as the user gave them. */
export function doctorWords(
  { hosts, modeGiven }: Pick<BundleTarget, 'hosts' | 'modeGiven'>,
  asked: BundleAsked,
): string[] {
  const { config, ip = [], mode, edgeProfile, readTimeout, logs = [], since, caFile, addCa = [], network, now } = asked;
  const isOrigin = hosts.length > 0;
  return [
    'doctor',
    ...hosts,
    ...(config === undefined ? [] : ['--config', config]),
    ...(isOrigin ? ip.flatMap((address) => ['--ip', address]) : []),
    ...(modeGiven ? ['--mode', mode] : []),
    ...['--edge-profile', edgeProfile],
    ...(readTimeout === undefined ? [] : ['--read-timeout', String(readTimeout)]),
    ...logs.flatMap((path) => ['--log', path]),
    ...['--since', since],
    ...(caFile === undefined ? [] : ['--ca-file', caFile]),
    ...addCa.flatMap((path) => ['--add-ca', path]),
    ...networkWords(network),
    ...(now === undefined ? [] : ['--now', now]),
  ];
}

/** The options of every network command, as they were given. */
export function networkWords({ connectTo, ...network }: NetworkOptions): string[] {
  const { connectTimeout } = network;
  return [
    ...resolvingWords(network),
    ...(connectTimeout === undefined ? [] : ['--connect-timeout', String(connectTimeout)]),
    ...(connectTo === undefined
      ? []
      : ['--connect-to', `${bracketed(connectTo.host)}${connectTo.port === undefined ? '' : `:${connectTo.port}`}`]),
  ];
}

/** Those of them that say which address a name has. */
export function resolvingWords({ family, resolver, resolve = [] }: NetworkOptions): string[] {
  return [
    ...(family === undefined ? [] : [`-${family}`]),
    ...(resolver === undefined ? [] : ['--resolver', `${bracketed(resolver.address)}:${resolver.port}`]),
    ...resolve.flatMap(({ host, port, address }) => ['--resolve', `${host}:${port}:${bracketed(address)}`]),
  ];
}
