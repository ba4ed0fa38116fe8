import type { AnonymousLabels } from './anonymised-labels.js';
import type { Anonymised } from './anonymised-tokens.js';
import { base64Runs, decodedBase64 } from './base64-runs.js';

/** What is done to a text that was found within another. */
type Inner = (text: string) => Anonymised;

const pem = /(-----BEGIN [A-Z\d #]{1,40}-----)([^-]{1,200000})(?=-----END )/g;

/** A word in which letters, digits, dots or hyphens are written as what URLs, JSON or pages make of them; or another such sign. */
const escaped =
  /(?:[\w.-]|%(?:2[de]|3\d|[46][1-9a-f]|[57][\da])|\\u00(?:2[de]|3\d|[46][1-9a-f]|[57][\da])|&#(?:4[56]|x2[de]);)+|%[\da-f]{2}|\\u[\da-f]{4}|\\[nrtbf]/gi;

const oneEscape = /%([\da-f]{2})|\\u00([\da-f]{2})|&#x([\da-f]{2});|&#(\d{2});/gi;

/**
 * A text with what is in its encoded parts changed: blocks in PEM form that have a known name in them, texts in base64, and words with
 * escapes. Linear.
 */
export function withinForms(text: string, labels: AnonymousLabels, inner: Inner): Anonymised {
  let count = 0;
  const known = labels.asking();
  const leaveOut = (why: string) => {
    count += 1;
    return `[${why} with a name, left out]`;
  };
  const shown = text
    .replace(pem, (all, head: string, body: string) => {
      const bytes = Buffer.from(body.replace(/\\[nr]/g, ''), 'base64');
      return hasKnownName(bytes.toString('latin1'), known) ? head + leaveOut('block') : all;
    })
    .replace(base64Runs, (run) => {
      const decoded = decodedBase64(run);
      if (decoded === undefined)
        return hasKnownName(Buffer.from(run, 'base64').toString('latin1'), known) ? leaveOut('base64') : run;
      const changed = inner(decoded.text);
      if (changed.count === 0) return run;
      count += changed.count;
      return decoded.written(changed.text);
    })
    .replace(escaped, (word) => {
      if (!/[%\\&]/.test(word) || word.length > 4000) return word;
      const plain = word.replace(oneEscape, (_, url?: string, json?: string, hex?: string, decimal?: string) => {
        const code = url ?? json ?? hex;
        return String.fromCharCode(code === undefined ? Number(decimal) : Number.parseInt(code, 16));
      });
      if (plain === word) return word;
      const changed = inner(plain);
      count += changed.count;
      return changed.count === 0 ? word : changed.text;
    });
  return { text: shown, count };
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
