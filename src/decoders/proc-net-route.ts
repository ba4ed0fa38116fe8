import { addressText } from './ip-address.js';

/** A route of the kernel's main table. */
export interface KernelRoute {
  /** The address that it begins with, as bytes. */
  readonly base: Uint8Array;
  /** Bits that count. */
  readonly prefix: number;
  /** The gateway; absent: whoever is in the range is on the link itself. */
  readonly via?: string;
  /** `*` where it leads to none. */
  readonly device: string;
  /** The system answers that there is no way. */
  readonly rejects?: true;
}

const up = 0x1;
const reject = 0x200;
/** Of IPv6 only: the machine's own address. */
const local = 0x80000000;

/**
 * The routes in `/proc/net/route` of Linux (proc(5)), which has those of IPv4. Addresses are words of 32 bits in the byte order of
 * the machine, which is taken to be little-endian. Lines that are something else are left out. Never throws; linear.
 */
export function decodeProcNetRoute(text: string): KernelRoute[] {
  return text.split('\n').flatMap((line) => {
    const [, device = '', destination = '', gateway = '', flags = '', mask = ''] = ofIpv4.exec(line) ?? [];
    const bits = Number.parseInt(flags, 16);
    if (device === '' || (bits & up) === 0) return [];
    const via = bytesOf(gateway).reverse();
    return [routeOf(bytesOf(destination).reverse(), prefixOf(bytesOf(mask)), via, device, bits)];
  });
}

/** Interface, destination, gateway, flags, reference count, use, metric, mask. */
const ofIpv4 =
  /^(\S{1,32})\s{1,40}([0-9A-F]{8})\s{1,9}([0-9A-F]{8})\s{1,9}([0-9A-F]{4,8})\s{1,9}\d{1,10}\s{1,9}\d{1,10}\s{1,9}\d{1,10}\s{1,9}([0-9A-F]{8})\s/i;

/**
 * The routes in `/proc/net/ipv6_route` of Linux: addresses are digits in the order in which they are written, the length of the
 * prefix is hexadecimal. Addresses of the machine itself, which are among them, and lines that are something else are left out.
 * Never throws; linear.
 */
export function decodeProcNetIpv6Route(text: string): KernelRoute[] {
  return text.split('\n').flatMap((line) => {
    const [, destination = '', prefix = '', gateway = '', flags = '', device = ''] = ofIpv6.exec(line) ?? [];
    const bits = Number.parseInt(flags, 16);
    const length = Number.parseInt(prefix, 16);
    if (device === '' || (bits & up) === 0 || bits >= local || length > 128) return [];
    return [routeOf(bytesOf(destination), length, bytesOf(gateway), device, bits)];
  });
}

/** Destination, its prefix, source, its prefix, next hop, metric, reference count, use, flags, interface. */
const ofIpv6 =
  /^([0-9a-f]{32}) ([0-9a-f]{2}) [0-9a-f]{32} [0-9a-f]{2} ([0-9a-f]{32}) [0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8} ([0-9a-f]{8})\s{1,40}(\S{1,32})/i;

function routeOf(base: Uint8Array, prefix: number, via: Uint8Array, device: string, flags: number): KernelRoute {
  return {
    base,
    prefix,
    ...(via.some((byte) => byte !== 0) && { via: addressText(via) }),
    device,
    ...((flags & reject) !== 0 && { rejects: true }),
  };
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** The bits that are set: those of a mask stand together. */
function prefixOf(mask: Uint8Array): number {
  let bits = 0;
  for (const byte of mask) for (let rest = byte; rest > 0; rest &= rest - 1) bits += 1;
  return bits;
}
