import { describe, expect, it } from 'vitest';
import { cacheStatuses } from '../../src/knowledge/cache-statuses.js';
import { directReasons } from '../../src/knowledge/direct-reasons.js';
import { edge1xxxOf } from '../../src/knowledge/edge-1xxx.js';
import { edge5xx, edge5xxOf } from '../../src/knowledge/edge-5xx.js';
import { codesWithCategory, edgeErrorResponseOf } from '../../src/knowledge/edge-error-categories.js';
import { edgeErrorCodes, edgeErrorOf } from '../../src/knowledge/edge-errors.js';
import { edgeHeaders } from '../../src/knowledge/edge-headers.js';
import { edgeProfiles } from '../../src/knowledge/edge-profiles.js';
import { sides } from '../../src/knowledge/sides.js';
import { sourceConflicts } from '../../src/knowledge/source-conflicts.js';
import { caseRules, everyCase, railgunCase, streamCase } from '../../src/knowledge/support-case.js';
import { symptoms } from '../../src/knowledge/symptoms.js';

const codes = Array.from({ length: 2000 }, (_, code) => code).filter((code) => edgeErrorOf(code) !== undefined);

/** The codes that have a page, as the fact sheet lists them. */
const documented = [
  ...[500, 501, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530],
  ...[1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 1016, 1018, 1019],
  ...[1020, 1023, 1025, 1033, 1034, 1035, 1036, 1037, 1040, 1041, 1101, 1102, 1104, 1106, 1200],
];

describe('errors of the edge', () => {
  it('are those with a page, Railgun’s own, and two that are known by their limit', () => {
    expect(codes).toEqual([...documented, 527, 1038, 1205].sort((a, b) => a - b));
    expect(edgeErrorCodes()).toEqual(codes);
  });

  it.each(documented.filter((code) => code < 1000))('%i cites its own page', (code) => {
    expect(edgeErrorOf(code)?.source).toMatch(new RegExp(`^Cloudflare, Errors? .*\\b${code}\\b.* @[0-9a-f]{7}$`));
  });

  it.each([1014, 1034, 1200])('%i cites its page beside the list', (code) => {
    expect(edgeErrorOf(code)?.source).toBe(`Cloudflare, Error ${code}; Cloudflare, 1xxx errors @9e09e9f`);
  });

  it.each([1038, 1205])('%i, which has none, is said to pass, and no more', (code) => {
    const { remedy, source } = edgeErrorOf(code) ?? {};
    expect(remedy).toMatch(/^Try again after \d+ s\.$/);
    expect(source).toBe('Cloudflare, error responses @0cc0c37');
  });

  it('527 cites the page of Railgun’s days', () => {
    expect(edgeErrorOf(527)?.source).toBe('Cloudflare, 5xx troubleshooting, Railgun errors');
  });
});

describe('what is known of them in detail', () => {
  it('is there for every 5xx of the table, and for no other', () => {
    expect(edge5xx.map(({ code }) => code)).toEqual(codes.filter((code) => code < 1000));
  });

  it('is there for every 1xxx that has a page', () => {
    const paged = documented.filter((code) => code >= 1000);
    expect(paged.filter((code) => edge1xxxOf(code) === undefined)).toEqual([]);
    expect(edge1xxxOf(1038) ?? edge1xxxOf(1205)).toBeUndefined();
  });

  it('has of both times the timers that the profiles of the edge have', () => {
    const [before, now] = edgeProfiles;
    const limits = (code: number) =>
      edge5xxOf(code)?.limits.map(({ what, in2023, in2026 }) => [what, in2023 ?? '', in2026]) ?? [];
    expect(limits(522)).toEqual([
      ['SYN+ACK', `${before.connectSeconds} s`, `${now.connectSeconds} s`],
      ['TCP ACK of the request', `${before.ackSeconds} s`, `${now.ackSeconds} s`],
    ]);
    expect(limits(524)[0]).toEqual(['Proxy Read Timeout', `${before.readSeconds} s`, `${now.readSeconds} s`]);
    expect(limits(520)[0]).toEqual([
      'headers of the answer',
      `${before.headerBytes / 1024} KB`,
      `${now.headerBytes / 1024} KB`,
    ]);
  });

  it('files each code under one category', () => {
    const categories = codesWithCategory().map((code) => edgeErrorResponseOf(code).category);
    // 1038 is in the table of times alone.
    expect(categories.filter((category) => category === undefined)).toHaveLength(1);
    expect(new Set(codesWithCategory()).size).toBe(codesWithCategory().length);
  });

  it('leaves open whether to try again where nothing is published', () => {
    const open = [500, 501, 502, 503, 504, 520, 525, 527, 530, 1000].filter(
      (code) => edgeErrorResponseOf(code).retryable === undefined,
    );
    expect(open).toEqual([501, 503, 527, 530]);
  });
});

describe('every statement', () => {
  const of5xx = edge5xx.flatMap(({ conditions, limits, causes, checks, support, changes }) => [
    ...conditions,
    ...limits,
    ...causes,
    ...checks,
    ...support,
    ...changes,
  ]);
  const of1xxx = documented.flatMap((code) => {
    const { causes = [], checks = [], support = [] } = edge1xxxOf(code) ?? {};
    return [...causes, ...checks, ...support];
  });
  const tables = {
    'edge errors': codes.map((code) => edgeErrorOf(code)),
    '5xx': of5xx,
    '1xxx': of1xxx,
    categories: codesWithCategory().map((code) => edgeErrorResponseOf(code)),
    'cache statuses': cacheStatuses,
    'direct reasons': directReasons,
    headers: edgeHeaders,
    symptoms,
    sides,
    support: [...everyCase, ...railgunCase, ...streamCase, ...caseRules],
    conflicts: sourceConflicts.flatMap(({ claims }) => claims),
  } satisfies Record<string, readonly ({ readonly source: string } | undefined)[]>;

  it.each(Object.entries(tables))('of the table of %s has a source', (_, rows) => {
    expect(rows.length).toBeGreaterThan(0);
    // A source names a document or a program, not only what it is.
    expect(rows.filter((row) => !/\w{4,}/.test(row?.source ?? ''))).toEqual([]);
  });

  it('about a conflict says what to go by, and marks a claim that is there as the newer one', () => {
    for (const { id, claims, newer, goBy } of sourceConflicts) {
      expect(goBy, id).toMatch(/\.$/);
      expect(newer === undefined || claims[newer] !== undefined, id).toBe(true);
    }
    expect(new Set(sourceConflicts.map(({ id }) => id)).size).toBe(sourceConflicts.length);
  });

  it('that names a code names one that is explained', () => {
    const named = [
      ...symptoms.flatMap((row) => row.codes.map(({ code }) => code)),
      ...sourceConflicts.flatMap(({ about }) => about.filter((subject) => typeof subject === 'number')),
    ];
    expect(named.filter((code) => edgeErrorOf(code) === undefined)).toEqual([]);
  });
});
