import { domainToASCII } from 'node:url';

/** A host as DNS and TLS have it, in letters of ASCII (`bücher.example` → `xn--bcher-kva.example`); what is no name stays. */
export function asciiName(host: string): string {
  return domainToASCII(host) || host;
}
