import { familyOf } from '../model/endpoint.js';
import type { EvidenceKind } from './evidence-kind.js';
import { syslogHead } from './listener-log-prefix.js';
import { decodeRailgunNat } from './railgun-nat.js';

/** Names that are taken of one file. */
const mostNames = 20_000;

/** What stands where names stand: in a URL, behind a key, a header or a setting that has a host, and as rg-listener logs it (`address:port/host`). */
const places =
  /:\/\/(?:[^\s/?#@"'<>]{0,200}@)?([\w.-]{1,253})|"(?:host|hostname|server_?name|san|sni|railgunName|commonName|target)"\s{0,5}:\s{0,5}"([\w.*-]{1,253})|\bhost(?:name)?\s{0,5}[:=]\s{0,5}"?([\w.*-]{1,253})|\b(?:DNS:|CN ?= ?)([\w.*-]{1,253})|:\d{1,5}\/([\w.-]{1,253})(?=[:\s])/gi;

/** What is called so is a file. */
const fileLike = /\.(?:conf|txt|json|log|pem|crt|key|har|html?|pid|sock|csv|gz)$/;

const nameLike = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z][a-z0-9-]{1,62}$/;

/** The names of hosts in a file of a bundle, where they stand as such: in lower case, each once. Linear; at most twenty thousand. */
export function hostsInEvidence(kind: EvidenceKind, text: string): readonly string[] {
  const names = new Set<string>();
  const add = (given: string | undefined, isSurely = false) => {
    const name = (given ?? '').toLowerCase().replace(/^\*\./, '').replace(/\.$/, '');
    if (name === '' || familyOf(name) !== undefined || names.size >= mostNames) return;
    if (isSurely || (nameLike.test(name) && !fileLike.test(name))) names.add(name);
  };
  if (kind === 'railgun-nat') {
    for (const { name, isDefault, target } of decodeRailgunNat(text).entries) {
      if (!isDefault) add(name);
      add(target.host);
    }
  }
  if (kind === 'log') for (const line of text.split('\n')) add(syslogHead(line).hostname, true);
  for (const [, ...found] of text.matchAll(places)) for (const name of found) add(name);
  return [...names];
}
