import { familyOf } from '../model/endpoint.js';

/** Name servers that resolvers of C libraries ask; they leave out any further ones (resolv.conf(5), MAXNS). */
const most = 3;

/**
 * The addresses that lines `nameserver` of a resolv.conf name, in the order in which they are asked. Lines that begin with a blank
 * count too, as glibc has it not and musl does: who wrote them meant them. Never throws; linear.
 */
export function decodeResolvConf(text: string): string[] {
  const servers: string[] = [];
  for (const line of text.split('\n')) {
    const [, address = ''] = /^\s{0,20}nameserver[ \t]+(\S{1,100})/.exec(line) ?? [];
    if (familyOf(address) !== undefined && servers.length < most) servers.push(address);
  }
  return servers;
}
