import { describe, expect, it } from 'vitest';
import { listedCodes } from '../../../src/decoders/spelled-code.js';
import { edgeErrorOf } from '../../../src/knowledge/edge-errors.js';
import { symptoms } from '../../../src/knowledge/symptoms.js';
import { explained } from './explained.js';
import {
  stated1xxx,
  stated5xx,
  statedCacheStatuses,
  statedCategories,
  statedConflicts,
  statedLines,
  statedQuietLines,
  statedReasons,
  statedRetry1xxx,
} from './stated-facts.js';

// Every row of the fact sheet against what explain says. What is matched is the text of one finding, so that a cause among
// the conditions would not pass for a cause.

const missing = (text: string, wanted: readonly RegExp[]) =>
  wanted.filter((pattern) => !pattern.test(text)).map((pattern) => `${pattern} in: ${text}`);

describe.each(stated5xx)(
  'error $code',
  ({ code, conditions, causes, fixes, support, category, retryAfter, changes }) => {
    const said = explained(String(code));

    it('comes exactly when the sources say', () => {
      expect(missing(said.of('conditions'), conditions)).toEqual([]);
    });

    it('has the published causes', () => {
      expect(missing(said.of('causes'), causes)).toEqual([]);
    });

    it('has the published ways out', () => {
      expect(missing(`${said.of('meaning')}\n${said.of('causes')}\n${said.of('checks')}`, fixes)).toEqual([]);
    });

    it('goes to support with what it asks for', () => {
      expect(missing(said.of('support'), support)).toEqual([]);
    });

    it('says which pages are newer', () => {
      expect(missing(said.of('conflicts'), changes)).toEqual([]);
    });

    it('is filed and retried as published', () => {
      const retry = said.findings.find(({ rule }) => rule === 'explain/retry');
      if (retryAfter === undefined) expect(retry?.status).toBe('skip');
      else if (retryAfter === null) expect(retry?.says).toMatch(/does not help/);
      else expect(retry?.says).toBe(`${code} may pass: try again after ${retryAfter} s`);
      expect(said.all.includes('"label":"Category"')).toBe(category !== undefined);
      if (category !== undefined) expect(said.all).toContain(`"label":"Category","value":"${category}"`);
    });
  },
);

describe.each(stated1xxx)('error $code', ({ code, cause, remedy, status }) => {
  const said = explained(`error ${code}`);

  it('has the published causes', () => {
    expect(missing(said.of('causes'), cause)).toEqual([]);
  });

  it('has the published remedies', () => {
    const text = ['meaning', 'causes', 'checks', 'support'].map((rule) => said.of(rule)).join('\n');
    expect(missing(text, remedy)).toEqual([]);
  });

  it('comes with the published status', () => {
    expect(said.all).toContain(`"HTTP status","value":"${status ?? 'one of 403, 409, 429 or 530'}"`);
  });

  it('is retried as published', () => {
    const retry = said.of('retry');
    const seconds = statedRetry1xxx[code];
    expect(retry).toContain(seconds === undefined ? 'does not help' : `after ${seconds} s`);
  });
});

describe.each(Object.entries(statedCategories))('the category %s', (category, codes) => {
  it.each(codes)('has %i', (code) => {
    const said = explained(`error ${code}`);
    expect(said.all).toContain(`"label":"Category","value":"${category}"`);
    expect(said.of('meaning')).toContain(`Cloudflare error ${code}`);
    expect(said.of('retry')).toContain(
      statedRetry1xxx[code] === undefined ? 'does not help' : `after ${statedRetry1xxx[code]} s`,
    );
  });
});

it.each(Object.entries(statedRetry1xxx))('%s is retried after %i s', (code, seconds) => {
  expect(explained(`error ${code}`).of('retry')).toContain(`after ${seconds} s`);
});

it.each(Object.entries(statedCacheStatuses))('the cache status %s', (value, says) => {
  expect(explained(value).of('meaning')).toMatch(says);
  expect(explained(value).of('meaning')).toContain(`CF-Cache-Status ${value}`);
});

it('of all cache statuses STALE alone is a clue that the origin is not well', () => {
  const blamed = Object.keys(statedCacheStatuses).filter((value) => /origin's side/.test(explained(value).of('side')));
  expect(blamed).toEqual(['STALE']);
});

describe.each(statedReasons)('direct ($text)', ({ text, says }) => {
  it.each([text, text.toUpperCase(), `direct (${text})`, `Cf-Railgun: direct (${text})`])('as %s', (spelling) => {
    const said = explained(spelling);
    expect(missing(`${said.of('meaning')}\n${said.of('checks')}`, says)).toEqual([]);
  });
});

describe.each(statedLines)('the log line $line', ({ line, says, code }) => {
  it('has its cause, its remedy and what visitors see', () => {
    const said = explained(line);
    expect(said.readings[0]?.kind).toBe('listener-line');
    expect(missing(said.all, says)).toEqual([]);
    const visitors = /visitors get (\d+)/.exec(said.of('conditions'))?.[1];
    expect(visitors).toBe(code === null ? undefined : String(code));
  });
});

it.each(statedQuietLines)('the log line %s is no error', (line) => {
  const said = explained(line);
  expect(said.readings[0]?.kind).toBe('listener-line');
  expect(said.of('side')).toContain('nobody is at fault');
  expect(said.of('support')).toContain('nothing in particular');
});

describe('whatever is said has a source', () => {
  const texts = [
    ...[...listedCodes()].map((code) => `error ${code}`),
    ...Object.keys(statedCacheStatuses),
    ...statedReasons.map(({ text }) => text),
    ...[...statedLines.map(({ line }) => line), ...statedQuietLines],
    ...symptoms.map(({ phrases }) => phrases.join(' ')),
    ...['0031', '5360', '151df128a1', '230b030023ae2822-SJC', '429', 'cf-mitigated: challenge'],
    ...['151df128a1 2.05 0.009465 0031 5360', 'direct', '151df128a1 stream 0.009465 0031 5360'],
  ];

  it.each(texts)('about %s', (text) => {
    const { findings } = explained(text);
    const said = findings.filter(({ status }) => status === 'note');
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter(({ cites }) => cites === '')).toEqual([]);
    // An empty line would be a statement that is missing; a word in braces one that is not filled in.
    expect(
      said.filter(
        ({ says, remedy }) => /^\s*$/m.test(`${says}x\n${remedy}x`) || /\{\w+\}|undefined/.test(remedy + says),
      ),
    ).toEqual([]);
  });
});

it.each(statedConflicts)('$text: the sources disagree, and it says which is newer', ({ text, says }) => {
  expect(missing(explained(text).of('conflicts'), says)).toEqual([]);
});

describe('headers', () => {
  it.each([
    ['cf-mitigated: challenge', /challenge page.*403.*not an error/],
    ['Server: cloudflare', /came through Cloudflare/],
    ['server: cloudflare-nginx', /before about 2017.*Cloudflare generated the error/],
    ['Retry-After: 120', /seconds to wait/],
    ['cf-error-origin: edge', /Which system of Cloudflare/],
    ['cf-error-type: 52x', /code of the error/],
    ['cf-polished: origSize=74088, status=webp_bigger, origFmt=jpeg', /Polish/],
    ['cf-bgj: minify', /minify or imgq/],
    ['cf-resized: internal=ok/MISS n=592 t=0.732 v=2019.7.4', /resizing/],
    ['alt-svc: h3=":443"; ma=86400', /HTTP\/3/],
    ['nel: {"report_to":"cf-nel","max_age":604800}', /cf-nel/],
    ['cf-request-id: 0a1b', /up to 2021/],
    ['X-Accel-Redirect: /x', /removes/],
    ['CF-Connecting-IP: 192.0.2.7', /address of the visitor/],
    ['True-Client-IP: 192.0.2.7', /Enterprise/],
    ['X-Forwarded-For: 192.0.2.7', /appends/],
    ['CF-IPCountry: T1', /XX is unknown, T1 is Tor/],
    ['CF-Visitor: {"scheme":"https"}', /scheme/],
    ['CDN-Loop: cloudflare', /through Cloudflare/],
    ['cf.response.error_type eq "waf"', /managed_challenge.*ratelimit/],
  ])('%s', (header, says) => {
    expect(explained(header).of('meaning')).toMatch(says);
  });
});

it.each([
  ['403', /most come with it, so 1000 and 1002 do: inferred/],
  ['409', /\(1018 and 1023 come with it\)/],
  ['429', /\(1015 comes with it\)/],
])('the status %s has the codes that come with it', (status, says) => {
  expect(explained(status).of('meaning')).toMatch(says);
});

it('a message of curl or of the system is mended as its code is', () => {
  for (const [text, code] of [
    ['ECONNREFUSED', 521],
    ['ETIMEDOUT', 522],
    ['EHOSTUNREACH', 523],
    ['curl: (60)', 526],
  ] as const) {
    expect(explained(text).of('meaning')).toContain(edgeErrorOf(code)?.remedy);
  }
});

it('what is said of the ray id is published', () => {
  const said = explained('CF-RAY: 230b030023ae2822-SJC');
  expect(missing(said.all, [/San Jose/, /not guaranteed to be unique/, /%\{CF-Ray\}i/, /\$http_cf_ray/])).toEqual([]);
});

it('a case for support has what support asks for, and nothing secret', () => {
  const wanted = [
    /UTC/,
    /zone/,
    /how often/,
    /expected/,
    /HAR/,
    /dig and curl/,
    /20 MB/,
    /no ZIP or RAR/,
    /Never send passwords, numbers of cards, private keys or API keys/,
  ];
  expect(missing(explained('520').of('support'), wanted)).toEqual([]);
});

it('Railgun’s case has its own files', () => {
  const wanted = [
    /railgun\.conf \(with activation\.token masked\)/,
    /railgun-nat\.conf/,
    /syslog/,
    /panic\.log/,
    /memcached\.conf/,
  ];
  expect(missing(explained('Cf-Railgun: 151df128a1 stream 0.009465 0031 5360').of('support'), wanted)).toEqual([]);
});

it('stream has its published causes', () => {
  const causes = explained('Cf-Railgun: 151df128a1 stream 0.009465 0031 5360').of('causes');
  expect(missing(causes, [/250000 bytes/, /1 MB/, /memcached/, /64 MB/, /301, 302/, /Content-Type/])).toEqual([]);
});
