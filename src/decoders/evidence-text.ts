import { maskedCookieColumns } from './evidence-columns.js';
import { maskedFields } from './evidence-fields.js';
import { createFoldedHeaders, maskedHeaderLists } from './evidence-headers.js';
import { evidencePieces } from './evidence-keys.js';
import { maskedPairs } from './evidence-pairs.js';
import { maskedLogins, maskedShapes } from './evidence-shapes.js';
import { type Masking, urlDecoded } from './masking.js';
import { allSteps, type Steps } from './steps.js';

/** A URL in the query of a URL in the query of a URL: below this nobody looks. */
const deepest = 4;

/** Equals sign, `@` and colon, encoded once or more often. */
const encoded = /%(?:25){0,3}(?:3[AD]|40)/i;

/** UTF-16 units of a line that are read at once: no log has such lines, and what is longer brings down what reads patterns. */
const longestLine = 1_000_000;

/** Units before the end of such a part in which a blank is looked for. */
const lastUnits = 4000;

/** Units of lines that are read in one step, about. */
const stepUnits = 1 << 20;

/** Free text, line by line: private keys, what goes by the name of a secret, and what has the shape of one. */
export function maskedEvidenceText(text: string, masking: Masking, lineOf?: (line: string) => string): string {
  return allSteps(maskedTextInSteps(text, masking, lineOf));
}

/** The same in steps of about a megabyte. */
export function* maskedTextInSteps(
  text: string,
  masking: Masking,
  lineOf: (line: string) => string = (line) => maskedEvidenceLine(line, masking),
): Steps<string> {
  const folded = createFoldedHeaders(masking);
  const own = (line: string) => folded(line) ?? lineOf(line);
  const shown: string[] = [];
  for (const piece of evidencePieces(text, masking)) {
    for (const part of piece.fixed ? [piece.text] : partsOf(piece.text)) {
      shown.push(piece.fixed ? part : linesOf(part, own));
      if (part.length >= stepUnits) yield;
    }
  }
  return shown.join('');
}

/** A text in parts that end with a line. */
function* partsOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from + stepUnits) + 1 || text.length;
    yield text.slice(from, end);
    from = end;
  }
}

function linesOf(text: string, lineOf: (line: string) => string): string {
  return text.replace(/[^\r\n]+/g, (line) =>
    line.length <= longestLine ? lineOf(line) : chunksOf(line).map(lineOf).join(''),
  );
}

/** One line, or what is as short as one. */
export function maskedEvidenceLine(line: string, masking: Masking, depth = 0, prose = false): string {
  let text = maskedHeaderLists(maskedCookieColumns(line, masking), masking);
  if (text.includes('<')) text = maskedFields(text, masking);
  text = maskedLogins(maskedPairs(text, masking, prose), masking);
  // What stands percent-encoded in an address may be an address itself, or a header.
  if (depth < deepest && encoded.test(text))
    text = text.replace(/[^\s"'<>&=?]+/g, (word) => decodedOnce(word, masking, depth));
  return maskedShapes(text, masking);
}

function decodedOnce(word: string, masking: Masking, depth: number): string {
  if (!encoded.test(word)) return word;
  const decoded = urlDecoded(word);
  if (decoded === word) return word;
  const masked = maskedEvidenceLine(decoded, masking, depth + 1);
  if (masked === decoded) return word;
  const shown = encodeURIComponent(Buffer.from(masked, 'utf8').toString('utf8'));
  // What stood as it is stays so.
  return shown.replace(/%(?:2F|3A|40|2C|3B|24)/g, (code) => {
    const plain = decodeURIComponent(code);
    return word.includes(plain) ? plain : code;
  });
}

/** A line in parts, between blanks where there are any, and not between a name and its value. */
function chunksOf(line: string): string[] {
  const chunks: string[] = [];
  for (let from = 0; from < line.length; ) {
    let end = Math.min(line.length, from + longestLine);
    if (end < line.length) {
      for (let at = end; at > end - lastUnits; at -= 1) {
        if (!/^[^\s=:]\s[^\s=:]$/.test(line.slice(at - 2, at + 1))) continue;
        end = at;
        break;
      }
    }
    chunks.push(line.slice(from, end));
    from = end;
  }
  return chunks;
}
