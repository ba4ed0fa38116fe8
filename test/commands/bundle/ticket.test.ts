import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BundleFacts } from '../../../src/commands/bundle/facts.js';
import { type DoctorSaid, ticketOf } from '../../../src/commands/bundle/ticket.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Report } from '../../../src/model/report.js';
import { failedTrace } from './failed-trace.js';

const factsOf = (name: string): BundleFacts =>
  JSON.parse(readFileSync(`test/fixtures/explain/bundle/${name}.json`, 'utf8')).facts;

const finding = (more: Partial<Finding>): Finding => ({
  rule: 'origin/edge-error',
  status: 'fail',
  says: 'visitors get 521',
  means: 'The origin refuses the connection.',
  evidence: ['/checks/0'],
  remedy: 'Start it.',
  cites: '',
  ...more,
});

const cause = {
  id: 'connection-refused',
  count: 61,
  first: '2026-11-21T14:00:00.000Z',
  last: '2026-11-21T14:30:00.000Z',
  sample: { line: 7, text: 'dial tcp 10.0.0.9:443: connection refused token=hunter2' },
};

const doctorFacts: unknown = {
  kind: 'doctor',
  checks: [
    { name: 'origin of www.example.com', command: 'origin', outcome: { state: 'ran', verdict: 'fail', reports: [] } },
    { name: 'rg-listener', command: 'listener', outcome: { state: 'ran', verdict: 'ok', reports: [] } },
    {
      name: 'log /var/log/syslog',
      command: 'logs',
      outcome: { state: 'ran', verdict: 'warn', reports: [{ facts: { kind: 'log', causes: [cause] } }] },
    },
    { name: 'memcached', command: 'memcached', outcome: { state: 'skipped', why: '--skip' } },
  ],
};

const doctorSaid = (facts: unknown, findings: readonly Finding[]): DoctorSaid => {
  const report: Report = {
    target: 'this machine',
    at: '2026-11-21T15:00:00.000Z',
    durationMs: 1,
    verdict: 'fail',
    facts,
    findings,
    metrics: [],
  };
  return { reports: [{ report }] };
};

/** Facts of doctor whose log has lines with these causes. */
const logged = (...ids: readonly string[]) => ({
  checks: [
    {
      name: 'log /var/log/syslog',
      command: 'logs',
      outcome: {
        state: 'ran',
        verdict: 'ok',
        reports: [{ facts: { kind: 'log', causes: ids.map((id) => ({ ...cause, id })) } }],
      },
    },
  ],
});

const ranked = [
  finding({
    related: [
      { relation: 'follows', rule: 'logs/cause', status: 'warn', target: 'log', says: '61 requests were refused' },
      { relation: 'confirms', rule: 'probe/open', status: 'fail', target: 'port', says: 'closed' },
    ],
  }),
  finding({ rule: 'memcached/answers', status: 'warn', says: 'memcached is slow', means: '' }),
  finding({ rule: 'trace/answered', status: 'pass', says: 'a trace came' }),
];

/** What stands beneath a heading. */
function sectionOf(text: string, title: string): string {
  const [, after] = text.split(`\n${title}\n${'-'.repeat(title.length)}\n`);
  return after?.split('\n\n')[0] ?? expect.fail(`no section ${title}`);
}

describe('the ticket', () => {
  it('tells what is known, and leaves gaps for what is not', () => {
    const text = ticketOf(factsOf('handed-over'), doctorSaid(doctorFacts, ranked));
    expect(sectionOf(text, 'What happened')).toContain('>>> What visitors see');
    expect(sectionOf(text, 'What happened')).toContain('527 Railgun Listener to origin error');
    expect(sectionOf(text, 'When (UTC)')).toContain('First:     2026-11-21T14:00:00.000Z');
    expect(sectionOf(text, 'When (UTC)')).toContain('Last:      2026-11-21T14:30:00.000Z');
    expect(sectionOf(text, 'How often')).toContain('connection-refused: 61 lines');
    expect(sectionOf(text, 'How often').replace(/\s+/g, ' ')).toContain('about 2 a minute');
    expect(sectionOf(text, 'Where')).toContain('Zone:      example.com');
    expect(sectionOf(text, 'Where')).toContain('https://www.example.com/cart');
    expect(sectionOf(text, 'Where')).toContain('>>> CF-RAY');
    expect(sectionOf(text, 'Where')).toContain('Railgun:   in use, /etc/railgun/railgun.conf');
    expect(sectionOf(text, 'Attached')).toMatch(/^railgun\.conf\.txt {2}configuration of rg-listener$/m);
    expect(text).not.toContain('hunter2');
  });

  it.each([
    ['activation-posted', undefined],
    ['memcached-failed', undefined],
    ['bad-content-length', undefined],
    ['no cause of this version', undefined],
    ['activation-posted', 527],
    ['connection-refused', 524],
    ['connection-refused', 1016],
  ])('reads no time off lines about %s with error %s', (id, code) => {
    const { case: _, asked, ...facts } = factsOf('handed-over');
    const { for: __, ...others } = asked;
    const about = { ...facts, asked: code === undefined ? others : { ...others, for: code } };
    const text = ticketOf(about, doctorSaid(logged(id), []));
    expect(sectionOf(text, 'When (UTC)')).toMatch(/^>>> When/);
    expect(sectionOf(text, 'How often')).toMatch(/^>>> How often/);
    expect(text).not.toContain(id);
  });

  it.each([
    [502, 'connection-refused'],
    [520, 'unknown-authority'],
    [527, 'unknown-authority'],
  ])('reads the time of error %s off lines about %s', (code, id) => {
    const facts = factsOf('handed-over');
    const about = { ...facts, asked: { ...facts.asked, for: code } };
    const text = ticketOf(about, doctorSaid(logged('activation-posted', id), []));
    expect(sectionOf(text, 'When (UTC)')).toContain('First:     2026-11-21T14:00:00.000Z');
    expect(sectionOf(text, 'How often')).toMatch(new RegExp(`^- ${id}: 61 lines`));
    expect(text).not.toContain('activation-posted');
  });

  it('asks for a URL where only a host is named', () => {
    const facts = factsOf('handed-over');
    const where = (...hosts: readonly string[]) =>
      sectionOf(ticketOf({ ...facts, asked: { ...facts.asked, hosts } }), 'Where');
    expect(where('shop.test')).toMatch(/^Host: {6}shop\.test\n>>> URLs/m);
    expect(where('shop.test')).not.toContain('URL:');
    expect(where('shop.test', 'https://shop.test/cart')).toContain('URL:       https://shop.test/cart');
    expect(where('shop.test', 'https://shop.test/cart')).not.toContain('>>> URLs');
  });

  it('has what failed in HTTP archives: when, at which URL, with which ray', () => {
    const facts = factsOf('handed-over');
    const failedRequests = [
      { url: 'https://shop.test/pay', status: 527, at: '2026-11-21T13:00:00.000Z', ray: '8a1b2c3d4e5f6071-AMS' },
      { url: 'https://shop.test/pay', status: 527, at: '2026-11-21T15:00:00.000Z' },
    ];
    const about = { ...facts, asked: { ...facts.asked, hosts: ['shop.test'] }, failedRequests };
    const text = ticketOf(about, doctorSaid(doctorFacts, []));
    expect(sectionOf(text, 'When (UTC)')).toContain('First:     2026-11-21T13:00:00.000Z, in an HTTP archive');
    expect(sectionOf(text, 'When (UTC)')).toContain('Last:      2026-11-21T15:00:00.000Z, in an HTTP archive');
    expect(sectionOf(text, 'Where').match(/^URL:.*$/gm)).toEqual([
      'URL:       https://shop.test/pay (status 527, in an HTTP archive)',
    ]);
    expect(sectionOf(text, 'Where')).toContain('CF-RAY:    8a1b2c3d4e5f6071-AMS');
    expect(sectionOf(text, 'Where')).not.toMatch(/>>> (?:URLs|CF-RAY)/);
    expect(sectionOf(text, 'What to look at')).toContain('8a1b2c3d4e5f6071-AMS');
  });

  it('asks for the code that error 530 wraps', () => {
    const facts = factsOf('handed-over');
    const happened = (code: number, what?: string) => {
      const asked = { ...facts.asked, for: code, ...(what !== undefined && { what }) };
      return sectionOf(ticketOf({ ...facts, asked, case: { code, cause: 'a wrapper' } }), 'What happened');
    };
    expect(happened(530)).toContain('>>> The 1xxx code');
    expect(happened(530, 'visitors see error 1016')).not.toContain('1xxx');
    expect(happened(522)).not.toContain('1xxx');
  });

  it('names what was to be answered and is not, with the line that gets it', () => {
    const text = ticketOf(failedTrace(factsOf('handed-over')));
    expect(sectionOf(text, 'Missing').trim().replace(/\s+/g, ' ')).toBe(
      '- the output of /cdn-cgi/trace: trace-shop.test.txt says only why there is nothing; to get it: rg-diag trace shop.test',
    );
  });

  it('has what was checked and found, the cause first and what belongs to it beneath', () => {
    const text = ticketOf(factsOf('handed-over'), doctorSaid(doctorFacts, ranked));
    expect(sectionOf(text, 'What was checked')).toBe(
      'Failed:    origin of www.example.com\nWarning:   log /var/log/syslog\nWell:      rg-listener',
    );
    expect(sectionOf(text, 'What was found, the most likely cause first')).toBe(
      [
        '1.  fail: visitors get 521 (origin/edge-error)',
        '    The origin refuses the connection.',
        '    - therefore log: 61 requests were refused',
        '    - borne out by port: closed',
        '2.  warn: memcached is slow (memcached/answers)',
      ].join('\n'),
    );
    expect(sectionOf(text, 'What to look at')).toContain('Whether the first finding explains it: visitors get 521');
  });

  it('says what is missing, what only a person can add, and has gaps for what nobody told', () => {
    const text = ticketOf(factsOf('handed-over-incomplete'));
    expect(sectionOf(text, 'Missing')).toContain('- railgun.conf.txt: EACCES');
    expect(sectionOf(text, 'Missing')).not.toContain('panic.log');
    expect(sectionOf(text, 'Only a person can add')).toContain('[ ] screenshots');
    expect(sectionOf(text, 'How often')).toMatch(/^>>> /);
    expect(sectionOf(text, 'What was checked')).toContain('Nothing');
    expect(text).not.toContain('What was found');
    expect(sectionOf(text, 'Attached').replace(/\s+/g, ' ')).toContain('its last 5.0 MB of 1.0 GB');
  });

  it('says where all is well what only Cloudflare can see', () => {
    const well = { ...doctorSaid({ checks: [] }, [finding({ status: 'pass' })]) };
    const [{ report } = expect.fail()] = well.reports;
    const text = ticketOf(factsOf('handed-over'), { reports: [{ report: { ...report, verdict: 'ok' } }] });
    expect(sectionOf(text, 'What was found, the most likely cause first')).toContain('Nothing is wrong');
    expect(sectionOf(text, 'What to look at').replace(/\s+/g, ' ')).toContain('the way from the edge to the origin');
  });

  it('has lines of at most 100 columns, and no character that a terminal would obey, whatever it is told', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '\u001b[31m', '\u202e', '😀', '\r', 'x'.repeat(60), '>'),
    });
    fc.assert(
      fc.property(words, words, fc.jsonValue(), (what, says, facts) => {
        const bundle = factsOf('dry-run');
        const asked = { ...bundle.asked, what, zone: says, hosts: [what] };
        const hostile = { checks: [facts, { name: what, outcome: { state: 'ran', verdict: says, reports: [facts] } }] };
        const text = ticketOf({ ...bundle, asked }, doctorSaid(hostile, [finding({ says, means: what })]));
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
        expect([...text].filter((character) => /[\p{Cc}\u202e]/u.test(character) && character !== '\n')).toEqual([]);
        ticketOf(bundle, doctorSaid(facts, []));
      }),
    );
  });
});
