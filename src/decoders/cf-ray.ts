import type { Decoded, DecodedField, Decoder } from './decoder.js';
import { foundAt, headerName, headerValue } from './header-value.js';

/** One `CF-RAY` value. */
export interface CfRay {
  readonly form: 'ray';
  /** 15 or 16 hex digits, as they were written. Not guaranteed to be unique. */
  readonly id: string;
  /** The data centre: three capital letters (IATA). */
  readonly colo?: string;
}

const id = /[0-9a-f]{15,16}(?![0-9a-z_])/iy;
const colo = /-([A-Z]{3})(?![0-9A-Za-z_-])/y;

export const cfRay: Decoder<CfRay> = {
  id: 'cf-ray',
  reads: 'A CF-RAY header or its value, with or without the data centre.',
  decode(text) {
    const { start, end } = headerValue(text, headerName('cf', 'ray'));
    const fields: DecodedField[] = [];
    const ray = matchAt(id, text, start, end);
    if (ray === undefined) return malformed(text, {}, fields, 'id', start, end, 'the ray id (15 or 16 hex digits)');
    const idEnd = start + ray.length;
    fields.push({ name: 'id', text: ray, start, end: idEnd });
    if (idEnd === end) return { ok: true, facts: { form: 'ray', id: ray }, fields };

    const place = matchAt(colo, text, idEnd, end);
    if (place === undefined) {
      return malformed(text, { id: ray }, fields, 'colo', idEnd, end, 'a data centre such as -SJC or the end');
    }
    const coloEnd = idEnd + place.length;
    fields.push({ name: 'colo', text: place.slice(1), start: idEnd + 1, end: coloEnd });
    if (coloEnd === end) return { ok: true, facts: { form: 'ray', id: ray, colo: place.slice(1) }, fields };
    return malformed(text, { id: ray, colo: place.slice(1) }, fields, 'end', coloEnd, end, 'the end of the value');
  },
};

function matchAt(pattern: RegExp, text: string, at: number, end: number): string | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found !== undefined && at + found.length <= end ? found : undefined;
}

function malformed(
  text: string,
  facts: Partial<CfRay>,
  fields: readonly DecodedField[],
  field: string,
  stoppedAt: number,
  end: number,
  needed: string,
): Decoded<CfRay> {
  let at = stoppedAt;
  while (at < end && /[ \t]/.test(text.charAt(at))) at += 1;
  const detail = `expected ${needed}, found ${foundAt(text, at, end)}`;
  return { ok: false, facts, fields, failure: { code: 'malformed', step: 'decode', blame: 'us', detail }, field, at };
}
