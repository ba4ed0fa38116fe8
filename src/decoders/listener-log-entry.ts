import { decodeListenerLine, type ListenerLine } from './listener-log-line.js';
import { isListener, isOfOther, type ListenerLogForm, syslogHead, unquoted } from './listener-log-prefix.js';
import { instantOfMicroseconds, type LogClock } from './log-time.js';

/** A line of a log that rg-listener may have written into. */
export type ListenerLogEntry = {
  readonly form: ListenerLogForm;
  /** When it was written, in ms since 1970; absent where it does not say. */
  readonly at?: number;
} & (
  | { readonly kind: 'blank' }
  /** Of another program. */
  | { readonly kind: 'other' }
  /** `text` is what was to be recognised: of journald, the message. */
  | { readonly kind: 'recognised'; readonly line: ListenerLine; readonly text: string }
  | { readonly kind: 'unrecognised'; readonly text: string }
);

/**
 * Reads one line, without its end: syslog in any form, what `journalctl -o json` prints, or a bare message. What
 * rg-listener may have written is `decodeListenerLine`'s to judge.
 */
export function listenerLogEntry(text: string, clock: LogClock): ListenerLogEntry {
  const line = unquoted(text.trim());
  if (line === '' || isOfJournalctl(line)) return { kind: 'blank', form: 'bare' };
  const entry = line.startsWith('{') ? journalEntry(line) : undefined;
  if (entry !== undefined) return ofJournal(entry, clock);
  const head = syslogHead(line);
  const { form, time } = head;
  const at = time === undefined ? undefined : clock.instant(time);
  const seen = { form, ...(at !== undefined && { at }) };
  return isOfOther(head) ? { kind: 'other', ...seen } : recognised(line, seen);
}

function recognised(text: string, seen: { form: ListenerLogForm; at?: number }, isTagged = false): ListenerLogEntry {
  const line = decodeListenerLine(text, isTagged);
  return line === undefined ? { kind: 'unrecognised', text, ...seen } : { kind: 'recognised', line, text, ...seen };
}

/** `-- Logs begin at … --`, `-- Boot … --`, `-- No entries --`: what journalctl writes between lines. */
function isOfJournalctl(line: string): boolean {
  return line.startsWith('-- ') && line.endsWith(' --');
}

interface JournalEntry {
  readonly message: string;
  readonly name: string | undefined;
  readonly hostname: string | undefined;
  readonly microseconds: string | undefined;
}

function ofJournal({ message, name, hostname, microseconds }: JournalEntry, clock: LogClock): ListenerLogEntry {
  const at = instantOfMicroseconds(microseconds ?? '');
  if (at !== undefined) clock.before = at;
  const seen = { form: 'journald' as const, ...(at !== undefined && { at }) };
  if (name !== undefined && !isListener(name)) return { kind: 'other', ...seen };
  if (message.trim() === '') return { kind: 'blank', ...seen };
  const entry = recognised(message, seen, name !== undefined);
  if (entry.kind !== 'recognised') return entry;
  const prefix = {
    ...(microseconds !== undefined && { time: microseconds }),
    ...(hostname !== undefined && { hostname }),
    ...(name !== undefined && { tag: name }),
    ...entry.line.prefix,
  };
  return { ...entry, line: { ...entry.line, prefix } };
}

/** An entry of journald's JSON format, or nothing: a message that is a list has bytes that are no text. */
function journalEntry(line: string): JournalEntry | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(parsed));
  const message = fields.get('MESSAGE');
  const microseconds = fields.get('__REALTIME_TIMESTAMP');
  if (message === undefined && microseconds === undefined) return undefined;
  return {
    message: Array.isArray(message) ? textOf(Uint8Array.from(message, byteOf)) : (first(message) ?? ''),
    name: first(fields.get('SYSLOG_IDENTIFIER')) ?? first(fields.get('_COMM')),
    hostname: first(fields.get('_HOSTNAME')),
    microseconds: first(microseconds),
  };
}

function byteOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** A field that an entry has several times is a list. */
function first(field: unknown): string | undefined {
  const value: unknown = Array.isArray(field) ? field[0] : field;
  return typeof value === 'string' ? value : undefined;
}

/** Bytes as text: UTF-8, or Latin-1 where they are not. */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  return text.includes('\ufffd') ? buffer.toString('latin1') : text;
}
