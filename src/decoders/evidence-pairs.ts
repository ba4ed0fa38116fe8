import { isSecretHeader, maskedSecretHeader } from './evidence-headers.js';
import {
  evidenceSensitivity,
  isNoSecret,
  isPath,
  isPlainWords,
  isRandomSecret,
  isSaidOfSecret,
  maySecretsBeCalled,
} from './evidence-names.js';
import { isMasked, type Masking, urlDecoded } from './masking.js';
import type { Sensitivity } from './sensitive-name.js';

/** UTF-16 units of a name that are looked at. */
const longestName = 100;

/** Digits of a number in a query from which on it is rather a password than a status. */
const digitsOfSecret = 6;

/** Nearly no line of a log has a name that anything here would be masked for. */
const anyName =
  /token|rtkn|secret|pass|pwd|key|auth|cookie|sess|sid|sig|jwt|csrf|xsrf|credential|master|cf_|__cf|saml|assertion|x-client-data|code|state|email|challenge|client_?id|appid|facetid|fcparams|serverdata|shdf|usg|vses2|otp|ticket|pw|verifier|refresh|hmac|sas|licen[sc]e|wordpress_|remember_web_/i;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A line in which the values of `name=value` and `name: value` are masked where the name says that they are secret. `prose`: it
 * may be a sentence of rg-diag about such names, and only what has letters and digits, or is long, is taken for a value.
 */
export function maskedPairs(line: string, masking: Masking, prose = false): string {
  if (!anyName.test(line)) return line;
  let shown = '';
  let from = 0;
  // Up to here nothing is mixed, and so no part of it is.
  let plainTo = 0;
  const quotes = createQuotes(line);
  const separator = /[=:]/g;
  for (let found = separator.exec(line); found !== null; found = separator.exec(line)) {
    const at = found.index;
    const name = nameBefore(line, at, from);
    if (name.end === name.start) continue;
    const text = line.slice(name.start, name.end);
    const inQuery = found[0] === '=' && /(?:[?&#]|&amp;)$/.test(line.slice(Math.max(0, name.start - 5), name.start));
    const isCookies = !inQuery && /(?:^|[^a-z])cookies$/i.test(text) && isPairsOfCookies(line, at);
    const sensitivity = isCookies ? 'strong' : evidenceSensitivity(text);
    // Such names have other uses, and what stands behind them may have pairs in it.
    if (sensitivity === undefined || (sensitivity === 'weak' && !inQuery)) {
      const random = randomAfter(line, text, at);
      if (random === undefined) continue;
      const shownAs = masking.mask(text, line.slice(random.start, random.end), 'strong');
      shown += line.slice(from, random.start) + shownAs;
      from = random.end;
      separator.lastIndex = from;
      continue;
    }
    if (prose && !inQuery && at < plainTo) continue;
    if ((isSecretHeader(text) || isCookies) && !inQuery) {
      const value = headerValue(line, name, at);
      if (value.end <= value.start) continue;
      const before = line.slice(value.start, value.end);
      if (prose && !isMixed(before)) {
        plainTo = value.end;
        continue;
      }
      shown += line.slice(from, value.start) + maskedSecretHeader(isCookies ? 'Cookie' : text, before, masking);
      from = value.end;
    } else {
      const value = valueAfter(line, name, at, inQuery, quotes);
      if (value === undefined || value.end <= value.start) continue;
      // `the same token: one that …`: a sentence goes on.
      if (found[0] === ':' && /^\s[a-z]{1,4} [a-z]/.test(line.slice(value.start - 1, value.end + 2))) continue;
      const before = line.slice(value.start, value.end);
      if (prose && !inQuery && !isMixed(before)) {
        plainTo = value.end;
        continue;
      }
      shown += line.slice(from, value.start) + pairMasked(text, before, sensitivity, inQuery, masking);
      from = value.end;
    }
    separator.lastIndex = Math.max(from, at + 1);
  }
  return shown + line.slice(from);
}

function isMixed(value: string): boolean {
  return /\S{16}/.test(value) || (/\d/.test(value) && /[a-z]/i.test(value));
}

function pairMasked(name: string, value: string, sensitivity: Sensitivity, inQuery: boolean, masking: Masking): string {
  const decoded = inQuery ? urlDecoded(value) : value;
  if (isNoSecret(value) || isNoSecret(decoded)) return value;
  // `private_key=/etc/ssl/www.key`: where it lies, and not what it is.
  if (!inQuery && isPath(value)) return value;
  // Names such as `code` and `state` have other uses: only in a query are they of a login.
  if (sensitivity === 'weak' && (!inQuery || (/^\d+$/.test(decoded) && decoded.length < digitsOfSecret))) return value;
  if (!inQuery && isSaidOfSecret(value)) return value;
  // In a query `+` is a blank.
  if (isPlainWords(decoded)) {
    const mark = masking.maskHere(name, decoded);
    return inQuery ? encodeURIComponent(mark) : mark;
  }
  const shown = masking.mask(name, decoded, sensitivity, value);
  if (shown === value) return value;
  if (decoded !== value) masking.remember(name, value, sensitivity);
  return inQuery ? encodeURIComponent(shown) : shown;
}

/** Units of a value that are looked at where its name alone says little. */
const longestRandom = 300;

/** Where a value that looks random stands behind a name that is not only one of secrets. */
function randomAfter(line: string, name: string, at: number): Span | undefined {
  if (!maySecretsBeCalled(name)) return undefined;
  const [, before = '', value = ''] =
    /^([=>]{0,2}[ \t]{0,5}\\{0,3}["']?)([\w+/=.~%-]+)(?=$|[\s"'\\,;&)}\]])/.exec(
      line.slice(at + 1, at + 1 + longestRandom),
    ) ?? [];
  const start = at + 1 + before.length;
  return value !== '' && isRandomSecret(name, value) ? { start, end: start + value.length } : undefined;
}

function isPairsOfCookies(line: string, at: number): boolean {
  return /^[=:>]?\s{0,5}\\{0,3}["'{[]{0,3}[\w.-]{1,100}["']?\s{0,3}[=:]\s{0,3}["']?[^\s=]/.test(
    line.slice(at + 1, at + 140),
  );
}

/** To the quotation mark before the name, or around the value; or else to the end of the line. */
function headerValue(line: string, name: Span, at: number): Span {
  const before = line.charAt(name.start - 1);
  let start = at + 1;
  while (start < line.length && start - at < 20 && /[\s>]/.test(line.charAt(start))) start += 1;
  const own = /^\\*["']/.exec(line.slice(start, start + 8))?.[0];
  // The mark before the name is its own where it ends before the separator.
  const around = own ?? (/["']/.test(before) && !line.slice(name.end, at).includes(before) ? before : undefined);
  if (own !== undefined) start += own.length;
  const end = around === undefined ? -1 : line.indexOf(around, start);
  let stop = end < 0 ? line.length : end;
  // In a list of variables, the next one may stand behind it.
  if (around === undefined && line.charAt(name.end - 1) !== '"' && line.slice(name.start, name.end).includes('_')) {
    const word =
      /^(?:basic|bearer|token|negotiate|apikey)[ \t]{1,5}(?:[\w.~+/=-]{4,4000}|\[[^[\]]{1,60} redacted\])(?=\s|$)/i.exec(
        line.slice(start, start + 4100),
      );
    if (word !== null) stop = start + word[0].length;
  }
  while (stop > start && /[\s\\]/.test(line.charAt(stop - 1))) stop -= 1;
  return { start, end: stop };
}

function nameBefore(line: string, at: number, from: number): Span {
  let end = at;
  const limit = Math.max(from, at - longestName - 30);
  while (end > limit && at - end < 20 && /[\s"'\\\])]/.test(line.charAt(end - 1))) end -= 1;
  let start = end;
  while (start > limit && end - start < longestName && /[\w.$-]/.test(line.charAt(start - 1))) start -= 1;
  return { start, end };
}

/** Nothing where no value is meant. */
function valueAfter(line: string, name: Span, at: number, inQuery: boolean, quotes: Quotes): Span | undefined {
  const tight = name.end === at;
  let start = at + 1;
  // `=>`, `==`, `:=`.
  while (start - at < 4 && /[=>]/.test(line.charAt(start))) start += 1;
  const blanks = /^[ \t]{0,20}/.exec(line.slice(start, start + 20))?.[0].length ?? 0;
  // `?token= HTTP/1.1`: the value is empty.
  if (
    blanks > 0 &&
    line.charAt(at) === '=' &&
    tight &&
    name.start > 0 &&
    !/^\s*$/.test(line.slice(Math.max(0, name.start - 20), name.start))
  )
    return undefined;
  start += blanks;
  const own = /^\\*["'`]/.exec(line.slice(start, start + 8))?.[0];
  // The scheme stays, and what it carries goes.
  const scheme = /^(?:bearer|basic|apikey)[ \t]{1,4}(?=[\w.~+/=-]{8}|\[[^[\]]{1,60} redacted\])/i.exec(
    line.slice(start, start + 100),
  )?.[0];
  if (own === undefined && scheme !== undefined) start += scheme.length;
  if (own !== undefined) return { start: start + own.length, end: quotedEnd(line, start + own.length, own) };
  const masked = /^\[[^[\]\n]{1,60} redacted\](?=$|[\s,.:;!?&"'`)\]}<|])/.exec(line.slice(start, start + 90))?.[0];
  if (masked !== undefined) return { start, end: start + masked.length };
  if (!inQuery && /(?:^|;)\s*$/.test(line.slice(Math.max(0, name.start - 20), name.start)) && line.includes(';')) {
    const semicolon = line.indexOf(';', start);
    // A connection string, whose values may have blanks in them.
    if (semicolon >= 0 && /^;\s{0,5}[a-z][\w ]{0,40}=/i.test(line.slice(semicolon, semicolon + 60)))
      return { start, end: semicolon };
  }
  return { start, end: bareEnd(line, start, inQuery, quotes) };
}

function quotedEnd(line: string, start: number, quote: string): number {
  if (quote.length > 1) {
    const end = line.indexOf(quote, start);
    return end < 0 ? line.length : end;
  }
  for (let at = start; at < line.length; at += 1) {
    const unit = line.charAt(at);
    if (unit === '\\') at += 1;
    else if (unit === quote) return at;
  }
  return line.length;
}

/** Up to a blank, and to what ends a value in the place where it stands: a mark, another pair, a bracket of what is around. */
function bareEnd(line: string, start: number, inQuery: boolean, quotes: Quotes): number {
  const quote = quotes.openAt(start);
  let end = start;
  for (; end < line.length; end += 1) {
    const unit = line.charAt(end);
    if (/\s/.test(unit) || unit === quote || unit === '`') break;
    if (inQuery && /["#&<>]/.test(unit)) break;
    if (unit === '\\' && /["']/.test(line.charAt(end + 1))) break;
    if (unit === '<' && line.charAt(end + 1) === '/') break;
    if (/[&;,|]/.test(unit) && /^.(?:amp;)?[\w.%[\]$-]{1,40}[=:]/.test(line.slice(end, end + 50))) break;
  }
  while (
    end > start &&
    /[)\]},;.:!'">\\|]/.test(line.charAt(end - 1)) &&
    !isMasked(line.slice(Math.max(start, end - 60), end))
  )
    end -= 1;
  return end;
}

interface Quotes {
  /** The quotation mark that a place stands within; asked from the beginning to the end. */
  openAt(at: number): string | undefined;
}

function createQuotes(line: string): Quotes {
  let open: string | undefined;
  let read = 0;
  return {
    openAt(at) {
      for (; read < at; read += 1) {
        const unit = line.charAt(read);
        if (unit === '\\') read += 1;
        else if (open === undefined ? unit === '"' || unit === "'" : unit === open)
          open = open === undefined ? unit : undefined;
      }
      return open;
    },
  };
}
