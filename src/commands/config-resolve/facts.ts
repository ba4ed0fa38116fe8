import type { SettingProblem } from '../../decoders/railgun-listener-settings.js';
import type { LineInQuestion, WayStep } from '../../decoders/railgun-way.js';
import type { Failure } from '../../model/failure.js';
import type { AskedOfNetworkCommand } from '../../model/network.js';
import type { AddressShare } from '../../model/reach.js';
import type { StoppableFacts } from '../../model/stop.js';

type Scheme = 'http' | 'https';

export interface ConfigResolveAsked extends AskedOfNetworkCommand {
  /** The path of railgun.conf. */
  readonly config: string;
  /** What it leads to is connected to. */
  readonly probe?: true;
  /** The address of the origin as Cloudflare's DNS has it. */
  readonly originIp?: string;
}

/** What visitors ask for, and how it is called in reports. */
export interface ConfigResolveTarget {
  readonly label: string;
  /** In letters of ASCII; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly scheme: Scheme;
}

/** A line of the map, and where it is. */
export interface MapLineFacts {
  readonly file: string;
  readonly line: number;
  /** Without blanks around it, at most 200 characters. */
  readonly text: string;
}

/** What of railgun.conf decides, or tells where rg-listener itself is. */
export interface ListenerFacts {
  readonly config: string;
  /** As `map.file` has it; absent: there is no map. */
  readonly mapFile?: string;
  readonly insecureOrigin: boolean;
  readonly wanPort: number;
  readonly wanIp?: string;
  /** The values of `activation.railgun_host` and `activation.public_ip`: where Cloudflare connects to. */
  readonly publicHosts: readonly string[];
  /** What is wrong with the settings that decide. */
  readonly problems: readonly SettingProblem[];
}

/** Where a request goes. */
export interface WayFacts {
  /** An address or a name, IPv6 without brackets; absent: the address in Cloudflare's DNS, which was not named. */
  readonly host?: string;
  readonly port: number;
  readonly decidedBy: MapLineFacts | 'CF-ORIGIN-IP';
}

/** One attempt to connect. */
export interface Attempt {
  readonly address: string;
  readonly port: number;
  /** Absent: it is open. */
  readonly failure?: Failure;
  /** Milliseconds to connect or to fail. */
  readonly ms: number;
}

export interface DestinationFacts extends StoppableFacts {
  readonly kind: 'destination';
  readonly asked: ConfigResolveAsked;
  readonly host: string;
  readonly port: number;
  /** What visitors speak with Cloudflare. */
  readonly scheme: Scheme;
  readonly listener: ListenerFacts;
  /** Addresses of this machine, which need not be that of rg-listener; without those of the loopback interface. */
  readonly ownAddresses: readonly string[];
  /** What rg-listener speaks with the origin. */
  readonly spoken: Scheme;
  readonly way: WayFacts;
  /** What was looked for, in this order: the first that is there is taken. */
  readonly steps: readonly WayStep[];
  /** A port that was asked for and is not used, because no line names it. */
  readonly portLost?: number;
  /** The lines for the same that lead elsewhere, and were not taken. */
  readonly others?: readonly LineInQuestion[];
  /** Lines that come before, and have a target that cannot be read. */
  readonly unusable?: readonly LineInQuestion[];
  /** Lines that a wildcard makes fit. */
  readonly wildcards?: readonly LineInQuestion[];
  /** Where it would go without the line that decided; absent where none did. */
  readonly withoutLine?: WayFacts;
  /** With `--probe`, in the order of the addresses; absent: nothing was contacted. */
  readonly attempts?: readonly Attempt[];
  /** With `--probe`: why there is no address to connect to. */
  readonly unresolved?: Failure;
  /** With `--probe`, where the destination is a name. */
  readonly share?: AddressShare;
}

/** A configuration that cannot be read. */
export interface UnreadFacts extends StoppableFacts {
  readonly kind: 'unread';
  readonly asked: ConfigResolveAsked;
  readonly host: string;
  readonly port: number;
  /** The file: railgun.conf, or the map that it names. */
  readonly path: string;
  readonly of: 'config' | 'map';
  readonly failure: Failure;
}

export type ConfigResolveFacts = DestinationFacts | UnreadFacts;
