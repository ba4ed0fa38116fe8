import { addressText } from './ip-address.js';

/** A TCP socket that accepts connections. */
export interface ListeningSocket {
  /** `0.0.0.0`, `::1` */
  readonly address: string;
  readonly port: number;
  /** The number by which `/proc/PID/fd` names it; 0: it belongs to nobody any more. */
  readonly inode: number;
}

/**
 * The listening sockets in `/proc/net/tcp` or `/proc/net/tcp6` of Linux (proc(5)): addresses are words of 32 bits in the byte order
 * of the machine, which is taken to be little-endian. Lines that are something else are left out. Never throws; linear.
 */
export function decodeListeningSockets(text: string): ListeningSocket[] {
  return text.split('\n').flatMap((line) => {
    const [, hex = '', port = '', inode = ''] = listening.exec(line) ?? [];
    if (hex.length !== 8 && hex.length !== 32) return [];
    const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, index) => {
      const at = (index - (index % 4) + 3 - (index % 4)) * 2;
      return Number.parseInt(hex.slice(at, at + 2), 16);
    });
    return [{ address: addressText(bytes), port: Number.parseInt(port, 16), inode: Number(inode) }];
  });
}

/** sl, local address, remote address, state 0A (LISTEN), queues, timer, retransmits, uid, timeout, inode. */
const listening =
  /^\s*\d{1,9}: ([0-9A-F]{8,32}):([0-9A-F]{4}) [0-9A-F]{8,32}:[0-9A-F]{4} 0A \S{1,40} \S{1,40} \S{1,40}\s{1,20}\d{1,20}\s{1,20}\d{1,20} (\d{1,15})\b/;
