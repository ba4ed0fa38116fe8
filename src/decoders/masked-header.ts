import { maskedText } from './masked-text.js';
import { isMasked, type Masking } from './masking.js';
import { sensitivityOf } from './sensitive-name.js';

/** Schemes that may stay in front of what they carry (RFC 7235 and its registry, and those of Amazon and Microsoft). */
const schemes =
  /^(?:basic|bearer|digest|dpop|hoba|mutual|negotiate|ntlm|oauth|scram-sha-\d+|vapid|aws4-hmac-sha256|token)$/i;

/** The value of a header, with what is secret in it masked. Names of cookies, and attributes of those that are set, stay. */
export function maskedHeader(name: string, value: string, masking: Masking): string {
  const key = name.toLowerCase();
  if (key === 'cookie')
    return value
      .split(';')
      .map((pair) => maskedCookie(pair, masking))
      .join(';');
  // Some browsers join several with line ends.
  if (key === 'set-cookie')
    return value
      .split('\n')
      .map((line) => maskedSetCookie(line, masking))
      .join('\n');
  const sensitivity = sensitivityOf(name);
  if (sensitivity === undefined) return maskedText(value, masking);
  const [, scheme = '', blank = '', rest = ''] = /^(\S+)(\s+)([\s\S]+)$/.exec(value) ?? [];
  if (!schemes.test(scheme)) return masking.mask(name, value, sensitivity);
  if (scheme.toLowerCase() === 'basic') rememberBasic(rest, masking);
  return `${scheme}${blank}${masking.mask(name, rest, 'strong')}`;
}

function maskedSetCookie(line: string, masking: Masking): string {
  const end = line.indexOf(';');
  return end < 0 ? maskedCookie(line, masking) : `${maskedCookie(line.slice(0, end), masking)}${line.slice(end)}`;
}

function maskedCookie(pair: string, masking: Masking): string {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, equals)).trim();
  // Without a name that is one (RFC 6265), all of it is a value.
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return masking.mask('cookie', pair.trim(), 'cookie', pair);
  return `${pair.slice(0, equals + 1)}${masking.mask(name, pair.slice(equals + 1), sensitivityOf(name) ?? 'cookie')}`;
}

/** Name and password, which may be written down elsewhere each by itself. */
function rememberBasic(credentials: string, masking: Masking): void {
  if (isMasked(credentials)) return;
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  masking.remember('Authorization', decoded, 'strong');
  masking.remember('Authorization', decoded.slice(decoded.indexOf(':') + 1), 'strong');
}
