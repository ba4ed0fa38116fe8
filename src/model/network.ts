import type { AskedOfEveryCommand } from './stop.js';

/** How the options of every network command want targets to be reached. Plain JSON: it is part of the facts. */
export interface NetworkOptions {
  /** Only addresses of this family are tried (`-4`, `-6`). */
  readonly family?: 4 | 6;
  /** Seconds that one attempt to connect may take (`--connect-timeout`); absent: `usualConnectTimeout`. */
  readonly connectTimeout?: number;
  /** The name server to ask instead of the system (`--resolver`). */
  readonly resolver?: { readonly address: string; readonly port: number };
  /** Addresses given for a name and port (`--resolve`): no name server is asked for them. */
  readonly resolve?: readonly { readonly host: string; readonly port: number; readonly address: string }[];
  /** Where to connect to instead of the target, which keeps its name for Host and SNI (`--connect-to`). */
  readonly connectTo?: { readonly host: string; readonly port?: number };
}

/** Seconds that one attempt to connect may take unless `--connect-timeout` says so, in every command. */
export const usualConnectTimeout = 5;

/** What was asked of a command that reaches targets over the network. */
export interface AskedOfNetworkCommand extends AskedOfEveryCommand {
  readonly network: NetworkOptions;
}

/** One place to connect to. */
export type Destination =
  | { readonly kind: 'ip'; readonly address: string; readonly family: 4 | 6; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** `192.0.2.1:443`, `[2001:db8::1]:443`, `unix:/run/memcached.sock` */
export function destinationText(to: Destination): string {
  if (to.kind === 'unix') return `unix:${to.path}`;
  return to.family === 6 ? `[${to.address}]:${to.port}` : `${to.address}:${to.port}`;
}
