import { type ListenerLineId, type ListenerLogLine, listenerLogLines } from '../knowledge/listener-log-lines.js';
import { portOf } from '../model/endpoint.js';
import { type ListenerMessage, listenerMessage, requestMessage } from './listener-log-message.js';
import { isListener, type ListenerPrefix, prefixOf, unquoted } from './listener-log-prefix.js';

/** What varies in a line, as it was written: `destination`, `address`, `port`, `host`, `names`, `requestId`, `bytes` … */
export type ListenerLineParts = Readonly<Record<string, string>>;

/** A line of rg-listener's log. */
export interface ListenerLine {
  readonly id: ListenerLineId;
  readonly parts: ListenerLineParts;
  readonly prefix: ListenerPrefix;
  readonly row: ListenerLogLine;
  /** How often it was logged, where syslog joined the same line into one (`message repeated 99 times`); absent: once. */
  readonly times?: number;
  /** That of the row, with what the line says filled in; a command keeps `HOST` and the like where that is not known. */
  readonly remedy?: string;
}

/** UTF-16 units; no line of rg-listener comes near it. */
const longest = 65_536;

/**
 * Recognises a line of rg-listener's log, with what syslog puts before it or without; a line that was wrapped may be given
 * with its line ends. Anything else, and what is longer than 64 KiB, is no such line. Linear in the text.
 * @param isTagged rg-listener is known to have written it, though the line does not say so, as in the journal
 */
export function decodeListenerLine(text: string, isTagged = false): ListenerLine | undefined {
  if (text.length > longest) return undefined;
  const { prefix, message, times } = prefixOf(joined(text));
  const found = listenerMessage(message, isTagged || (prefix.tag !== undefined && isListener(prefix.tag)));
  if (found === undefined) return undefined;
  const parts = allParts(found.parts);
  const row: ListenerLogLine = listenerLogLines[found.id];
  const remedy = row.remedy === undefined ? {} : { remedy: filled(row.remedy, parts) };
  return { id: found.id, parts, prefix, row, ...(times > 1 && { times }), ...remedy };
}

/**
 * Whether the line ends with a reason in free words: where a line was wrapped, what follows may make it one that is known
 * better.
 */
export function isOpenEnded({ id }: ListenerLine): boolean {
  return id === 'connection-failed-otherwise';
}

/** A line of which is read what stands before its message, and what to do, when that is asked for: most callers do not. */
class RequestLine {
  readonly id: ListenerLineId;
  readonly parts: ListenerLineParts;
  readonly row: ListenerLogLine;
  readonly #head: string;

  constructor(head: string, { id, parts }: ListenerMessage) {
    this.id = id;
    this.parts = allParts(parts);
    this.row = listenerLogLines[id];
    this.#head = head;
  }

  get prefix(): ListenerPrefix {
    return prefixOf(this.#head).prefix;
  }

  get remedy(): string | undefined {
    return this.row.remedy === undefined ? undefined : filled(this.row.remedy, this.parts);
  }
}

/** The line of a message about a request, with what stands before that in `head`. */
export function requestLine(head: string, message: string): ListenerLine | undefined {
  const found = requestMessage(message);
  return found && (new RequestLine(head, found) as ListenerLine);
}

/** The line that rg-listener writes; what is not among `parts` is left empty. */
export function listenerLogLine(id: ListenerLineId, parts: ListenerLineParts): string {
  return listenerLogLines[id].text.replace(/\{(\w+)\}/g, (_, key: string) =>
    Object.hasOwn(parts, key) ? (parts[key] ?? '') : '',
  );
}

/** rsyslog writes the end of a line within a line as `#012`. */
function joined(text: string): string {
  const lines = text.replaceAll('#012', '\n').split('\n');
  return lines
    .map((line) => unquoted(line.trim()))
    .filter((line) => line !== '')
    .join(' ');
}

/** With address and port of the destination. */
function allParts(parts: ListenerLineParts): ListenerLineParts {
  const destination = parts['destination'];
  const colon = destination?.lastIndexOf(':') ?? -1;
  if (destination === undefined || colon < 0) return parts;
  const port = destination.slice(colon + 1);
  if (portOf(port) === undefined) return parts;
  return { address: destination.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port, ...parts };
}

/** A command is there to be copied into a shell: nothing of a log gets into it that is not plainly a name or an address. */
function filled(remedy: string, parts: ListenerLineParts): string {
  return remedy.replace(/\{(\w+)\}/g, (_, key: string) => {
    const part = Object.hasOwn(parts, key) ? (parts[key] ?? '') : '';
    if (/^[0-9a-z_:[][0-9a-z_.:[\]-]*$/i.test(part)) return part;
    return key === 'destination' ? 'HOST:PORT' : key.toUpperCase();
  });
}
