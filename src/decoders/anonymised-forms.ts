import type { AnonymousLabels } from './anonymised-labels.js';
import type { Anonymised } from './anonymised-tokens.js';
import { decodedBase64, isPlain } from './base64-runs.js';

/** What is done to a text that was found within another. */
type Inner = (text: string) => Anonymised;

const pem = /(-----BEGIN [A-Z\d #]{1,40}-----)([^-]{1,200000})(?=-----END )/g;

/** Units of a name and of an address, in hexadecimal: letters, digits, dots, hyphens and colons. */
const unit = '2[de]|3[\\da]|[46][1-9a-f]|[57][\\da]';

/** What comes before them: in URLs, in JSON and in logs, and in pages; where one was escaped again, more than once. */
const inUrl = '%(?:25){0,4}';
const inJson = '\\\\{1,16}(?:u00|x)';
const inPage = '&(?:amp;){0,4}#';

/** A word in which some of its units are written so; or another such sign. */
const escaped = new RegExp(
  `(?:[\\w.:-]|${inUrl}(?:${unit})|${inJson}(?:${unit})|${inPage}(?:0{0,4}(?:4[5-9]|5[0-8])|x0{0,4}(?:2[de]|3[\\da]));)+|%[\\da-f]{2}|\\\\u[\\da-f]{4}|\\\\[nrtbf]`,
  'gi',
);

const oneEscape = new RegExp(
  `${inUrl}([\\da-f]{2})|${inJson}([\\da-f]{2})|${inPage}x0{0,4}([\\da-f]{2});|${inPage}0{0,4}(\\d{2});`,
  'gi',
);

/** What may be base64: also so little as one address is. */
const runs = /[A-Za-z\d+/_-]{10,}={0,2}/g;

/** What may be a text in hexadecimal. */
const hexRuns = /[\da-f]{12,}/gi;

/**
 * A text with what is in its encoded parts changed: blocks in PEM form that have a known name in them, texts in base64 and in
 * hexadecimal, and words with escapes. Linear.
 */
export function withinForms(text: string, labels: AnonymousLabels, inner: Inner): Anonymised {
  let count = 0;
  const known = labels.asking();
  const leaveOut = (why: string) => {
    count += 1;
    return `[${why} with a name, left out]`;
  };
  const ofHex = (run: string): string => {
    for (const from of [0, 1]) {
      const end = run.length - ((run.length - from) % 2);
      const bytes = Buffer.from(run.slice(from, end), 'hex');
      const plain = bytes.toString('utf8');
      if (!isPlain(plain)) {
        if (tells(bytes.toString('latin1'), known)) return leaveOut('hexadecimal');
        continue;
      }
      const changed = inner(plain);
      if (changed.count === 0) continue;
      count += changed.count;
      return run.slice(0, from) + Buffer.from(changed.text, 'utf8').toString('hex') + run.slice(end);
    }
    return run;
  };
  const shown = text
    .replace(pem, (all, head: string, body: string) => {
      const bytes = Buffer.from(body.replace(/\\[nr]/g, ''), 'base64');
      return tells(bytes.toString('latin1'), known) ? head + leaveOut('block') : all;
    })
    .replace(runs, (run) => {
      if (run.length < 16 && !isMixed(run)) return run;
      const decoded = decodedBase64(run);
      if (decoded === undefined)
        return tells(Buffer.from(run, 'base64').toString('latin1'), known) ? leaveOut('base64') : run;
      const changed = inner(decoded.text);
      if (changed.count === 0) return run;
      count += changed.count;
      return decoded.written(changed.text);
    })
    .replace(hexRuns, ofHex)
    .replace(escaped, (word) => {
      if (!/[%\\&]/.test(word) || word.length > 4000) return word;
      let colon = ':';
      const plain = word.replace(oneEscape, (sign, url?: string, json?: string, hex?: string, decimal?: string) => {
        const code = url ?? json ?? hex;
        const is = String.fromCharCode(code === undefined ? Number(decimal) : Number.parseInt(code, 16));
        if (is === ':') colon = sign;
        return is;
      });
      // One sign alone is no name.
      if (plain === word || plain.length < 3) return word;
      const changed = inner(plain);
      count += changed.count;
      // In URLs a colon may mean something; all else in a label needs no escape.
      return changed.count === 0 ? word : changed.text.replaceAll(':', () => colon);
    });
  return { text: shown, count };
}

/** Whether a name or an address is in bytes that are no text. */
function tells(text: string, known: AnonymousLabels): boolean {
  for (const [address] of text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g))
    if (known.address(address) !== undefined) return true;
  // Shorter ones come about by chance.
  for (const [address] of text.matchAll(/(?<![\da-f:])[\da-f]{0,4}(?::[\da-f]{0,4}){2,8}(?![\da-f:])/gi))
    if (address.length >= 7 && known.address(address) !== undefined) return true;
  return hasKnownName(text, known);
}

/** Whether a short run may be base64: words have their capital at the beginning, or capitals only. */
function isMixed(run: string): boolean {
  return /[A-Za-z\d][A-Z]/.test(run) && /[a-z\d]/.test(run);
}

/** Whether a name is in bytes that are no text: one with dots. */
function hasKnownName(text: string, known: AnonymousLabels): boolean {
  for (const [word] of text.matchAll(/[a-z\d](?:[a-z\d-]|\.(?=[a-z\d]))*/gi)) {
    if (word.length < 6 || word.length > 500 || !word.includes('.')) continue;
    const parts = word.split('.').slice(0, 24);
    // The bytes before and behind a name may be letters.
    const first = parts[0] ?? '';
    for (let from = 0; from < Math.min(first.length, 4); from += 1) {
      const name = [first.slice(from), ...parts.slice(1)].join('.');
      for (let end = name.length; end > Math.max(0, name.length - 3); end -= 1)
        if (known.isKnown(name.slice(0, end)) || (from === 0 && known.name(name.slice(0, end)) !== undefined))
          return true;
    }
  }
  return false;
}
