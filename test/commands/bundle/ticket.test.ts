import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BundleFacts } from '../../../src/commands/bundle/facts.js';
import { type DoctorSaid, ticketOf } from '../../../src/commands/bundle/ticket.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Report } from '../../../src/model/report.js';

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
