import { isIpv4, isIpv6 } from '../model/endpoint.js';
import { isMasked } from './masking.js';
import { tokenShapeOf } from './railgun-token.js';
import { shortestSecret } from './secret-forms.js';
import { type Sensitivity, sensitivityOf } from './sensitive-name.js';

/** Names that the list of HAR words has as `weak`, though in text nothing but a secret goes by them. */
const alwaysSecret =
  /(?:^|[^a-z])(?:cf_clearance|__cf_bm|__cfduid|saml_?request|saml_?response|assertion|x-client-data)$/i;

/** Inferred: no published list has them, and a word of each is that of something harmless, too. */
const moreStrong =
  /(?:^|[^a-z])(?:[a-z]{0,8}_?pass|pw|pass[_-]?hash|x[_-]session|ci_session|wordpress_(?:logged_in|sec)_\w+|remember_web_\w+)$/i;
const moreWeak = /(?:^|[^a-z])(?:key|sid|sig|session|otp|ticket)$/i;

/** Whether what goes by this name in a file of a bundle is to be masked; `weak`: only in the query of a URL. */
export function evidenceSensitivity(name: string): Sensitivity | undefined {
  if (alwaysSecret.test(name) || moreStrong.test(name)) return 'strong';
  return sensitivityOf(name) ?? (moreWeak.test(name) ? 'weak' : undefined);
}

/** Names of secrets, and as often of something else: what goes by them counts where it looks random. */
const oftenSecret = /(?:^|[^a-z])(?:refresh|hmac|sas|licen[sc]e|session|sess|sid|auth)$/i;

/** Names of keys, those of caches and of the public among them: what goes by them counts where it looks like nothing else. */
const oftenKey = /(?:^|[_.-]|[a-z])key$/i;
const harmlessKey = /pub(?:lic)?[_.-]?key|cache[_.-]?key|host[_.-]?key|primary[_.-]?key/i;

/** Units from which on a key is taken for one. */
const shortestKey = 32;

/** Whether it depends on the value alone whether what goes by this name is secret. */
export function maySecretsBeCalled(name: string): boolean {
  return oftenSecret.test(name) || oftenKey.test(name);
}

/** Whether a value is to be masked for a name that is as often one of something else. */
export function isRandomSecret(name: string, value: string): boolean {
  return isRandom(name, value) || isRandomKey(name, value);
}

/** Letters of both cases and digits, not too few of each: no hash, no number, no word, and no key that SSH makes public. */
function isRandomKey(name: string, value: string): boolean {
  return (
    oftenKey.test(name) &&
    !harmlessKey.test(name) &&
    value.length >= shortestKey &&
    value.length <= 300 &&
    /^[\w+/=~-]+$/.test(value) &&
    /[A-Za-z0-9]{12}/.test(value) &&
    /(?:[^\d]*\d){3}/.test(value) &&
    /(?:[^a-z]*[a-z]){3}/.test(value) &&
    /(?:[^A-Z]*[A-Z]){3}/.test(value) &&
    !value.startsWith('AAAA') &&
    isTellingEvidence(value)
  );
}

function isRandom(name: string, value: string): boolean {
  return (
    oftenSecret.test(name) &&
    value.length >= 12 &&
    value.length <= 300 &&
    /^[\w+/=.~%-]+$/.test(value) &&
    /\d{2}|\d[a-z]+\d/i.test(value) &&
    /[a-z]/i.test(value) &&
    !/^(?:hmac|umac|sha|md5|aes|s-\d|v?\d+\.|(?:s?cram|plain|digest|ntlm|tls|ssl|mschap)[-_v\d])/i.test(value) &&
    isTellingEvidence(value)
  );
}

/** Units of what stands for a value. */
const longestPlaceholder = 300;

/** What stands for a value, or says that there is none: nothing is given away with it, and somebody may need to see it. */
export function isNoSecret(value: string): boolean {
  if (value.length > longestPlaceholder) return false;
  return (
    value === '' ||
    isMasked(value) ||
    /^(?:\*+|[.…-]+|x{3,}|<[\w -]+>)$/i.test(value) ||
    isSignatureAlgorithm(value) ||
    /^(?:yes|no|none|null|nil|undefined|true|false|on|off|empty|redacted|required|missing|invalid|expired)[.,;)]?$/i.test(
      value,
    ) ||
    tokenShapeOf(value) === 'placeholder'
  );
}

/** So many letters no word has. */
const noWord = /[a-z]{24}/;

/** A word, or words, in small letters: somebody may have it for a password, and everybody has it in sentences. */
export function isPlainWords(value: string): boolean {
  return value.length <= 200 && /^[a-z]+(?:(?:, |[ '_-])[a-z]+)*[.,;:!?]?$/.test(value) && !noWord.test(value);
}

/** What stands behind the name of a secret and a colon where something is said of it: `token: expected 32 letters`. */
export function isSaidOfSecret(value: string): boolean {
  return /^(?:accepted|authentication|bad|changed|checked|corrupt|denied|differs?|duplicated?|established|expected|failed|failure|found|granted|ignored|incorrect|malformed|mismatch(?:ed|es)?|misspelt|ok|okay|placeholder|present|absent|read|received|refused|rejected|revoked|set|unset|truncated|unchanged|unexpected|unknown|unreadable|valid|validated|verified|wrong)[.,;:!]?$/.test(
    value,
  );
}

/** `ecdsa-with-SHA256`, `sha256WithRSAEncryption`, `ED25519`: certificates have a signature by such a name. */
function isSignatureAlgorithm(value: string): boolean {
  return /^(?:(?:ecdsa|rsa|dsa)-?with-?sha-?\d{0,3}-?\d{1,3}|(?:sha-?\d{1,3}|md[25])-?with-?(?:rsa|dsa)(?:-?encryption)?|rsassa-?pss|ed(?:25519|448))$/i.test(
    value,
  );
}

/** Words of logs and configurations that somebody may have for a password: to look for them would hide what support needs. */
const ordinaryWords = new Set(
  `activation address addresses admin administrator anonymous apache bundle cannot certificate changes client cloudflare config
  configuration connect connected connection content cookie cookies database debug default direct disabled domain enabled
  error errors example expired external failed failure forbidden gateway handshake header headers hostname internal
  invalid listener localdomain localhost location malformed memcache memcached message messages missing network nginx
  normal optional options origin passphrase password passwd private public railgun received redacted refused rejected
  request requests required reset response restart result running secret secrets server servers service session socket
  source started starting status stopped stream string syslog system timeout token tokens unauthorized undefined unknown
  update upstream username users validate version visitor waiting warning website wrong`.split(/\s+/),
);

/**
 * Whether finding a masked value elsewhere says that it got there. Words of logs, hosts, addresses, paths and times are there of
 * themselves, whoever takes them for a password.
 */
export function isTellingEvidence(secret: string): boolean {
  if (Buffer.byteLength(secret) < shortestSecret || isNoSecret(secret)) return false;
  const bare = secret.toLowerCase().replace(/[^\p{L}\p{N}]+$/u, '');
  if (ordinaryWords.has(bare) || isIpv4(bare) || isIpv6(bare)) return false;
  // One unit again and again: rulers and filling.
  if (/^(.)\1*$/su.test(secret)) return false;
  if (/^(?:[a-z\d-]{1,63}\.)+[a-z]{2,24}(?::\d{1,5})?$/.test(secret) && secret.length <= 253) return false;
  if (/^\d{4}-\d\d-\d\d(?:[T ]|$)/.test(secret) || /^[\d.,:\s/-]*$/.test(secret)) {
    return secret.replace(/\D/g, '').length >= 10 && !/^\d{4}-\d\d-\d\d/.test(secret) && !/[:./]/.test(secret);
  }
  return !isPath(secret);
}

/** Where a file lies. */
export function isPath(value: string): boolean {
  return /^(?:\/[a-z][a-z\d._-]*){2,}\/?$/.test(value);
}
