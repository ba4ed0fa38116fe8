import { grouped } from '../../model/count.js';
import { rowOf } from './causes.js';
import type { CauseFacts, LogsFacts } from './facts.js';
import { instantText, namesText } from './text.js';

/** Lines of a ticket that name causes. */
const mostCauses = 12;
const mostNames = 5;

/** What a ticket needs: how often, when, for which hosts, and a line of each error. Lines of log.level = 5 name visitors: only counted. */
export function signalsOf(facts: LogsFacts): [string, string][] {
  const { lines, recognised, unrecognised, first, last, causes, requests } = facts;
  const signals: [string, string][] = [
    ['Lines', `${grouped(lines)}, recognised ${grouped(recognised)}, not recognised ${grouped(unrecognised)}`],
  ];
  if (first !== undefined && last !== undefined)
    signals.push(['Log', `${instantText(first)} to ${instantText(last)} UTC`]);
  const isDebug = ({ id }: CauseFacts) => rowOf(id)?.kind === 'debug';
  for (const cause of causes.filter((one) => !isDebug(one)).slice(0, mostCauses)) {
    const times = [cause.first, cause.last].flatMap((at) => (at === undefined ? [] : instantText(at)));
    const names =
      Object.keys(cause.hosts).length > 0
        ? namesText(cause.hosts, mostNames, cause.otherHosts)
        : namesText(cause.destinations, mostNames, cause.otherDestinations);
    const when = times.length === 0 ? '' : `, ${[...new Set(times)].join(' to ')} UTC`;
    signals.push(['Cause', `${cause.id} ${grouped(cause.count)}${when}${names === '' ? '' : `: ${names}`}`]);
    signals.push(['Line', cause.sample.text]);
  }
  const debug = causes.filter(isDebug).reduce((sum, { count }) => sum + count, 0);
  if (debug > 0) signals.push(['Debug lines', grouped(debug)]);
  if (requests !== undefined) {
    const { completed, silent, underWay } = requests;
    signals.push([
      'Requests',
      `${grouped(completed)} completed, ${grouped(silent)} hung, ${grouped(underWay)} under way`,
    ]);
  }
  return signals;
}
