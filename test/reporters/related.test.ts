import { describe, expect, it } from 'vitest';
import type { RelatedFinding } from '../../src/model/finding.js';
import { ticketText } from '../../src/model/ticket.js';
import { createHtml } from '../../src/reporters/html.js';
import { createNagios } from '../../src/reporters/nagios.js';
import type { CreateReporter, View } from '../../src/reporters/reporter.js';
import { columnsOf } from '../../src/reporters/text/columns.js';
import { loadText } from '../../src/reporters/text.js';
import { findingOf, reportOf, runOf, written } from './invented.js';
import { related as invented } from './related.js';

const plain = await loadText({ colour: false });

const belongs = (relation: RelatedFinding['relation'], target: string, says: string): RelatedFinding => ({
  relation,
  rule: 'origin/healthy',
  status: 'fail',
  target,
  says,
});

const cause = (related: readonly RelatedFinding[], again?: string) =>
  findingOf({ status: 'fail', says: 'The cause.', related, ...(again !== undefined && { again }) });

const of = (create: CreateReporter, finding: ReturnType<typeof findingOf>, view: Partial<View> = {}) => {
  const report = reportOf({ verdict: 'fail', findings: [finding] });
  return written(create, { run: runOf({ verdict: 'fail' }), records: [], reports: [{ report, blocks: [] }] }, view);
};

describe('what belongs to a finding', () => {
  const both = [belongs('confirms', 'syslog', 'It is logged.'), belongs('follows', 'a.example', 'It gets 502.')];

  it('stands beneath it in text: what follows first', () => {
    expect(of(plain, cause(both)).split('\n').slice(1, -1)).toEqual([
      '  ✖ The cause.',
      '    ↳ ✖ follows: a.example: It gets 502.',
      '    ≈ ✖ confirmed by syslog: It is logged.',
    ]);
  });

  it('is named with its rule and in full with --verbose only', () => {
    const many = Array.from({ length: 12 }, (_, number) => belongs('follows', `h${number}.example`, 'It gets 502.'));
    const short = of(plain, cause(many));
    expect(short).toContain('(and 4 more; --verbose names them)');
    expect(short).not.toContain('h8.example');
    const verbose = of(plain, cause(many), { verbose: true });
    expect(verbose).toContain('h11.example: It gets 502. [origin/healthy]');
    expect(verbose).not.toContain('more;');
  });

  it.each([40, 80, 120])('stays within %i columns, but for commands', (width) => {
    for (const verbose of width === 40 ? [false] : [true, false]) {
      const lines = written(plain, invented, { width, verbose }).split('\n');
      expect(lines.some((line) => line.includes('follows:'))).toBe(true);
      for (const line of lines.filter((text) => !text.startsWith('    again: '))) {
        expect(columnsOf(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it('is a list of its own for each relation in html', () => {
    const page = of(createHtml, cause(both, "rg-diag probe 'a b'"));
    const [follows, confirms] = ['What follows from it', 'What confirms it'].map((title) => page.indexOf(title));
    expect(page.indexOf('a.example')).toBeGreaterThan(follows ?? -1);
    expect(confirms).toBeGreaterThan(page.indexOf('a.example'));
    expect(page).toContain('<code>rg-diag probe &#39;a b&#39;</code>');
  });

  it('follows its line in the long output for Nagios, where all findings have room', () => {
    const [first, ...long] = of(createNagios, cause(both)).trimEnd().split('\n');
    expect(first).toBe('RG-DIAG DECODE CRITICAL - example.com:443: The cause.');
    expect(long).toEqual([
      '[CRITICAL] example.com:443: The cause.',
      '- follows: [CRITICAL] a.example: It gets 502.',
      '- confirmed by [CRITICAL] syslog: It is logged.',
    ]);
    const findings = Array.from({ length: 60 }, () => cause([belongs('follows', 'b.example', 'x'.repeat(300))]));
    const report = reportOf({ verdict: 'fail', findings });
    const full = written(createNagios, { run: runOf(), records: [], reports: [{ report, blocks: [] }] });
    expect(full.split('\n').filter((line) => line.startsWith('[CRITICAL]'))).toHaveLength(60);
    expect(full).toContain('- follows:');
    expect(full.length).toBeLessThan(4096 + 254);
  });

  it('is indented in a ticket, which has no command to type', () => {
    const finding = cause([...both, belongs('follows', 'a\nb', '\u001b[31m')], 'rg-diag probe a.example');
    const ticket = ticketText('doctor', '1.0.0', [{ report: reportOf({ findings: [finding] }), signals: [] }]);
    expect(ticket.split('\n').slice(5)).toEqual([
      '- fail decode/form: The cause.',
      '  confirms: fail origin/healthy: syslog: It is logged.',
      '  follows: fail origin/healthy: a.example: It gets 502.',
      '  follows: fail origin/healthy: a\\nb: \\x1b[31m',
      '',
    ]);
    const many = Array.from({ length: 100 }, () => belongs('follows', 'a.example', 'It gets 502.'));
    const long = ticketText('doctor', '1.0.0', [{ report: reportOf({ findings: [cause(many)] }), signals: [] }]);
    expect(long.trimEnd().split('\n').at(-1)).toBe('  and 80 more');
  });
});

describe('the command that checks it again', () => {
  it('is one line at any width, whatever its length, and as it is to be typed', () => {
    const command = `rg-diag cert www.example.com --ca-file '/a folder/${'x'.repeat(150)}' --timeout 10`;
    for (const width of [40, 80]) expect(of(plain, cause([], command), { width })).toContain(`again: ${command}\n`);
  });

  it('is not there where it is empty', () => {
    expect(of(plain, cause([], ''))).not.toContain('again');
    expect(of(createHtml, cause([], ''))).not.toContain('Check it again');
  });
});
