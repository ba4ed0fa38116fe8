import { decodeListenerLine } from '../../decoders/listener-log-line.js';
import { type ListenerLineId, type ListenerLogLine, listenerLogLines } from '../../knowledge/listener-log-lines.js';
import type { CauseFacts, LogsFacts } from './facts.js';

/** What is published of a line of that cause; facts of another version may have causes that this one does not know. */
export function rowOf(id: string): ListenerLogLine | undefined {
  return Object.hasOwn(listenerLogLines, id) ? listenerLogLines[id as ListenerLineId] : undefined;
}

/** Whether visitors get an error for it. */
export function isVisitorError({ id }: CauseFacts): boolean {
  const row = rowOf(id);
  return row?.kind === 'error' && typeof row.code === 'number';
}

/** Lines about errors that visitors got. */
export function visitorErrors({ causes }: Pick<LogsFacts, 'causes'>): number {
  return causes.reduce((sum, cause) => sum + (isVisitorError(cause) ? cause.count : 0), 0);
}

/** What visitors get: `527 (502 before 5.3.0)`, `520 or 527`, `nothing`. */
export function visitorText({ kind, code, codeBefore530, otherCode }: ListenerLogLine): string {
  if (kind === 'activation' && code === null) return '';
  if (code === null) return 'nothing';
  if (code === undefined) return '';
  if (otherCode !== undefined) return `${code} or ${otherCode.code}`;
  return codeBefore530 === undefined ? String(code) : `${code} (${codeBefore530} before 5.3.0)`;
}

/** What to do about it, filled in with a host and a destination that belong together. */
export function remedyOf(cause: CauseFacts): string {
  const remedy = rowOf(cause.id)?.remedy ?? '';
  return filledIn(remedy, placeOf(cause));
}

/** The commonest place where there is no doubt about it; else that of the last line. */
function placeOf({ hosts, otherHosts, destinations, otherDestinations, sample }: CauseFacts): Place {
  const [[host] = [], second] = Object.entries(hosts);
  const [[destination] = [], another] = Object.entries(destinations);
  const parts = decodeListenerLine(sample.text)?.parts ?? {};
  const isSingle = (second === undefined && otherHosts === 0) || (another === undefined && otherDestinations === 0);
  if (parts['host'] === host || !isSingle) return { ...placeIn(destination), ...parts };
  return { ...placeIn(destination), ...(host !== undefined && { host }) };
}

type Place = Readonly<Record<string, string | undefined>>;

function placeIn(destination: string | undefined): Place {
  const address = destination?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return destination === undefined ? {} : { destination, address };
}

/** A command is there to be copied into a shell: nothing of a log gets into it that is not plainly a name or an address. */
export function filledIn(remedy: string, place: Place): string {
  return remedy.replace(/\{(\w+)\}/g, (_, key: string) => {
    const part = Object.hasOwn(place, key) ? (place[key] ?? '') : '';
    if (part.length <= 255 && /^[0-9a-z_[:][0-9a-z_.:[\]-]*$/i.test(part)) return part;
    return key === 'destination' ? 'HOST:PORT' : key.toUpperCase();
  });
}
