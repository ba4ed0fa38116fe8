import { leftOutTypes } from '../knowledge/sensitive-names.js';
import { maskedJson } from './masked-json.js';
import { maskedMarkup } from './masked-markup.js';
import { looksLikeJson, maskedForm, maskedText } from './masked-text.js';
import type { Masking } from './masking.js';
import { sensitivityOf } from './sensitive-name.js';

/** A MIME type without its parameters, lower case: of `Text/HTML; charset=utf-8` it is `text/html`. */
export function plainType(mimeType: string): string {
  return (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** A body, by its MIME type, with what is secret in it masked. */
export function maskedBody(mimeType: string, text: string, masking: Masking): string {
  const type = plainType(mimeType);
  if (leftOutTypes.some((row) => row.type === type)) return text === '' ? '' : `[${type} redacted]`;
  if (/^\[[\w/+.-]+ redacted\]$/.test(text)) return text;
  if (type.startsWith('multipart/')) return maskedMultipart(mimeType, text, masking);
  if (type === 'application/x-www-form-urlencoded') return maskedForm(text, masking);
  if (/[/+]json$/.test(type) || looksLikeJson(text)) return maskedJson(text, masking);
  if (type === 'text/event-stream') return maskedEvents(text, masking);
  if (/\b(?:html|xml)$/.test(type)) return maskedText(maskedMarkup(text, masking), masking);
  return maskedText(text, masking);
}

/** Server-sent events: `data:` is followed by what is often JSON. */
function maskedEvents(text: string, masking: Masking): string {
  return text
    .split('\n')
    .map((line) =>
      line.startsWith('data:') ? `data:${maskedText(line.slice(5), masking)}` : maskedText(line, masking),
    )
    .join('\n');
}

/** Each part by its own name and type (RFC 7578). */
function maskedMultipart(mimeType: string, text: string, masking: Masking): string {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(mimeType) ?? [];
  const boundary = quoted ?? bare ?? /^--(\S+)/.exec(text.slice(0, 200))?.[1];
  if (boundary === undefined) return maskedText(text, masking);
  return text
    .split(`--${boundary}`)
    .map((part) => maskedPart(part, masking))
    .join(`--${boundary}`);
}

function maskedPart(part: string, masking: Masking): string {
  const [end] = /\r?\n\r?\n/.exec(part) ?? [];
  if (end === undefined) return part;
  const bodyAt = part.indexOf(end) + end.length;
  const head = part.slice(0, bodyAt);
  const [tail = ''] = /\r?\n$/.exec(part) ?? [];
  const body = part.slice(bodyAt, Math.max(bodyAt, part.length - tail.length));
  const rest = part.slice(bodyAt + body.length);
  const [, quoted, bare] = /;\s*name=(?:"([^"\r\n]*)"|([^\s;]+))/i.exec(head) ?? [];
  const name = quoted ?? bare ?? '';
  const sensitivity = sensitivityOf(name);
  if (sensitivity !== undefined) return `${head}${masking.mask(name, body, sensitivity)}${rest}`;
  const [, type = ''] = /^content-type:\s*(\S+)/im.exec(head) ?? [];
  return `${head}${maskedBody(plainType(type), body, masking)}${rest}`;
}
