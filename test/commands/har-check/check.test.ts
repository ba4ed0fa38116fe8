import { describe, expect, it } from 'vitest';
import type { HarCheckFacts, HarFacts } from '../../../src/commands/har-check/facts.js';
import type { Report } from '../../../src/model/report.js';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { archive, type Parts, pair } from '../har-sanitize/archives.js';
import { files } from '../har-sanitize/sanitized.js';

const file = files();

async function checked(...args: readonly string[]) {
  const { stdout, stderr, exit } = await rgDiag(['har', 'check', ...args, '--json']);
  expect(stderr).toBe('');
  const document = JSON.parse(stdout);
  expect(validateRun(document)).toEqual([]);
  const [report = expect.fail('no report')] = document.reports as Report<HarCheckFacts>[];
  const bad = report.findings
    .filter(({ status }) => status === 'warn' || status === 'fail' || status === 'broken')
    .map(({ status, rule, code }) => `${status} ${rule} ${code}`);
  return { facts: report.facts as HarFacts, bad, exit, findings: report.findings, stdout };
}

const ray = pair('CF-RAY', '8f0c1d2e3f4a5b6c-FRA');
const through: Parts = { responseHeaders: [pair('Server', 'cloudflare'), ray, pair('cf-cache-status', 'miss')] };
const url = 'https://www.example.com/a?secret=1';

describe('har check', () => {
  it('counts statuses, data centres, cache and Railgun results', async () => {
    const railgun = pair('cf-railgun', '151df128a1 2.05 0.009465 0031 5360');
    const direct = pair('Cf-Railgun', 'direct (waiting for pending WAN connection)');
    const { facts, bad, exit } = await checked(
      file(
        archive(
          { ...through, responseHeaders: [...(through.responseHeaders ?? []), railgun] },
          { ...through, responseHeaders: [ray, direct] },
          { status: 404 },
        ),
      ),
    );
    expect({ bad, exit }).toEqual({ bad: [], exit: 0 });
    const [{ summary } = expect.fail('no archive')] = facts.archives;
    expect(summary).toMatchObject({
      entries: 3,
      throughCloudflare: 2,
      statuses: { 200: 2, 404: 1 },
      colos: { FRA: 2 },
      cacheStatuses: { MISS: 1 },
      railgunForms: { compressed: 1, direct: 1 },
      directReasons: { 'waiting for pending WAN connection': 1 },
      first: '2026-11-20T12:00:00.000Z',
    });
  });

  it('names errors with their rays, without queries', async () => {
    const { bad, findings, stdout, exit } = await checked(file(archive({ ...through, url, status: 522 })));
    expect({ bad, exit }).toEqual({ bad: ['fail har-check/errors cloudflare-error'], exit: 2 });
    const says = findings.find(({ rule }) => rule === 'har-check/errors')?.says;
    expect(says).toBe('1 answer with an error, first GET https://www.example.com/a: 522, ray 8f0c1d2e3f4a5b6c-FRA');
    expect(stdout).not.toContain('secret');
  });

  it('warns of requests without an answer, and not of those that were given up', async () => {
    const lost = { status: 0, more: { _error: 'net::ERR_CONNECTION_RESET' } };
    const { bad, facts } = await checked(
      file(archive(through, lost, { status: 0, more: { _error: 'net::ERR_ABORTED' } })),
    );
    expect(bad).toEqual(['warn har-check/unanswered no-answer']);
    expect(facts.archives[0]?.summary.unansweredCount).toBe(1);
  });

  it('warns of what is slow, and names the phase', async () => {
    const path = file(archive({ ...through, time: 6000, timings: { send: 1, wait: 5900, receive: 99 } }));
    const { bad, findings } = await checked(path);
    expect(bad).toEqual(['warn har-check/slow too-slow']);
    expect(findings.find(({ rule }) => rule === 'har-check/slow')?.says).toContain('mostly wait 5.90 s');
    expect((await checked(path, '--slow', '7')).bad).toEqual([]);
  });

  it('warns where Railgun was never used', async () => {
    const { bad } = await checked(
      file(archive({ responseHeaders: [ray, pair('Cf-Railgun', 'direct (starting new WAN connection)')] })),
    );
    expect(bad).toEqual(['warn har-check/railgun persistent-direct']);
  });

  const compared: readonly (readonly [string, Parts, Parts, string])[] = [
    ['through Cloudflare', { ...through, status: 522 }, {}, 'fail har-check/compared cloudflare-error'],
    ['origin', { ...through, status: 500 }, { status: 500 }, 'fail har-check/compared origin-error'],
    ['direct', through, { status: 500 }, 'warn har-check/compared origin-error'],
    ['answer', { ...through, status: 403 }, {}, 'warn har-check/compared unexpected-value'],
    [
      'time',
      { ...through, time: 4000, timings: { send: 1, wait: 3900, receive: 99 } },
      {},
      'warn har-check/compared too-slow',
    ],
  ];

  it.each(compared)(
    'says that a difference is of the kind %s, whichever archive comes first',
    async (kind, on, paused, worst) => {
      const [first, second] = [
        file(archive({ url, ...on })),
        file(archive({ url: url.replace('=1', '=2'), ...paused })),
      ];
      const forwards = await checked(first, second);
      expect(forwards.facts.comparison).toMatchObject({
        both: 1,
        proxied: 'first',
        differences: 1,
        examples: [{ kind }],
      });
      expect(forwards.bad).toContain(worst);
      const backwards = await checked(second, first);
      expect(backwards.facts.comparison).toMatchObject({ proxied: 'second', examples: [{ kind }] });
      if (kind === 'time') expect(forwards.facts.comparison?.examples[0]?.phase).toBe('wait');
    },
  );

  it('says where two archives are the same, and where they have nothing in common', async () => {
    const path = file(archive(through));
    expect((await checked(path, path)).bad).toEqual([]);
    const other = file(archive({ url: 'https://other.example/' }));
    expect((await checked(path, other)).bad).toEqual(['warn har-check/compared unexpected-value']);
  });

  it.each([
    [[file('{}')], 3, 'so it is no HAR'],
    [['/nowhere/a.har'], 3, 'ENOENT'],
    [['a', 'b', 'c'], 64, 'two archives can be compared'],
    [['-', '-'], 64, 'only once'],
  ])('%j is refused with %i', async (args, status, says) => {
    const { stdout, stderr, exit } = await rgDiag(['har', 'check', ...args]);
    expect(exit).toBe(status);
    expect(stdout + stderr).toContain(says);
  });
});
