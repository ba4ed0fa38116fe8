import { describe, expect, it } from 'vitest';
import { edgeErrorOf } from '../../src/knowledge/edge-errors.js';

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
