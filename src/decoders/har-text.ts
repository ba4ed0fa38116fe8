import type { JsonObject } from './har.js';

/** How a HAR is written down: what a line is set in by, and what stands before and behind the document. */
export interface HarLayout {
  readonly indent: string;
  readonly before: string;
  readonly after: string;
}

/** The layout of a HAR, by its first and last bytes. */
export function harLayout(bytes: Uint8Array): HarLayout {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('utf8');
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 10))).toString('latin1');
  return {
    indent: /^\ufeff?\s*\{\r?\n([ \t]{1,10})/.exec(head)?.[1] ?? '',
    before: head.startsWith('\ufeff') ? '\ufeff' : '',
    after: /\s*$/.exec(tail)?.[0] ?? '',
  };
}

/** A HAR as text; nothing where it is longer than a text can be. */
export function harText(document: JsonObject, { indent, before, after }: HarLayout): string | undefined {
  try {
    return `${before}${JSON.stringify(document, undefined, indent)}${after}`;
  } catch {
    return undefined;
  }
}
