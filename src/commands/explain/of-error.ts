import { type Edge1xxx, edge1xxxOf, type Status1xxx, statusesOf1xxx } from '../../knowledge/edge-1xxx.js';
import { checksOfEach5xx, type Edge5xx, edge5xxOf } from '../../knowledge/edge-5xx.js';
import { edgeErrorResponseOf } from '../../knowledge/edge-error-categories.js';
import { edgeErrorOf } from '../../knowledge/edge-errors.js';
import type { Side } from '../../knowledge/sides.js';
import { conflictsAbout } from '../../knowledge/source-conflicts.js';
import type { Pair } from '../../model/block.js';
import { inSentence } from './in-sentence.js';
import { nothingElse, type ReadingExplanation } from './reading-explanation.js';
import type { ReadingOf } from './reading-of.js';

type PageError = ReadingOf<'edge-error'>['error'];

/** An error of Cloudflare's edge, with what the page around it says. */
export function ofEdgeError({ code, error }: ReadingOf<'edge-error'>): ReadingExplanation {
  const row = edgeErrorOf(code);
  const detail = edge5xxOf(code);
  const response = edgeErrorResponseOf(code);
  const { means } = response;
  const category = response.category ?? error?.category;
  const title = detail === undefined ? '' : ` (${inSentence(detail.title)})`;
  const base = {
    ...nothingElse,
    label: String(code),
    name: `Cloudflare error ${code}${title}`,
    means: row?.cause ?? meansOfUnexplained(means, error),
    fix: row?.remedy ?? 'Read the text of the page, and look the ray id up in the dashboard.',
    source: row?.source ?? response.source,
    pairs: [...pairsOfCode(code, edge1xxxOf(code)), ...pairsOfBody(error)],
    conflicts: conflictsAbout(code),
    ...retryOf(code, error),
  };
  return detail === undefined ? { ...base, ...of1xxx(code, category) } : { ...base, ...of5xx(detail) };
}

function of5xx({ side, conditions, limits, causes, checks, support, changes }: Edge5xx) {
  return { side, conditions, limits, causes, checks: [...checks, ...checksOfEach5xx], support, changes };
}

/** Where only the category of a code is published: whose side that is, as far as the category says it. */
const sideOfCategory: Readonly<Record<string, Side>> = {
  access_denied: 'owner',
  rate_limit: 'owner',
  config: 'owner',
  tls: 'visitor',
  worker: 'owner',
  snippet: 'owner',
};

function of1xxx(code: number, category: string | undefined) {
  const row = edge1xxxOf(code);
  if (row === undefined) return { side: sideOfCategory[category ?? ''] ?? ('unknown' as const) };
  const { side, causes, checks, support } = row;
  return { side, causes, checks, support };
}

/** What the page itself says comes before what is published about its code. */
function retryOf(code: number, error: PageError): Pick<ReadingExplanation, 'retry'> {
  const { retryable, retryAfter, source } = edgeErrorResponseOf(code);
  const worthIt = error?.retryable ?? retryable;
  if (worthIt === undefined) return {};
  const afterSeconds = error?.retryAfter ?? retryAfter;
  const from = error?.retryable === undefined ? source : `the page itself; ${source}`;
  return { retry: { worthIt, ...(afterSeconds !== undefined && { afterSeconds }), source: from } };
}

function meansOfUnexplained(means: string | undefined, error: PageError): string {
  if (means !== undefined) return `${means} (no page explains this code, only its category is published)`;
  const said = error?.title ?? error?.name?.replaceAll('_', ' ');
  return `no source explains this code${said === undefined ? '' : `; the page calls it “${said}”`}`;
}

function pairsOfCode(code: number, row: Edge1xxx | undefined): Pair[] {
  const { category, means, retryable, retryAfter } = edgeErrorResponseOf(code);
  const pairs: Pair[] = [];
  if (code >= 1000 && code < 2000) {
    const { httpStatus } = row ?? {};
    const value = httpStatus === undefined ? `one of ${statusesOf1xxx.says}` : statusText(httpStatus);
    pairs.push({ label: 'HTTP status', value, means: 'the code itself stands in the body' });
  }
  if (category !== undefined) pairs.push({ label: 'Category', value: category, ...(means !== undefined && { means }) });
  if (retryable === true) pairs.push({ label: 'Try again', value: `after ${retryAfter} s`, means: 'Retry-After' });
  return pairs;
}

function statusText({ code, inferred }: Status1xxx): string {
  return inferred ? `${code} (inferred)` : String(code);
}

function pairsOfBody(error: PageError): Pair[] {
  if (error === undefined) return [];
  const { form, title, rayId, zone, timestamp, status, retryAfter, ownerActionRequired } = error;
  const said: readonly (readonly [string, string | undefined])[] = [
    ['Page', `${form}${title === undefined ? '' : `: ${title}`}`],
    ['Ray id', rayId],
    ['Zone', zone],
    ['Filed under', error.category],
    ['Time', timestamp],
    ['Its status', status === undefined ? undefined : String(status)],
    ['Its wait', retryAfter === undefined ? undefined : `${retryAfter} s`],
    ['Owner', ownerActionRequired === undefined ? undefined : ownerActionRequired ? 'has to act' : 'need not act'],
  ];
  return said.flatMap(([label, value]): Pair[] => (value === undefined ? [] : [{ label, value }]));
}
