import { isNoSecret, isPlainWords, isSaidOfSecret } from './evidence-names.js';
import { maskedHeader } from './masked-header.js';
import type { Masking } from './masking.js';

/** As they are sent, as CGI and its heirs name them (`HTTP_COOKIE`), and as a part of something (`headers.cookie`). */
const named =
  '(?:(?:redirect_)?http[_-])?(?:(?:proxy|x|x[_-]forwarded|x[_-]original)[_-])?(?:authorization|(?:set[_-])?cookie2?)';
const secretHeader = new RegExp(`(?:^|[.$])${named}$`, 'i');

/** In lists of names and values: `["Cookie", "a=b"]`. */
const listed = new RegExp(
  `(\\\\{0,3}["'])(${named}|x(?:-\\w{1,20}){0,3}-(?:key|token|secret|session|auth))\\1(\\s{0,5},\\s{0,5})\\1([^"'\\\\]+)`,
  'gi',
);
const ownHeader = /^x(?:-\w{1,20}){0,3}-(?:key|token|secret|session|auth)$/i;

/** What announces the token that comes next among the protocols of a WebSocket. */
const announced = /^(?:bearer|token|auth|authorization|access[_-]?token|jwt)$/i;

/** Whether it is the name of a header whose value is secret to its end. */
export function isSecretHeader(name: string): boolean {
  return secretHeader.test(name);
}

/** The value of a header that `isSecretHeader` names, or one that it is known by in a list; a sentence about it stays. */
export function maskedSecretHeader(name: string, value: string, masking: Masking): string {
  // `authorization: failed for user x`: a sentence, and no header.
  if (
    isNoSecret(value) ||
    /^(?:basic|bearer|token|digest|negotiate)$/i.test(value) ||
    (/authorization$/i.test(name) &&
      /^[a-z]+(?: [a-z]+){1,20}[.!]?$/i.test(value) &&
      !/^(?:basic|bearer|token|digest|negotiate) \S+$/i.test(value))
  )
    return value;
  if (/authorization$/i.test(name) && isPlainWords(value) && !/^(?:basic|bearer|token|digest|negotiate) /.test(value))
    return isSaidOfSecret(value) ? value : masking.maskHere(name, value);
  const cookie = /(set[_-])?cookie2?$/i.exec(name);
  return maskedHeader(cookie === null ? name : cookie[1] === undefined ? 'Cookie' : 'Set-Cookie', value, masking);
}

/** The value that stands behind the name of a header in a list; nothing where that is no such name. */
export function maskedListed(name: string, value: string, masking: Masking): string | undefined {
  if (isSecretHeader(name)) return maskedSecretHeader(name, value, masking);
  if (!ownHeader.test(name) || isNoSecret(value) || !/\d/.test(value)) return undefined;
  return masking.mask(name, value, 'strong');
}

/** A line in which the values of headers are masked that stand in lists, and tokens among the protocols of a WebSocket. */
export function maskedHeaderLists(line: string, masking: Masking): string {
  let text = line;
  if (text.includes(','))
    text = text.replace(
      listed,
      (_, quote: string, name: string, comma: string, value: string) =>
        `${quote}${name}${quote}${comma}${quote}${maskedListed(name, value, masking) ?? value}`,
    );
  if (!/websocket-protocol/i.test(text)) return text;
  return text.replace(
    /(sec-websocket-protocol["']?\s{0,5}[:=,]\s{0,5}["']?)([^"'\r\n]+)/gi,
    (_, before: string, value: string) => before + maskedProtocols(value, masking),
  );
}

function maskedProtocols(value: string, masking: Masking): string {
  let isAnnounced = false;
  return value
    .split(',')
    .map((part) => {
      const protocol = part.trim();
      const [, prefix = '', token = ''] =
        /^(base64url\.bearer\.authorization\.[\w.]{1,40}io\.)?(.+)$/.exec(protocol) ?? [];
      const isToken = isAnnounced || prefix !== '' || (/^\S{24,}$/.test(token) && /\d/.test(token));
      isAnnounced = announced.test(protocol);
      if (!isToken || token === '' || isNoSecret(token) || !/^\S+$/.test(token)) return part;
      return part.replace(protocol, () => prefix + masking.mask('Sec-WebSocket-Protocol', token, 'strong'));
    })
    .join(',');
}

/** Units that a line may be set in by. */
const longestIndent = 200;

/**
 * Lines that continue the value of a header, which begin with more blanks than the header (RFC 9112, 5.2). Asked line by line, it
 * gives back the line with what is secret in it masked, or nothing where it is a line of its own.
 */
export function createFoldedHeaders(masking: Masking): (line: string) => string | undefined {
  let name = '';
  let indent = 0;
  return (line) => {
    const blanks = indentOf(line);
    if (name !== '' && blanks > indent) {
      const value = line.slice(blanks).trimEnd();
      if (continues(name, value)) {
        return line.slice(0, blanks) + maskedSecretHeader(name, value, masking) + line.slice(blanks + value.length);
      }
    }
    const [, own = ''] = /^([\w.-]{1,60})[ \t]{0,5}:/.exec(line.slice(blanks, blanks + 80)) ?? [];
    name = isSecretHeader(own) ? own : '';
    indent = blanks;
    return undefined;
  };
}

function indentOf(line: string): number {
  let blanks = 0;
  while (blanks < longestIndent && /[ \t]/.test(line.charAt(blanks))) blanks += 1;
  return blanks;
}

/** Pairs of a cookie; or of credentials one word, with or without a scheme before it, or parameters. */
function continues(name: string, value: string): boolean {
  if (/cookie2?$/i.test(name)) return /^;?\s{0,5}[^\s=;:"'(){}]{1,200}=[^\s;]/.test(value);
  return (
    /^(?:(?:basic|bearer|token|negotiate|apikey)\s{1,5})?(?:[\w.~+/=-]{8,}|\[[^[\]]{1,60} redacted\])$/i.test(value) ||
    /^(?:digest\s{1,5})?\w{1,40}="[^"]*",?/i.test(value)
  );
}
