import { decodeHar, isObject, type JsonObject } from './har.js';
import { bodyBytes, contentText, textContent } from './har-content.js';
import { type HarLayout, harLayout, harText } from './har-text.js';

/** Nothing that a browser writes is nested so deep. */
const deepest = 200;

export interface HarEvidence {
  readonly document: JsonObject;
  readonly layout: HarLayout;
}

/** The document of a HAR; nothing where the text is none. */
export function harEvidence(text: string): HarEvidence | undefined {
  const bytes = Buffer.from(text, 'utf8');
  const har = decodeHar(bytes);
  return 'code' in har ? undefined : { document: har.document, layout: harLayout(bytes) };
}

/** The text of a HAR; nothing where it would be longer than a text can be. */
export function harEvidenceText(document: JsonObject, layout: HarLayout): string | undefined {
  return harText(document, layout);
}

/** A document with all its strings, and its bodies that are in base64, as `edit` wants them; `keys`: its keys too. */
export function editedHar(document: JsonObject, edit: (text: string) => string, keys: boolean): JsonObject {
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return edit(value);
    if (typeof value === 'number' && keys) return numberOf(value, edit);
    if (typeof value !== 'object' || value === null || depth > deepest) return value;
    if (Array.isArray(value)) return value.map((one) => walk(one, depth + 1));
    const entries = Object.entries(value as JsonObject).map(([key, one]): [string, unknown] => {
      const body = key === 'text' && isObject(value) ? editedBody(value, edit) : undefined;
      return [keys ? edit(key) : key, body ?? walk(one, depth + 1)];
    });
    return Object.fromEntries(entries);
  };
  return walk(document, 0) as JsonObject;
}

function numberOf(value: number, edit: (text: string) => string): number | string {
  const text = String(value);
  const to = edit(text);
  return to === text ? value : to;
}

/** A body that is no text is looked at byte by byte, and left out as a whole where something in it is to be masked. */
function editedBody(of: JsonObject, edit: (text: string) => string): string | undefined {
  const bytes = bodyBytes(of);
  const written = of['text'];
  if (bytes === undefined || typeof written !== 'string') return undefined;
  const text = contentText(of, written);
  if (text === undefined || text.includes('\0')) {
    const raw = bytes.toString('latin1');
    return edit(raw) === raw ? written : Buffer.from('[body redacted]').toString('base64');
  }
  const to = edit(text);
  return to === text ? written : textContent(of, to);
}
