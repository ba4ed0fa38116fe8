import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/logs/explain.js';
import type { LogsFacts } from '../../../src/commands/logs/facts.js';
import type { Block } from '../../../src/model/block.js';

const factsOf = (name: string): LogsFacts =>
  JSON.parse(readFileSync(`test/fixtures/explain/logs/${name}.json`, 'utf8')).facts;

const textOf = (block: Block | undefined) => (block?.kind === 'note' ? block.text : `no note, ${block?.kind}`);
const answerOf = (facts: LogsFacts) => textOf(explain(facts).blocks[0]);
const remedyOf = (facts: LogsFacts, rule: string) =>
  explain(facts).findings.find((finding) => finding.rule === `logs/${rule}`)?.remedy ?? '';

describe('the answer', () => {
  it.each([
    ['activated', 'No errors that visitors see.'],
    [
      'errors-beyond-warning',
      /^14 errors that visitors saw, mostly connection-timeout of www\.example\.com and 1 more; last at 2026-11-20 11:30:05 UTC\.$/,
    ],
    [
      'errors-of-every-cause',
      /^\d+ errors that visitors saw, most often connection-timeout of .*; also memcached-failed 2 times, .*\.$/,
    ],
    ['errors-without-times-and-hosts', '5 errors that visitors saw, all page-refused.'],
    ['activation-failed', /^Activation failed 3 times, last at .*; no errors that visitors see\.$/],
    ['requests-that-hang-waiting', '2 requests went no further; no errors that visitors see.'],
    ['slow-origin', 'The slowest request took 30 s; no errors that visitors see.'],
    ['debug-logging-left-on', 'Debug lines (log.level = 5) are still written; no errors that visitors see.'],
    ['followed-errors-added', /^8 more errors that visitors saw, all connection-timeout of /],
    ['followed-nothing-yet', 'No line of rg-listener yet.'],
    ['of-others-only', /^No line of rg-listener among 1,000 lines, /],
    ['bytes', 'This is no text.'],
    ['stopped-before-anything', 'Reading ended before any line of rg-listener.'],
    ['quiet-in-that-time', 'rg-listener logged nothing in that time: at log.level = 0 that is how it should be.'],
  ])('of %s comes first', (name, answer) => {
    expect(answerOf(factsOf(name))).toMatch(
      answer instanceof RegExp ? answer : new RegExp(`^${answer.replaceAll(/[.()]/g, '\\$&')}$`),
    );
  });

  it('is the first finding where all is well, as a status line quotes it', () => {
    const passed = explain(factsOf('activated')).findings.find(({ status }) => status === 'pass');
    expect(passed).toMatchObject({ rule: 'logs/visitor-errors', says: 'no error that visitors see is logged' });
  });
});

describe('what is shown', () => {
  it('has in its bars the errors that it counts', () => {
    const facts = factsOf('errors-of-every-cause');
    const { blocks, metrics } = explain(facts);
    const [bars] = blocks.flatMap((block) => (block.kind === 'bars' ? [block] : []));
    const { value } = metrics.find(({ name }) => name === 'railgun_log_visitor_errors') ?? {};
    expect(bars?.title).toContain('Errors that visitors saw');
    expect(bars?.bars.reduce((sum, bar) => sum + bar.value, 0)).toBe(value);
  });

  it('of what was added is only what is new', () => {
    const { blocks } = explain(factsOf('followed-errors-added'));
    expect(blocks.filter(({ verbose }) => verbose !== true).map(({ kind }) => kind)).toEqual(['note', 'table']);
  });

  it('of lines that are no text is one note, without a byte of them', () => {
    const { blocks, findings } = explain(factsOf('bytes'));
    expect(blocks).toContainEqual({ kind: 'note', text: 'Line 1 and 1 others of these are no text.' });
    expect(JSON.stringify([blocks, findings])).not.toContain('ELF');
  });

  it('has no table in which a narrow terminal cuts an id', () => {
    const tables = explain(factsOf('errors-of-every-cause')).blocks.flatMap((block) =>
      block.kind === 'table' ? [block] : [],
    );
    for (const { rows } of tables) {
      const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
      expect(widths.reduce((sum, width) => sum + width + 2, 0)).toBeLessThanOrEqual(60);
    }
  });
});

describe('what to do', () => {
  const facts = factsOf('errors-beyond-warning');
  const withPlaces = (places: object): LogsFacts => ({
    ...facts,
    causes: facts.causes.map((cause) => ({ ...cause, ...places })),
  });

  it('is about the commonest address, and says how many others there are', () => {
    const seen = withPlaces({ destinations: { '192.0.2.99:443': 9, '192.0.2.7:443': 1, '192.0.2.8:443': 1 } });
    expect(remedyOf(seen, 'connection-timeout')).toContain('rg-diag probe 192.0.2.99:443\n');
    expect(remedyOf(seen, 'connection-timeout')).toMatch(/The same for 2 more addresses: rg-diag logs -v/);
    const more = withPlaces({ destinations: { '192.0.2.99:443': 9 }, otherDestinations: 10 });
    expect(remedyOf(more, 'connection-timeout')).toContain('at least 2 more addresses');
    const one = withPlaces({ destinations: { '192.0.2.99:443': 9 } });
    expect(remedyOf(one, 'connection-timeout')).not.toContain('The same for');
  });

  it('never joins a host with the address of another one', () => {
    const hosts = { 'a.example': 9, 'www.example.com': 1 };
    const seen = withPlaces({ hosts, destinations: { '192.0.2.99:80': 9, '192.0.2.7:80': 1 } });
    // The line that was kept has both.
    expect(remedyOf(seen, 'no-response')).toContain('rg-diag origin www.example.com --ip 192.0.2.7\n');
    expect(remedyOf(seen, 'no-response')).toContain('1 more host and 1 more address');
    const single = withPlaces({ hosts, destinations: { '192.0.2.99:80': 10 } });
    expect(remedyOf(single, 'no-response')).toContain('rg-diag origin a.example --ip 192.0.2.99\n');
  });

  describe('about a request that hangs', () => {
    const hung = factsOf('requests-that-hang-waiting');
    const [sample] = hung.requests?.silentSamples ?? [];
    const withSample = (more: object): LogsFacts => ({
      ...hung,
      requests: { ...hung.requests, silentSamples: [{ ...sample, ...more }] } as NonNullable<LogsFacts['requests']>,
    });

    it.each([
      [{ destination: '192.0.2.7:443' }, 'rg-diag origin www.example.com --ip 192.0.2.7 --path /page\n'],
      [{ destination: '192.0.2.7:80' }, 'rg-diag origin www.example.com --ip 192.0.2.7 --mode flexible --path /page\n'],
      [
        { destination: '[2001:db8::7]:8443' },
        'rg-diag origin www.example.com --ip 2001:db8::7 --port 8443 --path /page\n',
      ],
      [
        { destination: '192.0.2.7:443', url: 'http://www.example.com/$(reboot)' },
        'rg-diag origin www.example.com --ip 192.0.2.7\n',
      ],
      [
        { destination: '192.0.2.7:443', url: `http://www.example.com/${'a1'.repeat(20)}` },
        'rg-diag origin www.example.com --ip 192.0.2.7\n',
      ],
      [{ destination: '$(reboot):443', url: '/' }, 'rg-diag origin www.example.com\n'],
    ])('has of %j what a shell leaves alone', (more, command) => {
      expect(remedyOf(withSample(more), 'hung-requests')).toContain(command);
    });

    it('names the one whose last line is the latest, which is the first of the list', () => {
      const at = (second: string) => `2026-11-20T11:28:${second}.000Z`;
      const late = {
        ...sample,
        id: 'aaaaaaaaaa',
        host: 'late.example',
        phases: [{ phase: 'connecting', at: at('30') }],
      };
      const early = {
        ...sample,
        id: 'bbbbbbbbbb',
        host: 'early.example',
        phases: [{ phase: 'waiting', at: at('20') }],
      };
      const facts = {
        ...hung,
        requests: { ...hung.requests, silentSamples: [late, early], silentPhases: { connecting: 1, waiting: 2 } },
      } as unknown as LogsFacts;
      const { blocks, findings } = explain(facts);
      const index = blocks.findIndex((block) => block.kind === 'heading' && block.text.includes('latest first'));
      const list = blocks[index + 1];
      expect(list?.kind === 'pairs' && list.pairs.map(({ label }) => label)).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb']);
      const { says, remedy } = findings.find(({ rule }) => rule === 'logs/hung-requests') ?? {};
      expect(says).toContain('the latest for late.example at 2026-11-20 11:28:30 UTC');
      // What to do is about the step in which most of them hang.
      expect(remedy).toContain('early.example');
    });
  });
});
