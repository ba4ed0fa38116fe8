import { grouped } from '../../model/count.js';
import { durationText } from '../../model/duration.js';
import type { Finding } from '../../model/finding.js';
import { isQuiet, isVisitorError, rowOf, visitorErrors } from './causes.js';
import type { CauseFacts, LogsFacts } from './facts.js';
import { counted, instantText, leastNames, moreText } from './text.js';

/** What the log comes to, in one or two lines: what is wrong first. */
export function answerOf(facts: LogsFacts, findings: readonly Finding[]): string {
  const saysOf = (rule: string, ...statuses: readonly Finding['status'][]) =>
    findings
      .filter((finding) => finding.rule === `logs/${rule}` && statuses.includes(finding.status))
      .map(({ says }) => says);
  if (facts.recognised === 0) {
    const [says = 'no line of rg-listener'] = isQuiet(facts)
      ? saysOf('visitor-errors', 'pass')
      : [...saysOf('recognised', 'broken', 'note'), ...saysOf('recognised', 'skip')];
    return sentence([says]);
  }
  const others = facts.causes.filter((cause) => rowOf(cause.id)?.kind === 'error' && !isVisitorError(cause));
  const hasErrors = visitorErrors(facts) > 0;
  return sentence([
    ...saysOf('activation', 'fail', 'warn'),
    ...(hasErrors ? [visitorText(facts)] : []),
    ...(others.length === 0
      ? []
      : [`${hasErrors ? 'also ' : ''}${others.map(({ id, count }) => `${id} ${timesText(count)}`).join(', ')}`]),
    ...hungText(facts),
    ...(saysOf('slow-origin', 'warn').length > 0 ? [`the slowest request took ${slowestText(facts)}`] : []),
    ...(saysOf('debug-logging', 'warn').length > 0 ? ['debug lines (log.level = 5) are still written'] : []),
    ...(hasErrors ? [] : [visitorText(facts)]),
  ]);
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  // A name keeps its letters.
  if (text.startsWith('rg-')) return `${text}.`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** `12 errors that visitors saw, mostly connection-timeout of shop.example.com; last at 2026-11-21 03:00:06 UTC` */
function visitorText(facts: LogsFacts): string {
  const errors = visitorErrors(facts);
  const added = facts.followed === 'added' ? 'more ' : '';
  if (errors === 0) return `no ${added}errors that visitors see`;
  const seen = facts.causes.filter(isVisitorError);
  // By how often: the most frequent one is the first.
  const [most] = seen;
  const last = seen
    .flatMap((cause) => cause.last ?? [])
    .sort()
    .at(-1);
  const share =
    seen.length === 1 ? (errors === 1 ? '' : 'all ') : (most?.count ?? 0) * 2 > errors ? 'mostly ' : 'most often ';
  const at = last === undefined ? '' : `; ${errors === 1 ? 'at' : 'last at'} ${instantText(last)} UTC`;
  const what = most === undefined ? '' : `, ${share}${most.id}${placeText(most)}`;
  return `${grouped(errors)} ${added}${errors === 1 ? 'error' : 'errors'} that visitors saw${what}${at}`;
}

/** ` of shop.example.com and 3 more`; of a cause whose lines name no host, the address. */
function placeText({ hosts, otherHosts, destinations, otherDestinations }: CauseFacts): string {
  const isNamed = Object.keys(hosts).length > 0;
  const [counts, others] = isNamed ? [hosts, otherHosts] : [destinations, otherDestinations];
  const [first, ...rest] = Object.keys(counts);
  if (first === undefined) return '';
  const more = moreText(rest.length, leastNames(counts, others));
  return ` ${isNamed ? 'of' : 'at'} ${first}${more === '' ? '' : ` and ${more} more`}`;
}

function timesText(count: number): string {
  return count === 1 ? 'once' : counted(count, 'time');
}

function hungText({ requests }: LogsFacts): string[] {
  const silent = requests?.silent ?? 0;
  return silent === 0 ? [] : [`${counted(silent, 'request')} went no further`];
}

function slowestText({ requests }: LogsFacts): string {
  return durationText(requests?.seconds?.max ?? 0);
}
