import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/doctor/explain.js';
import type { CheckFacts, DoctorFacts } from '../../../src/commands/doctor/facts.js';
import type { Finding } from '../../../src/model/finding.js';
import { check, doctorFacts, finding, originCheck, report } from './doctor-facts.js';

const shop = 'shop.example.com';
const mapFile = '/etc/railgun/railgun-nat.conf';
const configuration: DoctorFacts['configuration'] = {
  state: 'read',
  path: '/etc/railgun/railgun.conf',
  mapFile,
  unchecked: [],
};
const edgeError = (code: 'connection-refused' | 'timeout' = 'connection-refused') =>
  finding('origin/edge-error', 'fail', code, { says: 'visitors get 521 (Web server is down)', remedy: 'Start it.' });
const railgun = finding('origin/railgun', 'fail', 'connection-refused', {
  says: 'through rg-listener visitors get 527; it connects to 203.0.113.8:443',
  remedy: 'Look at rg-listener.',
});

/** An origin where the map leads, by the line. */
function led(why: string, stage: string, ...found: Finding[]): CheckFacts {
  return { ...originCheck(shop, '203.0.113.8', { edge: stage, railgun: stage }, ...found), why };
}

const first = (checks: readonly CheckFacts[], more: Partial<DoctorFacts> = {}) => {
  const { findings, blocks } = explain(doctorFacts(checks, { configuration, ...more }));
  const [answer] = blocks;
  return { ...findings[0], answer: answer?.kind === 'note' ? answer.text : '' };
};

describe('an origin where a line of the map leads', () => {
  it.each([
    `${mapFile}:12`,
    `named on the command line; ${mapFile}:12; insecure.origin = 1: rg-listener speaks HTTP with it`,
  ])(
    'is told as rg-listener meets it, and what visitors get without it only for the case that DNS leads there too (%s)',
    (why) => {
      const { rule, says, means, remedy, answer, related } = first([led(why, 'tcp', edgeError(), railgun)]);
      expect(rule).toBe('origin/edge-error');
      expect(says).toBe(
        `origin of ${shop} (${mapFile}:12): ${railgun.says}; where DNS leads Cloudflare to the place in the map, ${edgeError().says}`,
      );
      expect(means).toContain('Only rg-listener goes by the map');
      expect(remedy?.split('\n')).toEqual([
        `See whether ${mapFile}:12 is right: it leads rg-listener to 203.0.113.8:443`,
        'Start it.',
      ]);
      expect(answer).toContain(
        'connects to 203.0.113.8:443. The side to look at is the line of the map, or the origin that it leads to.',
      );
      expect(related?.map((one) => one.rule)).toEqual(['origin/railgun']);
    },
  );

  it.each(['named on the command line, with --ip', 'the map names it', `/srv${mapFile}`])(
    'is told as before where DNS or an option leads there (%s)',
    (why) => {
      const { says, answer } = first([led(why, 'tcp', edgeError(), railgun)]);
      expect(says).toBe('origin of shop.example.com: visitors get 521 (Web server is down)');
      expect(answer).toContain('The side to look at is the origin.');
    },
  );

  it('is the right place where it has the page, whatever it answers', () => {
    const { remedy, answer } = first([led(`${mapFile}:12`, 'response', edgeError())]);
    expect(remedy).toBe('Start it.');
    expect(answer).toContain('The side to look at is the origin.');
  });

  it('is one fault of several hosts, whichever line each has', () => {
    const other = { ...led(`${mapFile}:13`, 'tcp', edgeError(), railgun), subject: { host: 'b.example.com' } };
    const found = explain(doctorFacts([led(`${mapFile}:12`, 'tcp', edgeError(), railgun), other], { configuration }));
    expect(found.findings.filter(({ status }) => status === 'fail')).toHaveLength(1);
  });

  it('is said the same in the table', () => {
    const { blocks } = explain(doctorFacts([led(`${mapFile}:12`, 'tcp', edgeError(), railgun)], { configuration }));
    const table = blocks.find(({ kind }) => kind === 'table');
    expect(table?.kind === 'table' && table.rows[0]?.[3]).toMatch(/^through rg-listener visitors get 527/);
  });
});

describe('what rg-listener would meet, where the run ended before', () => {
  const cutStages = [{ stage: 'response', status: 'fail', failure: { code: 'timeout', byRun: true } }];
  const cut = (...found: Finding[]): CheckFacts => {
    const facts = {
      host: shop,
      edge: { stage: 'response' },
      railgun: { destination: '203.0.113.8:443', stages: cutStages },
    };
    return { ...check('origin', { host: shop }, report(facts, ...found)), why: `${mapFile}:12` };
  };
  const slow = finding('origin/railgun', 'fail', 'timeout', {
    says: 'nobody can say',
    remedy: 'Where the origin is only slow: raise lan.timeout in railgun.conf and restart rg-listener.',
    evidence: ['/railgun/stages'],
  });
  const stopped = { code: 'timeout', detail: 'the deadline of 5 s was reached' } as const;

  it('is beneath that, and nothing is to be changed for it', () => {
    const { rule, related, remedy } = first([cut(slow)], { stopped });
    expect([rule, related?.map((one) => one.rule)]).toEqual(['doctor/finished', ['origin/railgun']]);
    expect(remedy).not.toContain('lan.timeout');
  });

  it('is never before what harms', () => {
    const listener = check('listener', {}, report({}, finding('listener/port', 'fail', 'not-running')));
    expect(first([cut(slow), listener], { stopped }).rule).toBe('listener/port');
  });

  it('is not what visitors are said to get', () => {
    const late = { ...edgeError('timeout'), remedy: 'Look.\nRaise lan.timeout above 30 in railgun.conf.' };
    const { rule, says, remedy } = first([cut(late, slow)], { stopped });
    expect(remedy).toBe('Look.');
    expect(rule).toBe('origin/edge-error');
    expect(says).toContain('where DNS leads Cloudflare to the place in the map, visitors get 521');
    expect(says).not.toContain('nobody can say');
  });

  it('is a time to wait like any other where the check alone had no more', () => {
    const { rule, remedy } = first([cut(slow)]);
    expect(rule).toBe('origin/railgun');
    expect(remedy).toContain('lan.timeout');
  });
});
