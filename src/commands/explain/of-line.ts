import { decodeListenerLine } from '../../decoders/listener-log-line.js';
import { edge5xxOf } from '../../knowledge/edge-5xx.js';
import { edgeErrorOf } from '../../knowledge/edge-errors.js';
import { conflictsAbout } from '../../knowledge/source-conflicts.js';
import { sources } from '../../knowledge/sources.js';
import { type Cause, checksOf } from '../../knowledge/statement.js';
import { railgunCase } from '../../knowledge/support-case.js';
import { symptomOf } from '../../knowledge/symptoms.js';
import type { Pair } from '../../model/block.js';
import { inSentence } from './in-sentence.js';
import { nothingElse, type ReadingExplanation } from './reading-explanation.js';
import type { ReadingOf } from './reading-of.js';

/** A line of the log of rg-listener. */
export function ofListenerLine({ id, text }: ReadingOf<'listener-line'>): ReadingExplanation {
  const line = decodeListenerLine(text);
  const row = line?.row;
  const { kind = 'error', inferred, cause = '', code, codeBefore530, otherCode, source = '' } = row ?? {};
  const isInferred = inferred === true ? ' (inferred)' : '';
  // A debug line can have advice too, for where it is the last one of a request.
  const isError = kind === 'error' || (kind === 'activation' && row?.remedy !== undefined);
  const pairs: Pair[] = Object.entries(line?.parts ?? {}).map(([label, value]) => ({ label, value }));
  const visitors = [
    ...(code === null && kind === 'error' ? [`visitors see nothing of it${isInferred}`] : []),
    ...(typeof code === 'number' ? [`visitors get ${code}${isInferred}`] : []),
    ...(codeBefore530 === undefined ? [] : [`before rg-listener 5.3.0 they got ${codeBefore530}${isInferred}`]),
    ...(otherCode === undefined ? [] : [`${otherCode.code} by another source: ${otherCode.says}`]),
    ...(row?.whenDirect === undefined ? [] : [`without Railgun they would get ${row.whenDirect} (inferred)`]),
  ];
  const conflicts = [
    ...conflictsAbout(id),
    ...(codeBefore530 === undefined ? [] : conflictsAbout(527).filter(({ about }) => about.includes(502))),
    ...(/validate\.cert/.test(`${cause}${row?.remedy ?? ''}`) ? conflictsAbout('validate.cert') : []),
  ];
  return {
    ...nothingElse,
    label: id,
    name: `line of rg-listener’s log (${kind}, ${id}${inferred === true ? ', inferred from others of its kind' : ''})`,
    means: cause,
    fix: (line?.remedy ?? row?.remedy ?? '')
      .split('\n')
      .filter((step) => !step.includes('rg-diag '))
      .join(' '),
    source,
    side: isError ? 'railgun' : 'nobody',
    pairs,
    conditions: visitors.map((says) => ({
      says,
      source: otherCode === undefined ? source : `${source}; ${otherCode.source}`,
    })),
    checks: checksOf(source, ...stepsOf(line?.remedy ?? row?.remedy ?? ''), ...codeStep(code)),
    support: isError ? railgunCase : [],
    conflicts,
  };
}

/** The steps of a remedy that are commands. */
function stepsOf(remedy: string): [says: string, command: string][] {
  return remedy.split('\n').flatMap((step): [string, string][] => {
    const at = step.indexOf('rg-diag ');
    if (at < 0) return [];
    return [
      [
        at === 0
          ? 'see it for yourself'
          : step
              .slice(0, at)
              .replace(/[: ]+$/, '')
              .replace(/^On/, 'on'),
        step.slice(at),
      ],
    ];
  });
}

function codeStep(code: number | null | undefined): [says: string, command: string][] {
  return typeof code === 'number' ? [['read what visitors get', `rg-diag explain ${code}`]] : [];
}

/** What another program printed. */
export function ofSymptom({ id, text, line }: ReadingOf<'symptom'>): ReadingExplanation {
  const row = symptomOf(id);
  const { program = '', means = '', codes = [], checks = [], source = '' } = row ?? {};
  const names: Readonly<Record<string, string>> = {
    nginx: 'line of nginx’s error log',
    curl: 'message of curl',
    browser: 'message of a browser',
    system: 'error of the operating system',
  };
  return {
    ...nothingElse,
    label: id,
    name: names[program] ?? '',
    means,
    fix: row?.remedy ?? edgeErrorOf(codes[0]?.code ?? 0)?.remedy ?? '',
    source,
    side: program === 'nginx' || codes.length > 0 ? 'origin' : 'owner',
    pairs: line === undefined ? [] : [{ label: `Line ${line}`, value: text }],
    conditions: codes.map(({ code, when }) => ({ says: `visitors get ${code}${titleOf(code)} if ${when}`, source })),
    checks: [
      ...checks.map((check) => ({ ...check, source })),
      ...checksOf(source, ...codes.map(({ code }) => [`read what ${code} is`, `rg-diag explain ${code}`] as const)),
    ],
  };
}

function titleOf(code: number): string {
  const title = edge5xxOf(code)?.title ?? edgeErrorOf(code)?.cause;
  return title === undefined ? '' : ` (${inSentence(title)})`;
}

/** A line of an access log with a status that is an error of the server. */
export function ofAccessLog({ status, method, path }: ReadingOf<'access-log'>): ReadingExplanation {
  const row = edge5xxOf(status);
  const own = status < 520;
  const title = row === undefined ? '' : ` (${inSentence(row.title)})`;
  const source = edgeErrorOf(status)?.source ?? sources.of2023;
  const causes: readonly Cause[] = own
    ? (row?.causes ?? []).filter((cause) => !/Cloudflare|Worker|Gateway/.test(cause.says))
    : [];
  return {
    ...nothingElse,
    label: `access log ${status}`,
    name: `line of an access log with status ${status}${title}`,
    means: own
      ? 'the server that wrote the log answered so itself: on the origin it is the origin’s own error, which Cloudflare passes on to the visitor'
      : `web servers do not answer with ${status} by themselves: the log is of something that passes an answer of Cloudflare on`,
    fix: own ? 'Read the error log of the same server at that time.' : `Explain ${status} itself.`,
    source,
    side: 'origin',
    pairs: [
      ...(method === undefined ? [] : [{ label: 'Method', value: method }]),
      ...(path === undefined ? [] : [{ label: 'Path', value: path, means: 'without its query' }]),
    ],
    causes,
    checks: checksOf(
      source,
      ['see whether the origin still answers so', 'rg-diag origin HOST --ip ADDR'],
      ...(row === undefined ? [] : [[`read all about ${status}`, `rg-diag explain ${status}`] as const]),
    ),
  };
}
