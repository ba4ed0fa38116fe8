import { describe, expect, it } from 'vitest';
import { caseErrorCodes, caseErrorOf, wantedInCase } from '../../src/decoders/wanted-evidence.js';
import { edge1xxxOf } from '../../src/knowledge/edge-1xxx.js';
import { edge5xx, edge5xxOf } from '../../src/knowledge/edge-5xx.js';
import { everyCase, railgunCase, streamCase } from '../../src/knowledge/support-case.js';

describe('the errors of cases', () => {
  it('are all that some source has, each with what happened', () => {
    const codes = caseErrorCodes();
    expect(codes).toEqual(expect.arrayContaining([...edge5xx.map(({ code }) => code), 1000, 1016, 1101]));
    expect([...codes].sort((a, b) => a - b)).toEqual(codes);
    for (const code of codes) expect(caseErrorOf(code)?.cause, String(code)).toMatch(/\w/);
    expect(caseErrorOf(599)).toBeUndefined();
  });
});

describe('what support asks for', () => {
  it.each(caseErrorCodes())('in cases of %i is what its page names, then what belongs in every case', (code) => {
    const wanted = wantedInCase(code, true);
    const named = (edge5xxOf(code) ?? edge1xxxOf(code))?.support ?? [];
    expect(wanted.slice(0, named.length).map(({ says }) => says)).toEqual(named.map(({ says }) => says));
    for (const { source, says } of wanted) expect(source, says).toMatch(/\w{4,}/);
    // What belongs in every case is asked for once, by whoever says more of it.
    for (const { evidence = [], says } of everyCase) {
      const isThere = wanted.some((item) => item.says === says || item.evidence.some((one) => evidence.includes(one)));
      expect(isThere || says === 'HAR file', says).toBe(true);
    }
  });

  it('leaves out what is about Railgun where that is not in use', () => {
    const says = (railgun: boolean) => wantedInCase(523, railgun).map((item) => item.says);
    expect(says(true).join()).toContain('Railgun');
    expect(says(false).join()).not.toContain('Railgun');
  });

  it('is all of it without an error', () => {
    const says = (railgun: boolean) => wantedInCase(undefined, railgun).map((item) => item.says);
    const all = [...railgunCase, ...streamCase, ...everyCase].map((item) => item.says);
    expect(says(true)).toEqual(all);
    expect(says(false)).toEqual(everyCase.map((item) => item.says));
  });

  it('says how a person hands over what no machine knows', () => {
    const options = Object.fromEntries(wantedInCase(520, false).map(({ says, option }) => [says, option]));
    expect(options).toMatchObject({
      'the cf-ray from the error page': '--ray RAY',
      'the name or ID of the zone': '--zone NAME',
      'two HAR files: one with Cloudflare enabled, one with Cloudflare paused': '--har FILE --har FILE',
    });
  });
});
