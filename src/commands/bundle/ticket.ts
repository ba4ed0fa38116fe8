import type { Report } from '../../model/report.js';
import type { BundleFacts } from './facts.js';
import { raysOf } from './failed-requests.js';
import { type LoggedCause, loggedCauses } from './logged-causes.js';
import { byHand, lacking, type PartAt, unanswered } from './parts.js';
import { checkedLines, foundLines, howOftenLines, isTold } from './ticket-checks.js';
import { gap, item, pair, said, section } from './ticket-lines.js';
import { lookAtLines } from './ticket-look-at.js';
import { wrappedLines } from './wrapped-lines.js';

/** What doctor said, as a run of it hands it over. */
export interface DoctorSaid {
  readonly reports: readonly { readonly report: Report }[];
}

/**
 * The text to paste into a case: what happened, when, where and how often, what was checked and found, what is attached, and what only
 * a person can add. Lines have at most 100 columns; gaps are marked `>>>`. Pure, and never throws, whatever stands in the facts of doctor.
 */
export function ticketOf(facts: BundleFacts, doctor?: DoctorSaid): string {
  const reports = doctor?.reports.map(({ report }) => report) ?? [];
  const causes = reports.flatMap((report) => loggedCauses(report.facts, facts.asked.for));
  const findings = reports.flatMap((report) => report.findings).filter(isTold);
  const lines = [
    'Case for Cloudflare support',
    '===========================',
    '',
    'Before you send it: fill in what is marked >>>, take this line out, and attach the files beside it.',
    ...section('What happened', whatHappened(facts)),
    ...section('When (UTC)', when(facts, causes)),
    ...section('How often', howOftenLines(causes)),
    ...section('Where', where(facts)),
    ...section('What was checked', checkedLines(reports)),
    ...section('What was found, the most likely cause first', foundLines(findings, reports)),
    ...section('What to look at', lookAtLines(facts, reports, findings, causes)),
    ...section('Attached', attached(facts)),
    ...section('Missing', missing(facts)),
    ...section('Only a person can add', toAdd(facts)),
  ];
  return `${lines.join('\n')}\n`;
}

function whatHappened({ asked, case: error }: BundleFacts): string[] {
  const name = error?.name === undefined ? '' : ` ${error.name}`;
  return [
    ...(asked.what === undefined
      ? gap('What visitors see, what was expected instead, and the steps that bring it about.')
      : wrappedLines('', said(asked.what))),
    ...(error === undefined
      ? gap('The exact text of the error, and its code.')
      : pair('Error', `${error.code}${name}: ${error.cause}`)),
    // It is a wrapper: what happened is said by the other code.
    ...(error?.code === 530 && !/\b1\d{3}\b/.test(asked.what ?? '')
      ? gap('The 1xxx code that the page with error 530 shows.')
      : []),
  ];
}

function when({ observedAt, failedRequests = [] }: BundleFacts, causes: readonly LoggedCause[]): string[] {
  const seen = [
    ...causes
      .flatMap(({ first, last }) => [first, last])
      .flatMap((at) => (at === undefined ? [] : [{ at, where: 'the log of rg-listener' }])),
    ...failedRequests.flatMap(({ at }) => (at === undefined ? [] : [{ at, where: 'an HTTP archive' }])),
  ].sort((a, b) => a.at.localeCompare(b.at));
  const [first, last] = [seen[0], seen.at(-1)];
  const known =
    first === undefined || last === undefined
      ? gap('When it was seen, first and last, in UTC.')
      : [...pair('First', `${first.at}, in ${first.where}`), ...pair('Last', `${last.at}, in ${last.where}`)];
  return [...known, ...pair('Gathered', observedAt)];
}

function where(facts: BundleFacts): string[] {
  const { asked, railgun, failedRequests = [] } = facts;
  const { zone, hosts } = asked;
  const rays = raysOf(facts);
  const failed = new Map(failedRequests.map((request) => [request.url, request]));
  return [
    ...(zone === undefined ? gap('Zone: its name or ID.') : pair('Zone', zone)),
    ...hosts.flatMap((host) => pair(isUrl(host) ? 'URL' : 'Host', host)),
    ...[...failed.values()].flatMap(({ url, status }) => pair('URL', `${url} (status ${status}, in an HTTP archive)`)),
    ...(hosts.some(isUrl) || failed.size > 0 ? [] : gap('URLs: one or more that show it.')),
    ...(rays.length === 0
      ? gap('CF-RAY: of requests that failed, from the error page or the header of the answer.')
      : pair('CF-RAY', rays.join(', '))),
    ...pair('Railgun', railgun === undefined ? 'not on the machine that this comes from' : `in use, ${railgun}`),
    ...gap('Urgency: what it does to the site.'),
  ];
}

/** A host by itself shows nobody what to ask for. */
function isUrl(host: string): boolean {
  return /^https?:\/\//i.test(host);
}

/** Every file but this one, with a line on each. */
function attached({ parts }: BundleFacts): string[] {
  const files = [
    ['REPORT.html', 'the report, to be read in a browser'] as const,
    ...parts.flatMap(({ file, what, state }) => {
      if (state.state === 'missing') return [];
      const cut = state.state === 'collected' ? state.cut : undefined;
      return [[file, cut === undefined ? what : `${what} (${cut})`] as const];
    }),
    ['manifest.json', 'every file with its SHA-256, and how it was made'] as const,
  ];
  const widest = Math.min(40, Math.max(...files.map(([file]) => file.length)));
  return files.flatMap(([file, what]) => wrappedLines(`${file.padEnd(widest)}  `, said(what)));
}

function missing(facts: BundleFacts): string[] {
  return [
    ...lacking(facts).map(({ part: { file, state } }) => `${file}: ${state.why}`),
    ...unanswered(facts).map(({ item: { says }, failed }) => `${says}: ${unansweredText(failed)}`),
  ].flatMap(item);
}

function unansweredText([first]: readonly PartAt[]): string {
  if (first === undefined) return 'nothing on the machine that this comes from has it';
  return `${first.part.file} says only why there is nothing; to get it: ${first.part.how}`;
}

function toAdd(facts: BundleFacts): string[] {
  return byHand(facts).flatMap(({ item: { says } }) => wrappedLines('[ ] ', said(says)));
}
