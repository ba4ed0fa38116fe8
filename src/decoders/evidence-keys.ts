import { isMasked, type Masking } from './masking.js';

/** A piece of a text; `fixed`: nothing in it is to be read any further. */
export interface EvidencePiece {
  readonly text: string;
  readonly fixed: boolean;
}

/** UTF-16 units of a block: no key and no certificate is longer. */
const longestBlock = 100_000;

/** Units of a line of a key, as OpenSSL wraps them. */
const lineUnits = 64;

const pem = '-----(BEGIN|END) ([A-Z0-9 ]{1,50})-----';

/** The key files of PuTTY say how many lines follow. */
const putty = '(?<=^|\\n)(Public|Private)-Lines:[ \\t]{0,5}\\d{1,5}[ \\t]{0,5}\\r?\\n';

const mark = '[private key redacted]';

/**
 * A text in pieces, with the bodies of private keys masked, also of blocks that were cut off at either end or stand in one line.
 * Certificates and the like are pieces of their own: what is in them is public, and looks like anything.
 */
export function evidencePieces(text: string, masking: Masking): readonly EvidencePiece[] {
  const pieces: EvidencePiece[] = [];
  let from = 0;
  const add = (to: number, shown: string | undefined, end: number) => {
    if (to > from) pieces.push({ text: text.slice(from, to), fixed: false });
    if (end > to) pieces.push({ text: shown ?? text.slice(to, end), fixed: true });
    from = end;
  };
  const limits = new RegExp(text.includes('-Lines:') ? `${pem}|${putty}` : pem, 'g');
  let next = limits.exec(text);
  while (next !== null) {
    const found = next;
    const [whole, which, label = '', lines] = found;
    const start = found.index + whole.length;
    next = limits.exec(text);
    if (lines !== undefined) {
      const end = linesAfter(text, start);
      const shown = lines === 'Private' ? maskedBody(text.slice(start, end), masking, true) : undefined;
      if (end > start) add(start, shown, end);
      continue;
    }
    const ends = next?.[1] === 'END' && next.index - start <= longestBlock ? next : undefined;
    if (!/PRIVATE KEY/.test(label)) {
      if (which === 'BEGIN' && ends !== undefined && /^[\sA-Za-z0-9+/=\\]*$/.test(text.slice(start, ends.index)))
        add(found.index, undefined, ends.index + ends[0].length);
      continue;
    }
    if (which === 'END') {
      // Its beginning was cut off: what comes before it, as far as it looks like it.
      const body = bodyBefore(text, from, found.index);
      if (body < found.index) add(body, maskedBody(text.slice(body, found.index), masking), found.index);
      continue;
    }
    const end = ends?.index ?? bodyAfter(text, start, next?.index ?? text.length);
    if (end > start) add(start, maskedBody(text.slice(start, end), masking), end);
  }
  add(text.length, undefined, text.length);
  return pieces;
}

/** What is in the body of a key, blanks and line ends around it left alone. */
function maskedBody(body: string, masking: Masking, isWhollyPrivate = false): string {
  const [before = ''] = /^(?:\s|\\[nr])*/.exec(body) ?? [];
  const rest = body.slice(before.length);
  const core = withoutEnds(rest);
  if (core === '' || isMasked(core)) return body;
  masking.note('private key');
  rememberLines(core, masking, isWhollyPrivate);
  return before + mark + rest.slice(core.length);
}

function withoutEnds(text: string): string {
  let end = text.length;
  for (;;) {
    if (/\s/.test(text.charAt(end - 1))) end -= 1;
    else if (end >= 2 && text.charAt(end - 2) === '\\' && /[nr]/.test(text.charAt(end - 1))) end -= 2;
    else return text.slice(0, end);
  }
}

/**
 * The lines of a key that are nobody else's. The first part of an RSA key, and the last one of an EC key, is the public key, which
 * its certificate has too.
 */
function rememberLines(core: string, masking: Masking, isWhollyPrivate: boolean): void {
  const packed = core.split(/\s+|\\[nr]/).filter((word) => /^[A-Za-z0-9+/=]{8,}$/.test(word));
  const lines = packed.flatMap((word) => word.match(new RegExp(`.{1,${lineUnits}}`, 'g')) ?? []);
  const first = isWhollyPrivate || lines.length < 10 ? 0 : Math.ceil(lines.length * 0.4);
  const last = !isWhollyPrivate && lines.length < 10 ? Math.min(2, lines.length) : lines.length;
  for (const line of lines.slice(first, last)) {
    if (line.length >= 16) masking.remember('private key', line, 'strong');
  }
}

/** Where the lines of base64 end that a key of PuTTY's has. */
function linesAfter(text: string, start: number): number {
  const lines = /[A-Za-z0-9+/=]{1,200}(?:\r?\n|$)/y;
  let end = start;
  while (end - start < longestBlock) {
    lines.lastIndex = end;
    const line = lines.exec(text)?.[0];
    if (line === undefined || line === '') break;
    end += line.length;
  }
  return end;
}

function looksLikeBody(line: string): boolean {
  return (
    /^\s*(?:\[private key redacted\]|[A-Za-z0-9+/=]+|(?:Proc-Type|DEK-Info|Comment|Version):.*)?\s*$/.test(line) ||
    /(?:^|\s)[A-Za-z0-9+/]{40,}={0,2}\s*$/.test(line.slice(-200))
  );
}

/** Where a body ends that nothing ends: behind the last line that looks like one. All of the first line belongs to it. */
function bodyAfter(text: string, start: number, limit: number): number {
  let end = lineEnd(text, start, limit);
  let kept = text.slice(start, end).trim() === '' ? start : end;
  while (end < limit && end - start < longestBlock) {
    const lineStart = end + 1;
    end = lineEnd(text, lineStart, limit);
    const line = text.slice(lineStart, end);
    if (!looksLikeBody(line)) break;
    if (line.trim() !== '') kept = end;
  }
  return kept;
}

function lineEnd(text: string, from: number, limit: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 || end > limit ? limit : end;
}

/** Where a body begins whose first lines are missing: the first of the lines that look like one. */
function bodyBefore(text: string, limit: number, end: number): number {
  let kept = end;
  for (let stop = end; stop > limit; ) {
    const start = Math.max(limit, text.lastIndexOf('\n', stop - 1) + 1);
    const line = text.slice(start, stop);
    // What is left of a line whose beginning is missing too may be short; a word of prose is not taken for it.
    if (
      line.trim() !== '' &&
      !(/^[A-Za-z0-9+/=\s]+$/.test(line) && (line.trim().length >= 20 || line.trim().endsWith('='))) &&
      line.trim() !== mark
    )
      break;
    kept = line.trim() === '' ? kept : start;
    if (start === limit || end - start > longestBlock) break;
    stop = start - 1;
  }
  return kept;
}
