import type { Decoded, DecodedField, Decoder } from './decoder.js';
import { foundAt } from './header-value.js';

/** The body of `/cdn-cgi/trace`. */
export interface Trace {
  readonly form: 'trace';
  /** Key → value, as they were written; of a key that is there twice the first value. */
  readonly trace: Readonly<Record<string, string>>;
  /** The keys in their order. (An object sorts keys that look like numbers to its front.) */
  readonly order: readonly string[];
  /** What came again under a key that was there before. */
  readonly duplicates: readonly { readonly key: string; readonly value: string }[];
}

/**
 * Lines of `key=value`, split at the first `=`, ended by LF or CRLF; blank lines, lines without `=` and empty keys say
 * nothing. Keys that nobody knows are kept. It is a trace if the data centre is in it (`colo`, the one key that
 * Cloudflare documents); a page of HTML is none.
 */
export const trace: Decoder<Trace> = {
  id: 'trace',
  reads: 'The body of /cdn-cgi/trace.',
  decode(text) {
    const seen = new Map<string, string>();
    const duplicates: { key: string; value: string }[] = [];
    const fields: DecodedField[] = [];
    const first = text.search(/[^\s\ufeff]/);
    const start = Math.max(first, 0);
    if (first >= 0 && !text.startsWith('<', first)) readLines(text, first, seen, duplicates, fields);
    const facts = { trace: Object.fromEntries(seen), order: [...seen.keys()], duplicates };
    if (/^[A-Z]{3}$/.test(seen.get('colo') ?? '')) return { ok: true, facts: { form: 'trace', ...facts }, fields };
    return malformed(text, start, facts, fields);
  },
};

function readLines(
  text: string,
  from: number,
  seen: Map<string, string>,
  duplicates: { key: string; value: string }[],
  fields: DecodedField[],
): void {
  for (let at = from; at < text.length; ) {
    const lf = text.indexOf('\n', at);
    const next = lf < 0 ? text.length : lf;
    const end = text[next - 1] === '\r' && next > at ? next - 1 : next;
    const line = text.slice(at, end);
    const equals = line.indexOf('=');
    if (equals > 0) {
      const key = line.slice(0, equals);
      const value = line.slice(equals + 1);
      if (seen.has(key)) duplicates.push({ key, value });
      else {
        seen.set(key, value);
        fields.push({ name: key, text: value, start: at + equals + 1, end });
      }
    }
    at = next + 1;
  }
}

function malformed(
  text: string,
  at: number,
  facts: Omit<Trace, 'form'>,
  fields: readonly DecodedField[],
): Decoded<Trace> {
  const detail = `expected lines of key=value with a data centre (colo), found ${foundAt(text, at, text.length)}`;
  const failure = { code: 'malformed', step: 'decode', blame: 'target', detail } as const;
  return { ok: false, facts, fields, failure, field: 'colo', at };
}
