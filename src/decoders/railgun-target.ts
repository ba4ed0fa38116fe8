import { familyOf } from '../model/endpoint.js';
import { addressKind, hostBytes, isEverywhere, isLoopbackHost } from './address-kind.js';
import { addressText } from './ip-address.js';

/** What is known of where rg-listener itself is. */
export interface ListenerPlace {
  readonly wanPort: number;
  /** The address that it takes connections on; absent: all of them. */
  readonly wanIp?: string | undefined;
  /** The addresses of its machine, as far as they are known; those of loopback need not be among them. */
  readonly ownAddresses: readonly string[];
  /** Hosts and addresses that Cloudflare connects to for it (`activation.railgun_host`, `activation.public_ip`). */
  readonly publicHosts: readonly string[];
}

/**
 * What a place is that requests are sent to. `loop`: rg-listener's own port; `cloudflare`: an address of the edge, from which they
 * come back; `public-side`: the public address of rg-listener or its balancer; `odd`: no address of a web server;
 * `placeholder` and `example`: set apart for records without an origin, and for documents; `name`: its resolver decides.
 */
export interface RailgunTarget {
  readonly kind: 'loop' | 'cloudflare' | 'public-side' | 'odd' | 'placeholder' | 'example' | 'name' | 'fine';
  /** What it is, behind the address and "is": `an address of Cloudflare (104.16.0.0/13)`. Empty where it is fine. */
  readonly says: string;
  /** Who says so, where a list does. */
  readonly source?: string;
}

/**
 * What a place is that rg-listener sends requests to: `host` an address or a name, `ports` those that it sends them to. Names are
 * not looked up: only `localhost` and the public names of rg-listener itself are known.
 */
export function railgunTarget(host: string, ports: readonly number[], listener: ListenerPlace): RailgunTarget {
  const { wanPort, wanIp } = listener;
  const isPublic = listener.publicHosts.some((own) => isSameHost(own, host));
  if (ports.includes(wanPort) && (isPublic || isListenedOn(host, listener))) {
    return { kind: 'loop', says: `where rg-listener itself takes connections (wan.port ${wanPort})` };
  }
  const isLocal = isLoopbackHost(host) || (wanIp !== undefined && isSameHost(wanIp, host));
  if (isPublic && !isLocal) {
    return { kind: 'public-side', says: 'the address that Cloudflare connects to for rg-listener (activation.*)' };
  }
  if (familyOf(host) === undefined) return { kind: 'name', says: 'a name, which the machine of rg-listener looks up' };
  const { kind, range, says = '', documentation, source } = addressKind(host);
  const described = { says: `an address ${says} (${range})`, ...(source !== undefined && { source }) };
  if (kind === 'cloudflare' || kind === 'placeholder') return { kind, ...described };
  if (kind === 'reserved') return { kind: documentation === true ? 'example' : 'odd', ...described };
  return { kind: 'fine', says: '' };
}

/** Whether two texts are the same address, however it is spelled, or the same name. */
export function isSameHost(one: string, other: string): boolean {
  return hostKey(one) === hostKey(other);
}

/** Without a `wan.ip` it listens on every address; what is sent to none (0.0.0.0) goes to the machine itself on Linux. */
function isListenedOn(host: string, { wanIp, ownAddresses }: ListenerPlace): boolean {
  if (wanIp !== undefined && !isEverywhere(wanIp)) return isSameHost(wanIp, host);
  return isLoopbackHost(host) || isEverywhere(host) || ownAddresses.some((own) => isSameHost(own, host));
}

function hostKey(host: string): string {
  const bytes = hostBytes(host);
  return bytes === undefined ? host.toLowerCase().replace(/\.$/, '') : addressText(bytes);
}
