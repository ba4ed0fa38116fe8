import { ageHeader, cacheStatusOf } from '../../knowledge/cache-statuses.js';
import { placeOfDataCentre } from '../../knowledge/data-centres.js';
import { codesOf1xxx, type Edge1xxx, edge1xxxOf, statusesOf1xxx } from '../../knowledge/edge-1xxx.js';
import { edgeHeaderOf } from '../../knowledge/edge-headers.js';
import { sources } from '../../knowledge/sources.js';
import { checksOf } from '../../knowledge/statement.js';
import { nothingElse, type ReadingExplanation } from './reading-explanation.js';
import type { ReadingOf } from './reading-of.js';
import { withoutStop } from './without-stop.js';

/** How the origin was asked for an answer. */
const askedOrigin: Readonly<Record<string, string>> = {
  asked: 'was asked for this answer',
  'not asked': 'was not asked for this answer',
  'asked later': 'is asked in the background',
  'not reached': 'could not be reached',
};

/** A value of CF-Cache-Status. */
export function ofCacheStatus({ value }: ReadingOf<'cache-status'>): ReadingExplanation {
  const row = cacheStatusOf(value);
  const { meaning = '', origin = '', checks = [], source = '' } = row ?? {};
  return {
    ...nothingElse,
    label: value,
    name: `CF-Cache-Status ${value}`,
    means: withoutStop(meaning),
    source,
    side: origin === 'not reached' ? 'origin' : 'nobody',
    pairs: [{ label: 'Origin', value: askedOrigin[origin] ?? '', means: ageHeader.says }],
    checks: checks.map((check) => ({ ...check, source })),
  };
}

/** A header that Cloudflare adds. */
export function ofHeader({ name, value }: ReadingOf<'header'>): ReadingExplanation {
  const { meaning = '', checks = [], source = '' } = edgeHeaderOf(name, value) ?? {};
  return {
    ...nothingElse,
    label: name,
    name: `header ${name}${value === '' ? '' : `: ${value}`}`,
    means: withoutStop(meaning),
    source,
    checks: checks.map((check) => ({ ...check, source })),
  };
}

/** A CF-RAY value. */
export function ofRay({ id, colo }: ReadingOf<'ray'>): ReadingExplanation {
  const place = colo === undefined ? undefined : (placeOfDataCentre(colo) ?? 'not in the table of this version');
  return {
    ...nothingElse,
    label: `ray ${id}`,
    name: `CF-RAY ${id}`,
    means:
      'it names one request, to the visitor and to the origin alike; it is not guaranteed to be unique, and Cloudflare support asks for it',
    source: `${sources.rayId}; ${sources.httpHeaders}`,
    pairs: [
      { label: 'Ray id', value: id },
      ...(colo === undefined || place === undefined ? [] : [{ label: 'Data centre', value: colo, means: place }]),
    ],
    checks: checksOf(
      sources.gathering,
      ['find the request in the log of the origin: Apache logs it with %{CF-Ray}i, nginx with $http_cf_ray'],
      ['owner: look it up in Security Events of the zone'],
    ),
  };
}

/** A status with which 1xxx codes come. */
export function ofHttpStatus({ status }: ReadingOf<'http-status'>): ReadingExplanation {
  const rows = codesOf1xxx().flatMap((code) => edge1xxxOf(code) ?? []);
  const known = rows.filter(({ httpStatus }) => httpStatus?.code === status);
  const pages = known.flatMap(({ httpStatus }) => httpStatus?.source ?? []);
  const source = [...new Set([statusesOf1xxx.source, ...pages])].join('; ');
  return {
    ...nothingElse,
    label: String(status),
    name: `HTTP status ${status}`,
    means: `an error 1xxx of Cloudflare comes with HTTP status ${statusesOf1xxx.says}${codesText(known)}; any origin can answer with ${status} too`,
    fix: 'Read the body of the answer: the code stands there, where it is Cloudflare’s.',
    source,
    side: 'either',
    checks: checksOf(
      source,
      ['explain the page itself', 'rg-diag explain -i FILE'],
      ['see whether the origin itself answers so', 'rg-diag origin HOST --ip ADDR'],
    ),
  };
}

/** ` (1018 and 1023 come with it)`: the codes that are known to have a status; nothing where none is. */
function codesText(rows: readonly Edge1xxx[]): string {
  const codes = rows.map(({ code }) => code).join(' and ');
  if (rows.some(({ httpStatus }) => httpStatus?.inferred)) return ` (most come with it, so ${codes} do: inferred)`;
  return rows.length === 0 ? '' : ` (${codes} ${rows.length === 1 ? 'comes' : 'come'} with it)`;
}
