import { decodeListenerLine } from '../../decoders/listener-log-line.js';
import { isListener, prefixOf } from '../../decoders/listener-log-prefix.js';
import type { LogSample } from '../../decoders/listener-log-summary.js';
import { MOST_SAMPLES } from '../../decoders/listener-log-tally.js';
import { type ListenerLineId, type ListenerLogLine, listenerLogLines } from '../../knowledge/listener-log-lines.js';
import type { CauseFacts, LogsFacts } from './facts.js';
import { leastNames, moreText } from './text.js';

/** What is published of a line of that cause; facts of another version may have causes that this one does not know. */
export function rowOf(id: string): ListenerLogLine | undefined {
  return Object.hasOwn(listenerLogLines, id) ? listenerLogLines[id as ListenerLineId] : undefined;
}

/**
 * Whether rg-listener wrote nothing in the time that was asked for, while other programs did: with log.level = 0 it logs errors
 * only. Where not all shapes of unknown lines are among the samples, one may be its own.
 */
export function isQuiet(facts: LogsFacts): boolean {
  const { asked, recognised, ofOthers, unrecognisedSamples: samples, followed, stopped } = facts;
  if (asked.since === undefined && asked.until === undefined) return false;
  if (recognised > 0 || ofOthers === 0 || followed !== undefined || stopped !== undefined) return false;
  return samples.length < MOST_SAMPLES && !samples.some(isListeners);
}

/** Whether rg-listener is named as the one who wrote the line. */
export function isListeners({ text }: LogSample): boolean {
  return isListener(prefixOf(text).prefix.tag ?? '');
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

/** The code that visitors get, as short as it goes: `527`, `520 or 527`, `nothing`. */
export function shortVisitorText(row: ListenerLogLine): string {
  return visitorText(row).replace(/ \(.*\)$/, '');
}

/** What visitors get: `527 (502 before 5.3.0)`, `520 or 527`, `nothing`. */
export function visitorText({ kind, code, codeBefore530, otherCode }: ListenerLogLine): string {
  if (kind === 'activation' && code === null) return '';
  if (code === null) return 'no error';
  if (code === undefined) return '';
  if (otherCode !== undefined) return `${code} or ${otherCode.code}`;
  return codeBefore530 === undefined ? String(code) : `${code} (${codeBefore530} before 5.3.0)`;
}

/**
 * What to do about it, filled in: each step with the commonest place; one that needs both a host and an address with two that
 * are known to belong together. Where there are more, it says how many.
 */
export function remedyOf(cause: CauseFacts): string {
  const remedy = rowOf(cause.id)?.remedy ?? '';
  const { hosts, otherHosts, destinations, otherDestinations } = cause;
  const more = [
    ...(asksHost.test(remedy) ? [othersText(hosts, otherHosts, 'host')] : []),
    ...(asksAddress.test(remedy) ? [othersText(destinations, otherDestinations, 'address')] : []),
  ].filter((text) => text !== '');
  const steps = remedy.split('\n').map((step) => filledIn(step, placeOf(cause, step)));
  return [
    ...steps,
    ...(more.length === 0 ? [] : [`The same for ${more.join(' and ')}: rg-diag logs -v names them.`]),
  ].join('\n');
}

const asksHost = /\{host\}/;
const asksAddress = /\{(?:destination|address)\}/;

/** `3 more hosts`, `at least 1 more address`; empty where there is one only. */
function othersText(counts: Readonly<Record<string, number>>, others: number, what: 'host' | 'address'): string {
  const more = moreText(Math.max(Object.keys(counts).length - 1, 0), leastNames(counts, others));
  if (more === '') return '';
  return `${more} more ${/(?:^| )1$/.test(more) ? what : what === 'host' ? 'hosts' : 'addresses'}`;
}

/** The commonest place; for a step that asks for a host and an address that of the last line, where several go with each other. */
function placeOf({ hosts, otherHosts, destinations, otherDestinations, sample }: CauseFacts, step: string): Place {
  const [[host] = [], second] = Object.entries(hosts);
  const [[destination] = [], another] = Object.entries(destinations);
  const isSingle = (second === undefined && otherHosts === 0) || (another === undefined && otherDestinations === 0);
  const commonest = { ...placeIn(destination), ...(host !== undefined && { host }) };
  const parts = decodeListenerLine(sample.text)?.parts ?? {};
  const needsBoth = asksHost.test(step) && asksAddress.test(step);
  const hasBoth = parts['host'] !== undefined && parts['destination'] !== undefined;
  return needsBoth && !isSingle && hasBoth ? parts : { ...parts, ...commonest };
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
