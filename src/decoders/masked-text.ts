import { maskedJson } from './masked-json.js';
import { type Masking, urlDecoded } from './masking.js';
import { sensitivityOf } from './sensitive-name.js';

/** JSON in JSON in JSON …: below this nobody looks. */
const deepest = 6;

/**
 * A text with its secrets masked, wherever it stands: JSON as JSON, and of anything else the parameters of addresses and JSON Web
 * Tokens. Every other unit stays.
 */
export function maskedText(text: string, masking: Masking, depth = 0): string {
  if (depth < deepest && looksLikeJson(text)) return maskedJson(text, masking, depth);
  // In code and markup, `token=x` says nothing of a token.
  const pairs = /[<{(]/.test(text) ? /[?#&]|:\/\// : /[?#&=]|:\/\//;
  // Most text is neither, and telling so is far cheaper than taking it apart.
  if (!pairs.test(text) && !text.includes('.ey')) return text;
  if (!/[\s"<>]/.test(text)) return maskedWord(text, pairs, masking, depth);
  return text.replace(/[^\s"'<>()\\`]+/g, (word) => maskedWord(word, pairs, masking, depth));
}

/** Also behind the prefix that keeps a script from reading it. */
export function looksLikeJson(text: string): boolean {
  return /^\s*(?:\)\]\}',?\s*|while\(1\);\s*|for\(;;\);\s*)?[[{]/.test(text.slice(0, 100)) && /["\d]/.test(text);
}

function maskedWord(word: string, pairs: RegExp, masking: Masking, depth: number): string {
  const address = pairs.test(word) ? maskedAddress(word, masking, depth) : word;
  return address.includes('.ey') ? maskedTokens(address, masking) : address;
}

/** An address, absolute or not, or what may be a part of one: login, query and fragment by their names. */
export function maskedAddress(text: string, masking: Masking, depth = 0): string {
  const fragmentAt = text.indexOf('#');
  const beforeFragment = fragmentAt < 0 ? text : text.slice(0, fragmentAt);
  const fragment = fragmentAt < 0 ? undefined : text.slice(fragmentAt + 1);
  const queryAt = beforeFragment.indexOf('?');
  const isQuery = queryAt < 0 && !/^[^&=]*:\/\//.test(text) && beforeFragment.includes('=');
  const path = isQuery ? '' : queryAt < 0 ? beforeFragment : beforeFragment.slice(0, queryAt);
  const query = isQuery ? beforeFragment : queryAt < 0 ? undefined : beforeFragment.slice(queryAt + 1);
  return [
    maskedLogin(path, masking),
    query === undefined ? '' : `${isQuery ? '' : '?'}${maskedForm(query, masking, depth)}`,
    fragment === undefined ? '' : `#${maskedFragment(fragment, masking, depth)}`,
  ].join('');
}

/** A fragment may be a query (of OAuth), or an address of its own (of a page that is a script). */
function maskedFragment(text: string, masking: Masking, depth: number): string {
  if (text.includes('?')) return maskedAddress(text, masking, depth);
  return text.includes('=') ? maskedForm(text, masking, depth) : text;
}

function maskedLogin(path: string, masking: Masking): string {
  const start = path.indexOf('://') + 3;
  const slash = path.indexOf('/', start);
  const end = path.lastIndexOf('@', slash < 0 ? path.length : slash);
  if (start < 3 || end <= start) return path;
  const login = path.slice(start, end);
  const colon = login.indexOf(':');
  if (colon >= 0) masking.remember('login', urlDecoded(login.slice(colon + 1)), 'strong');
  return `${path.slice(0, start)}${encodeURIComponent(masking.mask('login', login, 'strong', urlDecoded(login)))}${path.slice(end)}`;
}

/** `name=value&name=value`, as in a query or application/x-www-form-urlencoded. */
export function maskedForm(text: string, masking: Masking, depth = 0): string {
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return pair;
      // In HTML, `&` is `&amp;`.
      const name = urlDecoded(pair.slice(0, equals)).replace(/^amp;/, '');
      const value = pair.slice(equals + 1);
      const decoded = urlDecoded(value);
      const sensitivity = sensitivityOf(name);
      const shown =
        sensitivity === undefined
          ? depth < deepest
            ? maskedText(decoded, masking, depth + 1)
            : decoded
          : masking.mask(name, decoded, sensitivity);
      // As it was written, where nothing was masked.
      return shown === decoded ? pair : `${pair.slice(0, equals + 1)}${encoded(shown)}`;
    })
    .join('&');
}

/** JSON Web Tokens in a text without blanks: `eyJ….eyJ….signature`. */
function maskedTokens(text: string, masking: Masking): string {
  return text.replace(/[\w+/=.~-]+/g, (run) => {
    const parts = run.split('.');
    const at = parts.findIndex((part, index) => parts[index + 1]?.startsWith('ey') && headerIn(part) !== '');
    const signature = parts.slice(at + 2).join('.');
    if (at < 0 || signature === '' || signature === 'redacted') return run;
    const header = headerIn(parts[at] ?? '');
    const kept = run.slice(0, run.length - [header, parts[at + 1], signature].join('.').length);
    const label = masking.note('JWT');
    if (masking.jwt === 'whole') {
      masking.remember(label, [header, parts[at + 1], signature].join('.'), 'strong');
      return `${kept}[JWT redacted]`;
    }
    masking.remember(label, signature, 'strong');
    // In the path of an address, what follows a slash is not of it.
    masking.remember(label, signature.replace(/\/.*$/, ''), 'strong');
    return `${kept}${header}.${parts[at + 1]}.redacted`;
  });
}

/** The header that a part of a token ends with: it is JSON in base64, and so begins with `ey`. */
function headerIn(part: string): string {
  let start = part.length;
  while (start > 0 && /[\w-]/.test(part.charAt(start - 1))) start -= 1;
  const end = part.slice(start);
  if (end.startsWith('ey')) return end;
  const dash = end.indexOf('-ey');
  return dash < 0 ? '' : end.slice(dash + 1);
}

/** For a query. Half a character cannot be encoded, and becomes a replacement character. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}
