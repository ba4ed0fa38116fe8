import { railgunParameterOf } from '../knowledge/railgun-parameters.js';
import { familyOf } from '../model/endpoint.js';
import { base64Runs, decodedBase64 } from './base64-runs.js';
import { decodeCertificate } from './certificate.js';
import { editedJson, isJson } from './evidence-json.js';
import type { EvidenceKind } from './evidence-kind.js';
import { hostContexts } from './host-contexts.js';
import { decodeListenerLine } from './listener-log-line.js';
import { syslogHead } from './listener-log-prefix.js';
import { pemBlocks } from './pem.js';
import { decodeRailgunConf } from './railgun-conf.js';
import { decodeRailgunNat } from './railgun-nat.js';
import { setIn } from './railgun-set.js';

/** Names that are taken of one file. */
const mostNames = 20_000;

/** What is called so is a file. */
const fileLike = /\.(?:conf|txt|json|log|pem|crt|key|har|html?|pid|sock|csv|gz)$/;

/** What the names of files have behind that of a host. */
const fileEnd =
  /(?:[._-](?:access|error|ssl|chain|fullchain|cert|privkey|key|log|conf|pem|crt|txt)){0,4}(?:[.-]\d{1,8})?(?:\.gz)?$/i;

/** What is called so where anything may stand is a file too, or a unit of systemd. */
const unitLike =
  /\.(?:service|socket|timer|target|slice|scope|mount|device|so|js|mjs|ts|tsx|jsx|vue|java|cpp|hpp|cc|rs|kt|cs|swift|css|png|jpe?g|gif|svg|ico|webp|woff2?|php|sh|py|go|rb|xml|ya?ml|tar|zip|map)$/;

const nameLike = /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,62})\.)+\p{L}[\p{L}\p{N}-]{1,62}$/u;

/** Keys of JSON, headers and parts of log lines whose values are names of hosts; in lower case, letters only. */
const naming =
  /^(?:sans?|via|xservedby|xbackend|backend|upstream|origin|peer|remote|client|addr|address|node|instance|sni|cn|names|targets?|zone|zonename|domains?|authority|fqdn|commonname|railgunname|serveralias|serverspec|dnsnames?|altnames|subjectaltnames?|[a-z]{0,20}host|[a-z]{0,20}(?:host|server)names?)$/;

/** The names of hosts in a file of a bundle, where they stand as such: in lower case, each once. Linear; at most twenty thousand. */
export function hostsInEvidence(kind: EvidenceKind, text: string): readonly string[] {
  const names = new Set<string>();
  const add = (given: string, how: 'surely' | 'strictly' | 'loosely' = 'strictly') => {
    const name = bareName(given);
    if (name === '' || name.length > 253 || names.has(name) || names.size >= mostNames) return;
    if (how !== 'surely' && (!nameLike.test(name) || fileLike.test(name))) return;
    if (how === 'loosely' && unitLike.test(name)) return;
    // `wan.ip` is a setting.
    if (familyOf(name) === undefined && railgunParameterOf(name) === undefined) names.add(name);
  };
  if (kind === 'railgun-nat') inMap(text, add);
  if (kind === 'railgun-conf') inConf(text, add);
  const said = textsOf(kind, text, (key, value) => {
    if (naming.test(key.toLowerCase().replace(/[^a-z]/g, ''))) for (const one of wordsOf(value)) add(one);
  });
  if (kind === 'log' || kind === 'text') inLog(text, add);
  for (const one of said) {
    inCertificates(one, add);
    for (const { at, holds } of hostContexts) {
      for (const [, ...found] of one.matchAll(at)) {
        for (const words of found) {
          if (words === undefined) continue;
          if (holds === 'machine') add(words, 'surely');
          else if (holds === 'url' && isMachine(words)) add(words, 'surely');
          else if (holds === 'path') add(words.replace(fileEnd, ''), 'loosely');
          else for (const word of wordsOf(words)) add(word, holds === 'loose' ? 'loosely' : 'strictly');
        }
      }
    }
  }
  return [...names];
}

/** The names of hosts in the name of a file: `origin-www.example.org.txt`. */
export function hostsInFileName(file: string): readonly string[] {
  const [, name = ''] = /^(?:origin|cert|trace|route-to-origin|route|dns)-(.{1,253})\.[a-z]{1,5}$/i.exec(file) ?? [];
  const bare = bareName(name);
  return nameLike.test(bare) && !fileLike.test(bare) ? [bare] : [];
}

type Add = (name: string, how?: 'surely') => void;

/** A text, and what it says where it is encoded: JSON with escapes, dots in URLs, base64. Each string of JSON is told with its key. */
function textsOf(kind: EvidenceKind, text: string, tell: (key: string, value: string) => void): readonly string[] {
  const strings: string[] = [];
  const read = (document: string) => {
    editedJson(document, ({ kind: is, text: value, name }) => {
      if (is === 'string') {
        tell(name, value);
        if (document.includes('\\')) strings.push(value);
      }
      return value;
    });
  };
  if ((kind === 'json' || kind === 'report' || kind === 'har') && isJson(text)) read(text);
  else for (const [line] of text.matchAll(/^[ \t]{0,20}\{[^\r\n]*/gm)) if (isJson(line)) read(line);
  const decoded = [...text.matchAll(base64Runs)].flatMap(([run]) => decodedBase64(run)?.text ?? []);
  const dotted = /%(?:25){0,4}2[de]/i.test(text)
    ? [text.replace(/%(?:25){0,4}(2[de])/gi, (_, code: string) => (/e/i.test(code) ? '.' : '-'))]
    : [];
  return [text, ...dotted, strings.join('\n'), decoded.join('\n')];
}

/** Who has written the lines of a log, and the names that rg-listener has in its. */
function inLog(text: string, add: Add): void {
  for (const line of text.split('\n')) {
    const { hostname } = syslogHead(line);
    if (hostname !== undefined) add(hostname, 'surely');
    const { parts = {} } = decodeListenerLine(line) ?? {};
    for (const [key, value] of Object.entries(parts)) {
      if (naming.test(key.toLowerCase())) for (const name of wordsOf(value)) add(name);
    }
  }
}

function inMap(text: string, add: Add): void {
  for (const { name, isDefault, target } of decodeRailgunNat(text).entries) {
    if (!isDefault) add(name, 'surely');
    add(target.host, 'surely');
  }
}

function inConf(text: string, add: Add): void {
  const conf = decodeRailgunConf(text);
  const own = setIn(conf, 'activation.railgun_host')?.text;
  if (own !== undefined) add(own, 'surely');
  for (const server of setIn(conf, 'memcached.servers')?.text.split(/[\s,]+/) ?? []) {
    if (!server.includes('/')) add(server.replace(/:\d+$/, ''), 'surely');
  }
}

/** What certificates in PEM form are for. */
function inCertificates(text: string, add: Add): void {
  if (!text.includes('-----BEGIN ')) return;
  for (const der of pemBlocks(text).certificates) {
    const decoded = decodeCertificate(der);
    if (!decoded.ok) continue;
    const { san, subject, isCa } = decoded.certificate.facts;
    for (const name of san) add(name);
    if (!isCa) for (const word of subject.split(/[=,\s]+/)) add(word);
  }
}

/** What a host in a URL may be called that has no dot, and that is no word: `db-3`. */
function isMachine(name: string): boolean {
  return /^(?=[a-z])(?=.{4,63}$)(?=.*[\d-])[a-z\d-]*[a-z\d]$/i.test(name);
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,;"'[\]]+/).map((word) => word.replace(/^DNS:/i, '').replace(/:\d{1,5}$/, ''));
}

function bareName(given: string): string {
  return given
    .toLowerCase()
    .replace(/^(?:\*\.|\.)/, '')
    .replace(/\.$/, '');
}
