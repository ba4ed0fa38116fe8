import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/origin/explain.js';
import type { OriginFacts, SeenFacts } from '../../../src/commands/origin/facts.js';
import { maskedQueries, maskedUrl } from '../../../src/commands/origin/masked-url.js';
import { type StageSeen, stageNames } from '../../../src/decoders/origin-stages.js';
import { failureCodes } from '../../../src/model/failure.js';
import { resolvePointer } from '../../../src/model/pointer.js';
import { verdictOf } from '../../../src/model/report.js';
import { ticketText } from '../../../src/model/ticket.js';
import { columnsOf } from '../../../src/reporters/text/columns.js';
import { loadText } from '../../../src/reporters/text.js';
import { reportOf } from '../../reporters/invented.js';

const folder = 'test/fixtures/explain/origin';
const names = readdirSync(folder).map((name) => name.replace('.json', ''));

function factsOf(name: string): OriginFacts {
  return JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')).facts;
}

function seenOf(name: string): SeenFacts {
  const facts = factsOf(name);
  if (facts.kind !== 'origin') throw new Error(`${name} is not about an origin that was looked at`);
  return facts;
}

/** What a person reads, in lines of `width` columns. */
const createText = await loadText({ colour: false });

function textOf(facts: OriginFacts, view: { readonly verbose?: boolean; readonly width?: number } = {}): string {
  const { findings, blocks } = explain(facts);
  const report = reportOf({ target: 'www.example.com', verdict: verdictOf(findings), facts, findings });
  return createText('origin', { colour: false, width: 120, verbose: false, ...view }).report(report, blocks);
}

/** The same without what only lays it out. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function ticketOf(facts: OriginFacts): string {
  const { findings, signals } = explain(facts);
  return ticketText('origin', '1.0.0', [{ report: reportOf({ findings }), signals }]);
}

describe('a redirect in a circle', () => {
  const loop = seenOf('redirect-loop');
  const shown = (asked: Partial<SeenFacts['asked']>) =>
    explain({ ...loop, asked: { ...loop.asked, ...asked } }).findings.find(({ rule }) => rule === 'origin/edge-error');

  it('over HTTP ends with another mode, asked for with the same authorities', () => {
    const found = shown({ mode: 'flexible', addCa: ['my ca.pem'] });
    expect(found?.says).toContain('redirects to HTTPS, and Cloudflare asks it over HTTP again');
    expect(found?.remedy).toContain('take the mode Full (strict)');
    expect(found?.remedy).toContain("--add-ca 'my ca.pem' --mode strict");
  });

  it.each(['full', 'strict', 'origin-pull'] as const)('over HTTPS is no matter of the mode: %s', (mode) => {
    const found = shown({ mode });
    expect(found?.says).toContain('redirects to the very URL that was asked for');
    expect(found?.remedy).toContain('Drop the redirect at the origin');
    expect(found?.remedy).not.toContain('--mode');
    expect(found?.remedy).not.toContain('Full (strict)');
  });
});

describe('what a person reads', () => {
  it.each([
    ['healthy', ['Visitors get no error', 'response ok 42.5 ms 200 OK', 'Edge profile 2026: 19 s to connect']],
    [
      'refused',
      [
        'visitors get 521 (Web server is down): 203.0.113.7:443 refuses connections',
        "ss -ltnp 'sport = :443'",
        'rg-diag probe 203.0.113.7 80 443',
        'https://www.cloudflare.com/ips-v4',
        'rg-diag explain 521',
      ],
    ],
    [
      'no-answer-to-syn',
      [
        'did not answer within 2 s; the edge waits 19 s',
        'rg-diag route 203.0.113.7 --port 443',
        'an MTR or traceroute from the origin to a Cloudflare address that its logs show',
      ],
    ],
    [
      'no-answer-to-syn-2023',
      ['did not answer within 15 s', 'Edge profile 2023: 15 s to connect, 100 s to answer, 16 KB'],
    ],
    ['unacknowledged', ['did not acknowledge the request within 90 s', 'visitors get 522 (Connection timed out)']],
    ['no-answer-to-request', ['visitors get 524 (A timeout occurred)', 'within 5 s; the edge waits 120 s']],
    [
      'handshake-alert',
      ['visitors get 525 (SSL handshake failed)', 'rg-diag cert 203.0.113.7:443 --servername www.example.com'],
    ],
    [
      'no-answer-untold',
      ['whether the request was acknowledged cannot be told on this system, so that it may be 522', '524'],
    ],
    ['answer-begun', ['began its answer and did not end its headers within 5 s; the edge waits 120 s']],
    ['body-stopped-short', ['only 512 of the 4096 bytes that Content-Length declares came', 'curl -sv -o /dev/null']],
    ['stopped-between-attempts', ['not finished: ', 'Visitors get no error']],
    ['handshake-silent', ['did not finish the TLS handshake within 19 s']],
    ['not-tls', ['203.0.113.7:443 does not speak TLS', 'listen 443 ssl']],
    ['client-certificate-demanded', ['Authenticated Origin Pulls', '--client-cert FILE']],
    [
      'certificate-refused',
      [
        'visitors get 526 (Invalid SSL certificate): the certificate is expired and for another name',
        'Full accepts any',
      ],
    ],
    ['certificate-self-signed-under-full', ['Full takes it, but under Full (strict) visitors would get 526']],
    [
      'empty-reply',
      ['visitors get 520 (Web server returns an unknown error)', 'two HAR files', 'rg-diag trace www.example.com'],
    ],
    ['own-503', ['the origin itself answers 503 Service Unavailable, which Cloudflare hands on', 'the origin’s own']],
    ['redirect-loop', ['visitors are sent in a circle', '--mode strict']],
    ['name-not-found', ['visitors get 530 (error 1016, Origin DNS error)', 'rg-diag explain 1016']],
    [
      'host-is-proxied',
      ['nobody can say from here which error visitors get', 'rg-diag origin www.example.com --ip ADDRESS'],
    ],
    ['one-of-two-addresses-dead', ['visitors get 521 (Web server is down) now and then', 'Stages of 203.0.113.8:443']],
    ['fails-now-and-then', ['525 in 2 of 5 attempts', '2 of 5 attempts failed (525)', 'attempt 3']],
    [
      'public-522-and-direct-healthy',
      ['although the direct path is healthy: the origin or its firewall drops or limits', 'Amsterdam, Netherlands'],
    ],
    [
      'public-healthy-and-direct-522',
      ['visitors would get 522', 'but Cloudflare answers 200 now', 'admit Cloudflare only'],
    ],
    ['public-from-cache-and-direct-522', ['out of its cache (STALE), which hides that the origin fails']],
    ['railgun-refused', ['Through rg-listener', 'through rg-listener visitors get 527', ':443:connection refused']],
    ['railgun-port-lost', ['and not from port 2083, which was asked for', 'HOST:2083 = ADDRESS:2083']],
    ['flexible-on-8443', ['(on this port as Full)']],
    ['stopped-while-connecting', ['Visitors get unknown', 'Give the run more time']],
  ])('of %s', (name, phrases) => {
    const text = flat(textOf(factsOf(name)));
    for (const phrase of phrases) expect(text).toContain(phrase);
  });

  it.each(names)('of %s stays within the width, verbose or not', (name) => {
    for (const verbose of [false, true]) {
      for (const line of textOf(factsOf(name), { verbose, width: 110 }).split('\n')) {
        expect(columnsOf(line), line).toBeLessThanOrEqual(110);
      }
    }
  });

  it('names no error where the run has none', () => {
    for (const name of names) {
      const facts = factsOf(name);
      const [first] = explain(facts).findings;
      if (first?.rule !== 'origin/edge-error' || first.status !== 'pass') continue;
      expect(first.says).toMatch(/^no error: /);
      expect(first.means + first.remedy).toBe('');
    }
  });

  it('has the raw signals with --verbose', () => {
    const facts = factsOf('healthy-in-every-way');
    expect(flat(textOf(facts, { verbose: true }))).toContain('text/html');
    expect(textOf(facts, { verbose: true })).toContain('visit_scheme');
    expect(textOf(facts)).not.toContain('visit_scheme');
  });
});

it('says only once that the run ended', () => {
  const facts = factsOf('stopped-while-connecting');
  expect(flat(textOf(facts))).not.toContain('not finished');
  expect(explain(facts).findings[0]?.says).toMatch(/the run ended before this was over \(.+\)$/);
});

it('says nothing of acknowledgements where they were seen, or the answer had begun', () => {
  for (const name of ['no-answer-to-request', 'answer-begun']) {
    expect(flat(textOf(factsOf(name)))).not.toContain('cannot be told on this system');
  }
});

describe('what an error means', () => {
  it.each([
    ['refused', 'the origin, or a firewall right before it'],
    ['no-route', 'the path to the origin'],
    ['name-not-found', 'the name server, or the records in DNS'],
    ['own-503', 'the fault is on the side of the origin'],
  ])('of %s says whose side it is', (name, side) => {
    const [first] = explain(factsOf(name)).findings;
    expect(first?.means).toContain(side);
  });
});

it('says once what no page says, and what the sources do not agree on', () => {
  const inferred = '(inferred: no page says so)';
  expect(flat(textOf(factsOf('handshake-silent'), { verbose: true })).split(inferred)).toHaveLength(2);
  for (const name of ['refused', 'own-503', 'healthy']) expect(textOf(factsOf(name))).not.toContain(inferred);
  expect(flat(textOf(factsOf('railgun-certificate')))).toMatch(/or 5\d\d: the sources differ/);
});

describe('the ticket', () => {
  it.each(names)('of %s has the URL, and labels that leave a blank', (name) => {
    const ticket = ticketOf(factsOf(name));
    expect(ticket).toMatch(/^URL: {9}https?:/m);
    for (const [label] of explain(factsOf(name)).signals ?? []) expect(label.length).toBeLessThan(12);
  });

  it('has what support asks for', () => {
    const ticket = ticketOf(factsOf('public-522-too'));
    expect(ticket).toContain('Visitors:    522, Connection timed out\n');
    expect(ticket).toContain('Stage:       tcp failed after 2.0 s: timeout, ');
    expect(ticket).toContain('Ray id:      2848f5c229e802d9-AMS\n');
    expect(ticket).toContain('Trace:       colo=AMS\n');
  });

  it('and the text hold no secret of the URL', () => {
    const facts = factsOf('port-not-cached');
    const all = [ticketOf(facts), textOf(facts, { verbose: true })].join('\n');
    expect(all).toContain('?token=***&page=2');
    expect(all).not.toContain('abc');
  });
});

describe('maskedUrl', () => {
  it.each([
    ['https://www.example.com/', 'https://www.example.com/'],
    ['https://www.example.com/?page=2', 'https://www.example.com/?page=2'],
    ['https://www.example.com/?a=1&api_key=x&b=2', 'https://www.example.com/?a=1&api_key=***&b=2'],
    ['https://www.example.com/?%74oken=x', 'https://www.example.com/?%74oken=***'],
    ['https://www.example.com/?q=1?Password=x;sig=y', 'https://www.example.com/?q=1?Password=x;sig=***'],
    ['https://user:word@www.example.com/?code=1', 'https://***@www.example.com/?code=***'],
    ['https://www.example.com/?secret=', 'https://www.example.com/?secret=***'],
  ])('%s', (url, expected) => {
    expect(maskedUrl(url)).toBe(expected);
  });
});

describe('maskedQueries', () => {
  it.each([
    ['GET /?token=abc&page=2, acknowledged', 'GET /?token=***&page=2, acknowledged'],
    ['is it so? yes: a=1', 'is it so? yes: a=1'],
    ['Location: https://www.example.com/a?key=1 and more', 'Location: https://www.example.com/a?key=*** and more'],
  ])('%s', (text, expected) => {
    expect(maskedQueries(text)).toBe(expected);
  });
});

const failure = fc.record({
  code: fc.constantFrom(...failureCodes),
  step: fc.constantFrom('input', 'resolve', 'connect', 'tls', 'request', 'exchange', 'decode'),
  blame: fc.constantFrom('us', 'resolver', 'path', 'target'),
  detail: fc.string(),
});

const outcome = fc.oneof(
  fc.record({ status: fc.constant('pass'), says: fc.string(), ms: fc.double({ min: 0, max: 1e6, noNaN: true }) }),
  fc.record({ status: fc.constantFrom('fail', 'warn'), failure }),
  fc.record({ status: fc.constant('skip'), reason: fc.string() }),
);

const anyStages = fc
  .tuple(outcome, outcome, outcome, outcome, outcome, outcome)
  .map((all) => all.map((one, index) => ({ stage: stageNames[index], ...one }) as StageSeen));

it('judges whatever stages there are: no rule breaks, and none that failed is called healthy', () => {
  fc.assert(
    fc.property(
      anyStages,
      fc.constantFrom(...names.filter((name) => factsOf(name).kind === 'origin')),
      fc.constantFrom('off', 'flexible', 'full', 'strict', 'origin-pull'),
      fc.constantFrom('2023', '2026'),
      (stages, name, mode, edgeProfile) => {
        const base = seenOf(name);
        const addresses = base.addresses.map((address) => ({
          ...address,
          attempts: address.attempts.map((attempt) => ({ ...attempt, stages })),
        }));
        const facts: SeenFacts = { ...base, stages, addresses, asked: { ...base.asked, mode, edgeProfile } };
        const { findings } = explain(facts);
        for (const { says, evidence } of findings) {
          expect(says).not.toContain('this rule failed');
          for (const pointer of evidence) expect(resolvePointer(facts, pointer), pointer).toBeDefined();
        }
        // What a certificate is worth, its chain decides, and the mode.
        const isFailed = stages.some(({ stage, status }) => stage !== 'certificate' && status === 'fail');
        if (isFailed) expect(findings[0]?.status).not.toBe('pass');
        expect(textOf(facts)).not.toContain('undefined');
      },
    ),
    { numRuns: 200 },
  );
});
