import { bracketed } from './endpoint.js';
import type { NetworkOptions } from './network.js';

/** An option with its value as two words; as one where the value could be taken for an option. */
export function optionWords(name: string, value: string | number | undefined): string[] {
  if (value === undefined) return [];
  const text = String(value);
  return text.startsWith('-') ? [`--${name}=${text}`] : [`--${name}`, text];
}

/** A file that no command takes for an option. */
export function fileWord(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/**
 * The options of every network command as words, for a check that looks up these names; of `--resolve` the rows for others are
 * left out. `--connect-to` is not among them: it says where the origin of a host is, and only what meets the origin has use for that.
 */
export function networkWords(network: NetworkOptions, names?: readonly string[]): string[] {
  return [...familyWords(network), ...timeWords(network), ...resolverWords(network, names)];
}

/** Those of them that say which address a name has. */
export function resolvingWords(network: NetworkOptions): string[] {
  return [...familyWords(network), ...resolverWords(network)];
}

function familyWords({ family }: NetworkOptions): string[] {
  return family === undefined ? [] : [`-${family}`];
}

function resolverWords({ resolver, resolve = [] }: NetworkOptions, names?: readonly string[]): string[] {
  const rows = resolve.filter(({ host }) => names?.some((name) => name.toLowerCase() === host) !== false);
  return [
    ...optionWords('resolver', resolver && `${bracketed(resolver.address)}:${resolver.port}`),
    ...rows.flatMap(({ host, port, address }) =>
      optionWords('resolve', `${bracketed(host)}:${port}:${bracketed(address)}`),
    ),
  ];
}

/** The time that an attempt to connect has. */
export function timeWords({ connectTimeout }: Pick<NetworkOptions, 'connectTimeout'>): string[] {
  return optionWords('connect-timeout', connectTimeout);
}

/** Where to connect instead, as words. */
export function connectToWords({ connectTo }: Pick<NetworkOptions, 'connectTo'>): string[] {
  if (connectTo === undefined) return [];
  const { host, port } = connectTo;
  return optionWords('connect-to', `${bracketed(host)}${port === undefined ? '' : `:${port}`}`);
}

/** Whom to trust, as words. */
export function trustWords({
  caFile,
  addCa = [],
}: {
  readonly caFile?: string;
  readonly addCa?: readonly string[];
}): string[] {
  return [
    ...optionWords('ca-file', caFile && fileWord(caFile)),
    ...addCa.flatMap((path) => optionWords('add-ca', fileWord(path))),
  ];
}
