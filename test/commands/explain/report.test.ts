import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/commands/index.js';
import { commandSlug } from '../../../src/model/command-slug.js';
import { resolvePointer } from '../../../src/model/pointer.js';
import type { Envelope } from '../../../src/model/report.js';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { closedPort } from '../../servers/peers.js';

const fixtures = 'test/fixtures/explain';

interface Expected {
  readonly status: string;
  readonly code?: string;
  readonly evidence?: readonly string[];
}

interface Fixture {
  readonly facts: object;
  /** By rule; a list where a rule has several. */
  readonly findings: Readonly<Record<string, Expected | readonly Expected[]>>;
}

function fixturesOf(command: string): Fixture[] {
  const folder = `${fixtures}/${commandSlug(command)}`;
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
}

/** Those that judge facts. */
const commands = catalogue.map(({ name }) => name).filter((name) => readdirSync(fixtures).includes(commandSlug(name)));

/** What `--json` would have printed, as far as it is read. */
function saved(command: string, facts: readonly unknown[]) {
  const reports = facts.map((one, index) => ({
    target: `target ${index}`,
    at: '2026-11-20T12:00:00.000Z',
    verdict: 'ok',
    facts: one,
  }));
  return { schema: 'rg-diag/1', command, version: '0.0.1', reports };
}

/** Of one rule they stay in their order. */
function byRule(a: { readonly rule: string }, b: { readonly rule: string }): number {
  return a.rule.localeCompare(b.rule);
}

async function judgeAgain(input: string | Uint8Array) {
  const { stdout, exit } = await rgDiag(['explain', '--report', '-', '--json'], { input });
  const run = JSON.parse(stdout) as Envelope<Record<string, unknown>>;
  expect(validateRun(run)).toEqual([]);
  return { run, exit };
}

describe('saved facts', () => {
  it.each(commands)('of %s are judged as by the command itself', async (command) => {
    const all = fixturesOf(command);
    const { run } = await judgeAgain(
      JSON.stringify(
        saved(
          command,
          all.map(({ facts }) => facts),
        ),
      ),
    );
    expect(run.reports.length).toBe(all.length);
    for (const [index, { facts, findings }] of run.reports.entries()) {
      const expected = Object.entries(all[index]?.findings ?? {}).flatMap(([rule, each]) =>
        [each].flat().map(({ status, code, evidence = [] }) => ({
          rule,
          status,
          ...(code !== undefined && { code }),
          evidence: evidence.map((pointer) => `/facts${pointer}`),
        })),
      );
      const found = findings.map(({ rule, status, code, evidence }) => ({
        rule,
        status,
        ...(code !== undefined && { code }),
        evidence,
      }));
      expect(found.toSorted(byRule)).toEqual(expected.toSorted(byRule));
      for (const { evidence } of findings) {
        for (const pointer of evidence) expect(resolvePointer(facts, pointer), pointer).toBeDefined();
      }
    }
  });

  it('come out of a real run, and mean the same', async () => {
    const { port } = await closedPort();
    const args = ['origin', 'www.example.com', '--ip', '127.0.0.1', '--port', String(port), '--public', 'never'];
    for (const format of ['json', 'ndjson']) {
      const { stdout, exit } = await rgDiag([...args, '-f', format]);
      const again = await judgeAgain(stdout);
      expect([exit, again.exit]).toEqual([2, 2]);
      const [report] = again.run.reports;
      expect(report).toMatchObject({
        target: `www.example.com:${port}`,
        verdict: 'fail',
        facts: { kind: 'saved', command: 'origin', verdictThen: 'fail', facts: { edge: { code: 521 } } },
      });
      expect(report?.findings[0]).toMatchObject({ rule: 'origin/edge-error', status: 'fail' });
    }
  });

  it('that were judged again can be saved and judged again', async () => {
    const first = await judgeAgain(
      JSON.stringify(
        saved(
          'cert',
          fixturesOf('cert').map(({ facts }) => facts),
        ),
      ),
    );
    const second = await judgeAgain(JSON.stringify(first.run));
    expect(second.run.reports.map(({ findings }) => findings)).toEqual(
      first.run.reports.map(({ findings }) => findings),
    );
  });

  it('may be compressed', async () => {
    const text = JSON.stringify(
      saved(
        'decode',
        fixturesOf('decode').map(({ facts }) => facts),
      ),
    );
    expect((await judgeAgain(gzipSync(text))).run.reports.length).toBe(fixturesOf('decode').length);
  });

  it('of a target that was not reached say so again', async () => {
    const failure = {
      code: 'timeout',
      step: 'input',
      blame: 'us',
      detail: 'the deadline of 1 s was reached',
      byRun: true,
    };
    const facts = { kind: 'unmeasured', asked: {}, begun: false, failure };
    const { run, exit } = await judgeAgain(JSON.stringify(saved('cert', [facts])));
    expect([exit, run.reports[0]?.findings[0]?.rule]).toEqual([3, 'cert/reached']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['JSON of something else', '{"a": 1}'],
    ['no reports', '{"schema": "rg-diag/1", "command": "cert", "reports": []}'],
    ['a report without facts', '{"schema": "rg-diag/1", "command": "cert", "reports": [{"target": "x"}]}'],
    [
      'a command that there is not',
      '{"schema": "rg-diag/1", "command": "x", "reports": [{"target": "x", "facts": {"kind": "y"}}]}',
    ],
    [
      'facts with something left out',
      '{"schema": "rg-diag/1", "command": "cert", "reports": [{"target": "x", "facts": {"kind": "server"}}]}',
    ],
    [
      'a command that judges nothing',
      '{"schema": "rg-diag/1", "command": "nc", "reports": [{"target": "x", "facts": {"kind": "y"}}]}',
    ],
    [
      'facts of no kind that there is',
      '{"schema": "rg-diag/1", "command": "cert", "reports": [{"target": "x", "facts": {"kind": "y"}}]}',
    ],
    [
      'half of what was printed',
      JSON.stringify(
        saved(
          'cert',
          fixturesOf('cert').map(({ facts }) => facts),
        ),
      ).slice(0, 5000),
    ],
  ])('%s is no saved report, and no bug', async (_, input) => {
    const { run, exit } = await judgeAgain(input);
    expect(exit).toBe(3);
    expect(run.reports[0]).toMatchObject({
      facts: { kind: 'unread' },
      findings: [{ rule: 'explain/readable', status: 'broken' }],
    });
  });

  it('in a file that is not there are named', async () => {
    const { exit, stdout } = await rgDiag(['explain', '--report', '/nowhere.json']);
    expect([exit, stdout]).toEqual([3, expect.stringContaining('/nowhere.json')]);
  });
});
