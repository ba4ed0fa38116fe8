/** What a text is when its bytes are read as UTF-16. */
export interface Utf16View {
  readonly text: string;
  /** The same bytes again, one unit each, of another text. */
  written(text: string): string;
}

/** Units that are looked at where no byte order mark says so. */
const sample = 2000;

/** Of a text whose units are bytes: nothing where they are not UTF-16, by the mark before them or by every other one being zero. */
export function utf16View(bytes: string): Utf16View | undefined {
  const order = orderOf(bytes);
  if (order === undefined || /[^\0-\xff]/.test(bytes)) return undefined;
  const even = bytes.length - (bytes.length % 2);
  const odd = bytes.slice(even);
  const swapped = (text: Buffer) => (order === 'big' ? text.swap16() : text);
  return {
    text: swapped(Buffer.from(bytes.slice(0, even), 'latin1')).toString('utf16le'),
    written: (text) => swapped(Buffer.from(text, 'utf16le')).toString('latin1') + odd,
  };
}

function orderOf(bytes: string): 'little' | 'big' | undefined {
  if (bytes.startsWith('\xff\xfe')) return 'little';
  if (bytes.startsWith('\xfe\xff')) return 'big';
  if (bytes.length < 16 || !bytes.slice(0, 200).includes('\0')) return undefined;
  const length = Math.min(sample, bytes.length);
  let first = 0;
  let second = 0;
  for (let at = 0; at < length; at += 1) {
    if (bytes.charCodeAt(at) !== 0) continue;
    if (at % 2 === 0) first += 1;
    else second += 1;
  }
  if (second * 5 >= length * 2 && first * 50 <= length) return 'little';
  return first * 5 >= length * 2 && second * 50 <= length ? 'big' : undefined;
}
