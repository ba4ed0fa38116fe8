import { editedHar, harEvidence, harEvidenceText } from './evidence-har.js';
import { editedHtml } from './evidence-html.js';
import { editedJson, isJson } from './evidence-json.js';
import type { EvidenceKind } from './evidence-kind.js';
import { utf16View } from './evidence-utf16.js';
import type { SecretSearch } from './secret-search.js';

/**
 * A file with every secret that is known masked, in every form and wherever it stands: in a string of JSON as what the string says,
 * in a page without its entities, in a body that is in base64 as what is in it. What no reading reaches is masked in the raw text.
 */
export function maskedByValue(kind: EvidenceKind, text: string, search: SecretSearch): string {
  const wide = utf16View(text);
  if (wide !== undefined) {
    const shown = maskedText(kind, wide.text, search);
    const bytes = shown === wide.text ? text : wide.written(shown);
    return search.find(bytes) === undefined ? bytes : masked(bytes, search);
  }
  const shown = maskedText(kind, text, search);
  return search.find(shown) === undefined ? shown : masked(shown, search);
}

function maskedText(kind: EvidenceKind, text: string, search: SecretSearch): string {
  const edit = (part: string) => masked(part, search);
  if (kind === 'html') return editedHtml(text, edit);
  if (kind === 'har') {
    const har = harEvidence(text);
    if (har === undefined) return edit(text);
    const document = editedHar(har.document, edit, true);
    const shown = harEvidenceText(document, har.layout);
    return shown === undefined || shown === harEvidenceText(har.document, har.layout) ? text : shown;
  }
  if ((kind === 'json' || kind === 'report') && isJson(text)) return editedJson(text, (token) => edit(token.text));
  // Lines that are JSON each may have escapes that no other form has.
  const lines = !text.includes('\\')
    ? text
    : text.replace(/^[ \t]{0,20}\{[^\r\n]*/gm, (line) =>
        line.includes('\\') && isJson(line) ? editedJson(line, (token) => edit(token.text)) : line,
      );
  return edit(lines);
}

/** At how many places something was masked between a text and the same text with values masked: at least at one, where they differ. */
export function placesMasked(before: string, after: string): number {
  return after === before ? 0 : Math.max(1, marksIn(after) - marksIn(before));
}

function marksIn(text: string): number {
  let count = 0;
  for (const _ of (utf16View(text)?.text ?? text).matchAll(/redacted(?:\]|%5D)/gi)) count += 1;
  return count;
}

/** What stands in the place of a value may have another one in its name. */
function masked(text: string, search: SecretSearch): string {
  if (search.find(text) === undefined) return text;
  const named = text.replace(/\[[^[\]\n]{1,60} redacted\]/g, (mark) =>
    search.find(mark) === undefined ? mark : '[value redacted]',
  );
  return search.masked(named);
}
