import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cacheStatuses } from '../../src/knowledge/cache-statuses.js';
import { directReasons } from '../../src/knowledge/direct-reasons.js';
import { codesOf1xxx, edge1xxxOf, statusOf1xxx } from '../../src/knowledge/edge-1xxx.js';
import { edge5xx, edge5xxOf } from '../../src/knowledge/edge-5xx.js';
import { codesWithCategory, edgeErrorResponseOf } from '../../src/knowledge/edge-error-categories.js';
import { edgeErrorCodes, edgeErrorOf } from '../../src/knowledge/edge-errors.js';
import { edgeHeaders } from '../../src/knowledge/edge-headers.js';
import { edgeProfiles } from '../../src/knowledge/edge-profiles.js';
import { edgeVerdicts } from '../../src/knowledge/edge-verdicts.js';
import { edgeErrorOfState } from '../../src/knowledge/proxied-ports.js';
import { railgunFlags } from '../../src/knowledge/railgun-flags.js';
import { sides } from '../../src/knowledge/sides.js';
import { conflictsAbout, sourceConflicts } from '../../src/knowledge/source-conflicts.js';
import { sources } from '../../src/knowledge/sources.js';
import { isStrict, sslModes, sslModesOfEveryPlan } from '../../src/knowledge/ssl-modes.js';
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

  it.each([
    [1038, 60],
    [1205, 5],
  ])('%i, which has none, is said to pass, and no more', (code, seconds) => {
    const { remedy, source } = edgeErrorOf(code) ?? {};
    expect(remedy).toBe(`Try again after ${seconds} s.`);
    expect(source).toMatch(/^Cloudflare, error responses @[0-9a-f]{7} \(2026\)$/);
  });

  it('have a line that says what happened, and one that says what to do', () => {
    for (const code of codes) {
      expect(edgeErrorOf(code)?.cause, String(code)).toMatch(/[^.\s]$/);
      expect(edgeErrorOf(code)?.remedy, String(code)).toMatch(/\w.*\.$/);
    }
  });

  it('have their one line in the row with all the rest', () => {
    for (const code of codes.filter((one) => one !== 1038 && one !== 1205)) {
      expect(edge5xxOf(code) ?? edge1xxxOf(code)).toMatchObject(edgeErrorOf(code) ?? {});
    }
  });

  it('527 cites the page of Railgun’s days', () => {
    expect(edgeErrorOf(527)?.source).toBe('Cloudflare, Troubleshooting 5XX errors (2023)');
  });
});

describe('what is known of them in detail', () => {
  it('is there for every 5xx of the table, and for no other', () => {
    expect(edge5xx.map(({ code }) => code)).toEqual(codes.filter((code) => code < 1000));
  });

  it('is there for every 1xxx that has a page', () => {
    const paged = documented.filter((code) => code >= 1000);
    expect(paged.filter((code) => edge1xxxOf(code) === undefined)).toEqual([]);
    expect(codesOf1xxx()).toEqual(paged);
    expect(edge1xxxOf(1038) ?? edge1xxxOf(1205)).toBeUndefined();
  });

  it('has of both times the timers that the profiles of the edge have', () => {
    const [before, now] = edgeProfiles;
    const limits = (code: number) =>
      edge5xxOf(code)?.limits.map(({ what, in2023, in2026 }) => [what, in2023 ?? '', in2026 ?? '']) ?? [];
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

  it('has no figure of a page of 2023 for 2026, and names the copy that a figure is from', () => {
    expect(edge5xxOf(527)?.limits).toEqual([
      { what: 'lan.timeout of rg-listener, by default', in2023: '30 s', source: sources.of2023 },
    ]);
    const all = edge5xx.flatMap(({ limits }) => limits);
    for (const { what, in2023, in2026, source } of all) {
      expect([what, in2023 ?? in2026]).not.toEqual([what, undefined]);
      if (in2026 !== undefined) expect([what, source]).not.toEqual([what, sources.of2023]);
    }
    const byOlderCopy = all.filter(({ source }) => /a copy older than that of July 2026/.test(source));
    expect(byOlderCopy.map(({ in2026 }) => in2026)).toEqual(['30 s', '900 s', '90 s', '30 s']);
  });

  it('has the status of 1000 and 1002 as inferred, wherever it stands, and the disagreement about it', () => {
    for (const code of [1000, 1002]) {
      expect(statusOf1xxx(code)).toMatchObject({ code: 403, inferred: true });
      expect(conflictsAbout(code).map(({ id }) => id)).toEqual(['1000-status']);
      const rows = edgeVerdicts.filter(({ errorCode }) => errorCode === code);
      expect(rows.map((row) => [row.code, row.inferred])).toEqual(rows.map(() => [403, true]));
      expect(rows.length).toBeGreaterThan(0);
    }
    expect([1015, 1016, 1018].map((code) => statusOf1xxx(code))).toEqual(
      [429, 530, 409].map((code) => ({ code, source: expect.any(String) })),
    );
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

describe('ports of an origin', () => {
  it.each([
    ['closed', 521],
    ['filtered', 522],
    ['unreachable', 523],
  ])('a port that is %s gives %i, as the edge’s failure to connect does', (state, code) => {
    expect(edgeErrorOfState(443, state)).toMatchObject({ code, source: sources[`e${code}` as 'e521'] });
    expect(edgeErrorOfState(22, state)).toBeUndefined();
  });

  it.each(['open', '', 'toString'])('a port that is %j gives none', (state) => {
    expect(edgeErrorOfState(443, state)).toBeUndefined();
  });
});

describe('SSL/TLS modes', () => {
  it('are four in every plan, and a fifth', () => {
    expect(sslModes.map(({ id }) => id)).toEqual(['off', 'flexible', 'full', 'strict', 'origin-pull']);
    expect(sslModes.slice(0, 4)).toEqual(sslModesOfEveryPlan);
    expect(sslModes[4]).toMatchObject({
      name: 'Strict (SSL-Only Origin Pull)',
      toOrigin: expect.stringMatching(/^always HTTPS/),
      withoutHandshake: 525,
      withInvalidCertificate: 526,
    });
  });

  it('are strict where an invalid certificate is an error', () => {
    for (const { id, withInvalidCertificate } of sslModes) expect(isStrict(id)).toBe(withInvalidCertificate === 526);
  });
});

describe('labels of sources', () => {
  const files = readdirSync('src/knowledge').filter((file) => file !== 'sources.ts');
  const textOf = (file: string) =>
    readFileSync(`src/knowledge/${file}`, 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');

  it('are each there once', () => {
    expect(new Set(Object.values(sources)).size).toBe(Object.keys(sources).length);
  });

  // The profiles name four pages in one short label; what decodes a header loads no file that it can do without.
  const exempt = ['edge-profiles.ts', 'direct-reasons.ts', 'railgun-flags.ts'];

  it('are the same where they are spelled all the same', () => {
    const known: readonly string[] = Object.values(sources);
    const spelled = [...directReasons, ...railgunFlags].map(({ source }) => source.replace(/ \(documented .*\)$/, ''));
    expect(spelled.filter((source) => !known.includes(source))).toEqual([]);
  });

  it.each(files.filter((file) => !exempt.includes(file)))('are not spelled in %s', (file) => {
    const text = textOf(file);
    expect(text.match(/@[0-9a-f]{7}\b/g)).toBeNull();
    expect(Object.values(sources).filter((label) => text.includes(label))).toEqual([]);
  });
});
