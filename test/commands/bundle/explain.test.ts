import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/bundle/explain.js';
import type { BundleFacts } from '../../../src/commands/bundle/facts.js';
import { verdictOf } from '../../../src/model/report.js';
import { failedTrace } from './failed-trace.js';

const factsOf = (name: string): BundleFacts =>
  JSON.parse(readFileSync(`test/fixtures/explain/bundle/${name}.json`, 'utf8')).facts;

const said = (name: string, rule: string) =>
  explain(factsOf(name)).findings.filter((finding) => finding.rule === `bundle/${rule}` && finding.status !== 'skip');

/** All that a person is told first. */
const notes = (name: string) =>
  explain(factsOf(name))
    .blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
    .join('\n');

describe('what a bundle comes to', () => {
  it.each([
    ['handed-over', 'ok'],
    ['handed-over-incomplete', 'fail'],
    ['withheld', 'fail'],
    ['not-written', 'unknown'],
    ['dry-run', 'warn'],
    ['nothing-here', 'warn'],
    ['stopped', 'fail'],
  ])('%s: %s', (name, verdict) => {
    expect(verdictOf(explain(factsOf(name)).findings)).toBe(verdict);
  });

  it('says first where it is, that it was searched, and what to do next', () => {
    expect(notes('handed-over')).toMatch(/^The bundle is in case: 6 files, 30\.2 kB\..*none of 3 known secrets/);
    expect(notes('handed-over')).toContain('Next: read TICKET.txt, fill in what is marked >>>');
    expect(notes('handed-over-incomplete')).toMatch(
      /2 are missing, one of them for want of root|2 are missing, 1 of them for want of root/,
    );
    expect(notes('handed-over-incomplete')).toContain('case-labels.json');
    expect(notes('handed-over-incomplete')).toContain('case.tar.gz');
  });

  it('says first that nothing was handed over, or nothing written', () => {
    expect(notes('withheld')).toBe('A secret is left in 2 files: nothing was handed over, and no folder was made.');
    expect(notes('not-written')).toContain('could not be written');
    expect(notes('dry-run')).toMatch(/^Nothing was written \(--dry-run\)\. There would be 2 files/);
  });

  it('names the place of each secret that is left, and never what it is', () => {
    const [{ says, code } = expect.fail()] = said('withheld', 'handed-over');
    expect(says).toContain('log.txt:17 (activation.token, base64)');
    expect(says).toContain('doctor.json:204 (password of a URL, plain)');
    expect(code).toBe('exposed-secret');
  });

  it('says what root could read, and names once what is missing for one reason', () => {
    const [{ remedy } = expect.fail()] = said('handed-over-incomplete', 'complete');
    expect(remedy).toContain('sudo');
    const [first] = said('nothing-here', 'complete');
    expect(first?.says).toContain('doctor.txt, doctor.json are missing');
    expect(first?.remedy).toContain('HOST');
  });

  it('says how to add what only a person has, one step a line', () => {
    const [{ remedy } = expect.fail()] = said('handed-over-incomplete', 'by-hand');
    expect(remedy.split('\n')).toEqual([
      'By hand: screenshots',
      'In TICKET.txt, or with --zone NAME: the name or ID of the zone',
      'With --origin-log FILE: logs of the origin',
    ]);
  });

  it('says what was to be answered and is not, and the line that gets it', () => {
    const { findings } = explain(failedTrace(factsOf('handed-over')));
    const [{ status, says, remedy } = expect.fail(), ...others] = findings.filter(
      (finding) => finding.rule === 'bundle/complete',
    );
    expect(others).toEqual([]);
    expect([status, says]).toEqual(['warn', expect.stringContaining('trace-shop.test.txt says only why')]);
    expect(says).toContain('the output of /cdn-cgi/trace');
    expect(remedy.split('\n')).toContain('rg-diag trace shop.test');
  });

  it.each(['not-written', 'withheld', 'stopped'])('names no files of a bundle that is nowhere: %s', (name) => {
    const { blocks } = explain(factsOf(name));
    expect(blocks.filter(({ kind }) => kind === 'table')).toEqual([]);
    expect(notes(name)).not.toBe('');
  });

  it.each(['not-written', 'withheld'])('has nobody add to a ticket that is not there: %s', (name) => {
    const { wanted } = factsOf('handed-over-incomplete');
    const { findings } = explain({ ...factsOf(name), wanted });
    expect(findings.find(({ rule }) => rule === 'bundle/by-hand')).toMatchObject({ status: 'skip' });
  });

  it('counts for machines what it says to a person', () => {
    const numbers = (name: string) =>
      Object.fromEntries(explain(factsOf(name)).metrics.map(({ name: metric, value }) => [metric, value]));
    expect(numbers('handed-over')).toMatchObject({
      bundle_handed_over: 1,
      bundle_files: 6,
      bundle_leaks: 0,
      bundle_size_bytes: 30_200,
    });
    expect(numbers('withheld')).toMatchObject({ bundle_handed_over: 0, bundle_leaks: 2 });
    expect(numbers('not-written')).toMatchObject({ bundle_handed_over: 0 });
    expect(numbers('dry-run')).toMatchObject({ bundle_planned_parts: 2, bundle_missing_parts: 1 });
  });
});
