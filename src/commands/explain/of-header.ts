import { ageHeader, cacheStatusOf } from '../../knowledge/cache-statuses.js';
import { placeOfDataCentre } from '../../knowledge/data-centres.js';
import { statusesOf1xxx } from '../../knowledge/edge-1xxx.js';
import { edgeHeaderOf } from '../../knowledge/edge-headers.js';
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

const guide = 'Cloudflare, Gathering information for troubleshooting sites @63868ea';

/** A CF-RAY value. */
export function ofRay({ id, colo }: ReadingOf<'ray'>): ReadingExplanation {
  const place = colo === undefined ? undefined : (placeOfDataCentre(colo) ?? 'not in the table of this version');
  return {
    ...nothingElse,
    label: `ray ${id}`,
    name: `CF-RAY ${id}`,
    means:
      'it names one request, to the visitor and to the origin alike; it is not guaranteed to be unique, and Cloudflare support asks for it',
    source: 'Cloudflare, Cloudflare Ray ID @09bc225; Cloudflare, HTTP headers @1eaf7bb',
    pairs: [
      { label: 'Ray id', value: id },
      ...(colo === undefined || place === undefined ? [] : [{ label: 'Data centre', value: colo, means: place }]),
    ],
    checks: checksOf(
      guide,
      ['find the request in the log of the origin: Apache logs it with %{CF-Ray}i, nginx with $http_cf_ray'],
      ['owner: look it up in Security Events of the zone'],
    ),
  };
}

/** A status with which 1xxx codes come. */
export function ofHttpStatus({ status }: ReadingOf<'http-status'>): ReadingExplanation {
  const codes: Readonly<Record<number, string>> = {
    409: ' (1018 and 1023 come with it)',
    429: ' (1015 comes with it)',
  };
  return {
    ...nothingElse,
    label: String(status),
    name: `HTTP status ${status}`,
    means: `an error 1xxx of Cloudflare comes with HTTP status ${statusesOf1xxx.says}${codes[status] ?? ''}; any origin can answer with ${status} too`,
    fix: 'Read the body of the answer: the code stands there, where it is Cloudflare’s.',
    source: statusesOf1xxx.source,
    side: 'either',
    checks: checksOf(
      statusesOf1xxx.source,
      ['explain the page itself', 'rg-diag explain -i FILE'],
      ['see whether the origin itself answers so', 'rg-diag origin HOST --ip ADDR'],
    ),
  };
}
