/**
 * Numbers as numbers, as long as they are exact: beyond 2^53 the digits are kept as text, and so is whatever is no plain
 * decimal number.
 */
export type MemcachedValue = number | string;
export type MemcachedValues = Readonly<Record<string, MemcachedValue>>;

/** One answer of a memcached to one command of its text protocol. */
export type MemcachedReply =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'values'; readonly values: MemcachedValues; readonly complete: boolean; readonly line: string }
  | { readonly kind: 'stored' }
  | { readonly kind: 'error'; readonly error: 'ERROR' | 'CLIENT_ERROR' | 'SERVER_ERROR'; readonly line: string }
  | { readonly kind: 'foreign'; readonly line: string; readonly peer: string | undefined };

/** A first line longer than this is not memcached's: its keys have at most 250 bytes. In bytes. */
const longestLine = 4096;

const lineFeed = 0x0a;

/**
 * Looks at what has come of an answer so far, whenever more did, and says how many bytes of it are the answer, or nothing
 * while more is needed. One for each answer: it remembers how far it has looked, so that its cost is linear.
 */
export function createReplyEnd(): (bytes: Uint8Array) => number | undefined {
  let start = 0;
  let scanned = 0;
  return (bytes) => {
    for (;;) {
      const end = bytes.indexOf(lineFeed, scanned);
      if (end < 0) {
        scanned = bytes.length;
        return bytes.length - start >= longestLine ? bytes.length : undefined;
      }
      // Whatever is not one more statistic ends the list: END, or an error in its middle.
      if (!startsWithStat(bytes, start)) return end + 1;
      start = end + 1;
      scanned = start;
    }
  };
}

/** Reads one answer. Tolerant: what is not understood is `foreign`; nothing is read past the end of the answer. */
export function memcachedReply(text: string): MemcachedReply {
  const line = lineAt(text, 0);
  if (line.startsWith('VERSION ')) return { kind: 'version', version: line.slice('VERSION '.length) };
  if (line === 'STORED') return { kind: 'stored' };
  const error = /^(ERROR|CLIENT_ERROR|SERVER_ERROR)(?: |$)/.exec(line)?.[1];
  if (error !== undefined) return { kind: 'error', error: error as 'ERROR' | 'CLIENT_ERROR' | 'SERVER_ERROR', line };
  if (line.startsWith('STAT ') || line === 'END') return statistics(text);
  return { kind: 'foreign', line, peer: peerOf(text) };
}

/** Whether text can be the beginning of an answer of a memcached of which the rest has not come. */
export function mayBecomeReply(text: string): boolean {
  return ['VERSION ', 'STORED', 'ERROR', 'CLIENT_ERROR ', 'SERVER_ERROR ', 'STAT ', 'END'].some(
    (word) => text.startsWith(word) || (text !== '' && word.startsWith(text)),
  );
}

/** `items:1:number 5` and `1:chunk_size 96` by class of slab: `{ "1": { "number": 5 } }`; what has no class is left out. */
export function byClass(values: MemcachedValues): Record<string, Record<string, MemcachedValue>> {
  const classes = new Map<string, [string, MemcachedValue][]>();
  for (const [key, value] of Object.entries(values)) {
    const [, id, name] = /^(?:items:)?(\d{1,4}):(\w+)$/.exec(key) ?? [];
    if (id === undefined || name === undefined) continue;
    const rows = classes.get(id);
    if (rows === undefined) classes.set(id, [[name, value]]);
    else rows.push([name, value]);
  }
  return Object.fromEntries([...classes].map(([id, rows]) => [id, Object.fromEntries(rows)]));
}

/** A value as a number, also where it is too large to be exact; nothing where it is no number. */
export function numberOf(value: MemcachedValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return value !== undefined && /^\d{1,40}$/.test(value) ? Number(value) : undefined;
}

/** A loop of its own instead of `lineAt`: hundreds of lines for each of what may be thousands of servers. */
function statistics(text: string): MemcachedReply {
  const values: Record<string, MemcachedValue> = {};
  let start = 0;
  while (text.startsWith('STAT ', start)) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end + 1;
    const stop = end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
    const blank = text.indexOf(' ', start + 5);
    const hasValue = blank >= 0 && blank < stop;
    const name = text.slice(start + 5, hasValue ? blank : stop);
    const value = decodedValue(name, hasValue ? text.slice(blank + 1, stop) : '');
    // An assignment takes half the time, but means something else for this one name.
    if (name !== '__proto__') values[name] = value;
    else Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
    start = next;
  }
  const line = lineAt(text, start);
  return { kind: 'values', values, complete: line === 'END', line };
}

/** The line that begins at an offset, without its end. */
function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? text.length : end);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function decodedValue(name: string, text: string): MemcachedValue {
  if (/^\d{1,15}$/.test(text) && (text === '0' || !text.startsWith('0'))) return Number(text);
  if (text.length > 40) return text;
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text;
  }
  // Seconds and microseconds: what protocol.txt promises, while servers send a decimal point.
  const [, seconds, micros] = (name.startsWith('rusage_') ? /^(\d{1,12})[:.](\d{6})$/.exec(text) : null) ?? [];
  return seconds === undefined ? text : Number(`${seconds}.${micros}`);
}

function startsWithStat(bytes: Uint8Array, at: number): boolean {
  return [0x53, 0x54, 0x41, 0x54, 0x20].every((byte, index) => bytes[at + index] === byte);
}

/** What the first bytes of a peer that is not a memcached give it away as. */
const peers: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/\d|^\s*<(?:!doctype|html|head|\?xml)/i, 'an HTTP server'],
  [/^SSH-\d/, 'an SSH server'],
  [/^[-+](?:ERR|OK|NOAUTH|DENIED)\b/, 'a Redis or POP3 server'],
  [/^220[ -]/, 'a mail or FTP server'],
  [/^\* (?:OK|PREAUTH|BYE)\b/, 'an IMAP server'],
  [/mysql|mariadb/i, 'a MySQL server'],
];

function peerOf(text: string): string | undefined {
  const head = text.slice(0, 200);
  return peers.find(([pattern]) => pattern.test(head))?.[1];
}
