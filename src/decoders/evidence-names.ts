import { isIpv4, isIpv6 } from '../model/endpoint.js';
import { isMasked } from './masking.js';
import { tokenShapeOf } from './railgun-token.js';
import { shortestSecret } from './secret-forms.js';
import { type Sensitivity, sensitivityOf } from './sensitive-name.js';

/** Names that the list of HAR words has as `weak`, though in text nothing but a secret goes by them. */
const alwaysSecret = /(?:^|[^a-z])(?:cf_clearance|__cf_bm|saml_?request|saml_?response|assertion|x-client-data)$/i;

/** Inferred: no published list has them. */
const moreStrong =
  /(?:^|[^a-z])(?:[a-z]{0,8}_?pass|credentials?|pass_?code|requirepass|masterauth|phpsessid|jsessionid|asp\.net_sessionid|pw|(?:pass|pwd|password|passwd)[_-]?hash|oauth[_-]?verifier|licen[sc]e[_-]?key|x[_-]session|(?:laravel|ci|flask|symfony)_session|connect\.sid|wordpress_(?:logged_in|sec)_\w+|remember_web_\w+|\.?aspxauth)$|secret[_-]?(?:access[_-]?)?key$|(?:signing|encryption|shared|account)[_-]?key$|sharedaccesskey$/i;
const moreWeak = /(?:^|[^a-z])(?:key|sid|sig|session|otp|ticket)$/i;

/** Whether what goes by this name in a file of a bundle is to be masked; `weak`: only in the query of a URL. */
export function evidenceSensitivity(name: string): Sensitivity | undefined {
  if (alwaysSecret.test(name) || moreStrong.test(name)) return 'strong';
  return sensitivityOf(name) ?? (moreWeak.test(name) ? 'weak' : undefined);
}

/** Names of secrets, and as often of something else: what goes by them counts where it looks random. */
const oftenSecret = /(?:^|[^a-z])(?:refresh|hmac|sas|licen[sc]e|session|sess|sid)$/i;

/** Whether a value is to be masked for a name that is as often one of something else. */
export function isRandomSecret(name: string, value: string): boolean {
  return (
    oftenSecret.test(name) &&
    value.length >= 12 &&
    value.length <= 300 &&
    /^[\w+/=.~%-]+$/.test(value) &&
    /\d{2}|\d[a-z]+\d/i.test(value) &&
    /[a-z]/i.test(value) &&
    !/^(?:hmac|umac|sha|md5|aes|s-\d|v?\d+\.)/i.test(value) &&
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
