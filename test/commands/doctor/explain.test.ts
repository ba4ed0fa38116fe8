import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/doctor/explain.js';
import type { CheckFacts, DoctorFacts } from '../../../src/commands/doctor/facts.js';
import { consequences } from '../../../src/knowledge/consequences.js';
import { listenerLogLines } from '../../../src/knowledge/listener-log-lines.js';
import { failureCodes } from '../../../src/model/failure.js';
import type { Finding, Status } from '../../../src/model/finding.js';
import { resolvePointer } from '../../../src/model/pointer.js';
import { verdictOf } from '../../../src/model/report.js';
import type { Rule } from '../../../src/model/rule.js';
import { check, doctorFacts, finding, originCheck, report } from './doctor-facts.js';

const slices = [
  'cert',
  'config-check',
  'config-resolve',
  'doctor',
  'listener',
  'logs',
  'memcached',
  'origin',
  'route',
  'trace',
];
const lists: Readonly<Record<string, readonly Rule<never>[]>>[] = await Promise.all(
  slices.map((slice) => import(`../../../src/commands/${slice}/rules/index.ts`)),
);
const ids = new Set(lists.flatMap((list) => Object.values(list).flatMap((rules) => rules.map(({ id }) => id))));

describe('the table of consequences', () => {
  it.each(consequences.map((row, index) => [index, row] as const))(
    'row %i names rules, codes and lines that there are',
    (_, row) => {
      for (const { rules, codes = [] } of [row.cause, row.effect]) {
        expect(rules.length).toBeGreaterThan(0);
        for (const rule of rules) {
          if (rule === '*') continue;
          const fits = rule.startsWith('*/')
            ? [...ids, 'any/reached'].some((id) => id.endsWith(rule.slice(1)))
            : ids.has(rule);
          expect(fits, rule).toBe(true);
        }
        for (const code of codes) expect(failureCodes).toContain(code);
      }
      expect(row.inferred === true || row.source !== '').toBe(true);
      // What a row may say of a note, it has to say.
      expect(row.means ?? 'A sentence.').toMatch(/\.$/);
    },
  );

  it('knows every error of the log of rg-listener', () => {
    const named = new Set(consequences.flatMap(({ effect }) => effect.rules));
    const errors = Object.entries(listenerLogLines).filter(([, { kind }]) => kind === 'error');
    // It is the fault of a client.
    const others = errors.map(([id]) => id).filter((id) => id !== 'bad-content-length' && !named.has(`logs/${id}`));
    expect(others).toEqual([]);
  });
});

const statuses: readonly Status[] = ['pass', 'note', 'warn', 'fail', 'skip', 'broken'];
const isCounting = (status: Status) => status === 'warn' || status === 'fail' || status === 'broken';

/** Numbers from 0 up to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Checks with whatever findings, of rules that there are and of others, and with facts that are odd. */
function arbitraryFacts(seed: number): DoctorFacts {
  const random = randomOf(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const rules = [...ids, 'unheard/of', 'no-slash', ''];
  const hosts = ['a.example.com', 'b.example.com', '*', '', '__proto__', 'A.EXAMPLE.COM'];
  const places = ['10.0.0.1:443', '10.0.0.2:443', '[::1]:11211', '/run/m.sock', 'constructor'];
  const odd: readonly unknown[] = [null, 7, 'text', [], {}, { a: [null] }, undefined];
  const factsOf = () => ({
    kind: 'some',
    host: random() < 0.5 ? pick(hosts) : pick(odd),
    address: random() < 0.5 ? pick(places) : pick(odd),
    addresses:
      random() < 0.3
        ? pick(odd)
        : [{ address: '10.0.0.1', port: 443, from: pick(['dns', 'hosts', 'given']) }, pick(odd)],
    edge: random() < 0.3 ? pick(odd) : { stage: pick(['tcp', 'tls', 'certificate', 'response', null, 'x']) },
    railgun: random() < 0.3 ? pick(odd) : { destination: pick(places), stage: pick(['tcp', 'tls', 'y']) },
    causes: [
      { id: pick(Object.keys(listenerLogLines)), hosts: { [pick(hosts)]: 1 }, destinations: pick(odd) },
      pick(odd),
    ],
    trace: { ts: pick(['1', '1790000000', 'x', null]) },
    failure: pick([...odd, { step: 'connect', byRun: true }, { step: 'tls' }]),
  });
  const findingOf = (): Finding =>
    finding(pick(rules), pick(statuses), random() < 0.5 ? pick(failureCodes) : undefined, {
      evidence: [pick(['/failure', '/nothing', '', 'odd'])],
      remedy: pick(['', 'Do this.']),
      ...(random() < 0.2 && { place: { file: 'f', line: 1 } }),
    });
  const commands = ['config check', 'cert', 'memcached', 'listener', 'logs', 'origin', 'trace', 'unheard'];
  const checks = Array.from({ length: Math.floor(random() * 8) }, (): CheckFacts => {
    const reports = Array.from({ length: Math.floor(random() * 3) }, () =>
      report(factsOf(), ...Array.from({ length: Math.floor(random() * 12) }, findingOf)),
    );
    const made = check(pick(commands), { host: pick(hosts), destination: pick(places) }, ...reports);
    const outcomes: readonly CheckFacts['outcome'][] = [
      made.outcome,
      made.outcome,
      made.outcome,
      { state: 'planned' },
      { state: 'skipped', why: 'left out' },
      { state: 'refused', problem: 'no' },
      { state: 'unfinished', begun: true, stopped: { code: 'timeout', detail: 'over' } },
    ];
    return { ...made, outcome: pick(outcomes) };
  });
  const machine = {
    hosts: random() < 0.5 ? [] : [{ line: 1, address: '10.0.0.1', name: 'a.example.com' }],
    nameServers: [],
    routes: random() < 0.7 ? [] : [{ range: '172.64.0.0/13', route: '172.0.0.0/8', device: 'tun0' }],
    unread: [],
  };
  return doctorFacts(checks, { machine });
}

describe('whatever checks find', () => {
  it.each(Array.from({ length: 40 }, (_, block) => block * 25))(
    'loses none of it, and never calls it well (from seed %i)',
    (from) => {
      for (let seed = from; seed < from + 25; seed += 1) {
        const facts = arbitraryFacts(seed);
        const { findings, metrics, blocks, signals } = explain(facts);
        const found = facts.checks.flatMap(({ outcome }) =>
          outcome.state === 'ran'
            ? outcome.reports.flatMap((one) => one.findings.filter(({ status }) => isCounting(status)))
            : [],
        );
        const told = findings.flatMap(({ rule, related = [] }) => [rule, ...related.map((one) => one.rule)]);
        for (const { rule } of found) {
          const count = (all: readonly string[]) => all.filter((one) => one === rule).length;
          expect(count(told), `${seed} ${rule}`).toBeGreaterThanOrEqual(count(found.map((one) => one.rule)));
        }
        const hasFailed = facts.checks.some(({ outcome }) => outcome.state === 'ran' && outcome.verdict === 'fail');
        const verdict = verdictOf(findings);
        if (hasFailed) expect(verdict, String(seed)).not.toBe('ok');
        for (const one of findings) {
          for (const pointer of one.evidence) expect(resolvePointer(facts, pointer), pointer).toBeDefined();
          if (isCounting(one.status)) {
            expect(one.remedy, one.rule).not.toBe('');
            expect(one.code, one.rule).toBeDefined();
          }
          // A cause is as bad as the worst that follows from it.
          for (const { status } of one.related ?? []) {
            expect(verdictOf([one, { status }])).toBe(verdictOf([one]));
          }
        }
        const names = metrics.map(({ name, labels }) => JSON.stringify([name, labels]));
        expect(new Set(names).size).toBe(names.length);
        expect(explain(structuredClone(facts))).toEqual({ findings, metrics, blocks, signals });
      }
    },
  );

  it('takes time in proportion to it', () => {
    const many = Array.from({ length: 4000 }, (_, index) =>
      originCheck(
        `h${index}.example.com`,
        `10.0.${index >> 8}.${index & 255}`,
        { edge: 'tcp', railgun: 'tcp' },
        finding('origin/edge-error', 'fail', 'connection-refused'),
        finding('origin/railgun', 'fail', 'connection-refused'),
      ),
    );
    const { findings } = explain(doctorFacts(many));
    expect(findings.filter(({ status }) => status === 'fail').length).toBe(4000);
    expect(findings[0]?.related?.map(({ rule }) => rule)).toEqual(['origin/railgun']);
  });
});

/** The first block, which is the answer. */
function answerOf(facts: DoctorFacts): string {
  const [first] = explain(facts).blocks;
  return first?.kind === 'note' ? first.text : '';
}

describe('the answer', () => {
  it('is what is most likely wrong, on whose side, and what to do first', () => {
    const origin = originCheck(
      'www.example.com',
      '10.0.0.12',
      { edge: 'tcp', railgun: 'tcp' },
      finding('origin/edge-error', 'fail', 'connection-refused', {
        says: 'visitors get 521',
        remedy: 'Start the web server.\nThen look.',
      }),
      finding('origin/railgun', 'fail', 'connection-refused'),
    );
    expect(answerOf(doctorFacts([origin]))).toBe(
      'Most likely wrong: origin of www.example.com: visitors get 521. The side to look at is the origin. Do first: Start the web server. 1 other finding belongs to it.',
    );
  });

  it('names the side of the failure: this machine where it failed there', () => {
    const sideOf = (failure: object) => {
      const facts = { edge: {}, undetermined: { stage: 'tcp' }, stages: [{ stage: 'tcp', status: 'fail', failure }] };
      const found = finding('origin/edge-error', 'broken', 'address-unavailable', { evidence: ['/stages/0/failure'] });
      const [, side] = /(The side to look at is [^.]*)/.exec(
        answerOf(doctorFacts([check('origin', { host: 'a.example.com' }, report(facts, found))])),
      ) ?? [undefined, undefined];
      return side;
    };
    expect(sideOf({ code: 'address-unavailable', blame: 'us' })).toBe('The side to look at is this machine');
    expect(sideOf({ code: 'timeout', blame: 'target' })).toContain('The side to look at is the origin');
    // The run ended: that is nobody's failure.
    expect(sideOf({ code: 'timeout', blame: 'us', byRun: true })).not.toContain('this machine');
  });

  it('is how many checks found nothing, where nothing is wrong', () => {
    const well = check('trace', { host: 'a.example.com' }, report({}, finding('trace/answered', 'pass')));
    expect(answerOf(doctorFacts([well, well]))).toBe('2 checks found nothing wrong.');
    expect(verdictOf(explain(doctorFacts([well])).findings)).toBe('ok');
  });

  it('is that nothing was checked, where nothing was', () => {
    const facts = doctorFacts([], { configuration: { state: 'absent', looked: ['/etc/railgun/railgun.conf'] } });
    expect(answerOf(facts)).toContain('there is nothing to check');
    expect(verdictOf(explain(facts).findings)).toBe('unknown');
  });

  it('of --dry-run is no verdict on anything', () => {
    const planned = { ...check('trace', { host: 'a.example.com' }), outcome: { state: 'planned' } as const };
    const { asked } = doctorFacts([]);
    const facts = doctorFacts([planned], { asked: { ...asked, dryRun: true } });
    expect(answerOf(facts)).toContain('1 check to run, and none was run: --dry-run.');
    expect(verdictOf(explain(facts).findings)).toBe('unknown');
    const commands = explain(facts).blocks.find(({ kind }) => kind === 'commands');
    expect(commands).toMatchObject({ lines: ['rg-diag trace a.example.com'] });
  });
});

describe('how a check came out', () => {
  const rowsOf = (facts: DoctorFacts) => {
    const { blocks, metrics, findings } = explain(facts);
    const table = blocks.find(({ kind }) => kind === 'table');
    const values = metrics.filter(({ name }) => name === 'doctor_check').map(({ value }) => value);
    const says = findings.find(({ rule }) => rule === 'doctor/checked')?.says;
    return { rows: table?.kind === 'table' ? table.rows.map(([result]) => result) : [], values, says };
  };
  const well = originCheck('a.example.com', '10.0.0.12', {}, finding('origin/edge-error', 'note'));
  const trace = check('trace', { host: 'a.example.com' }, report({}, finding('trace/answered', 'fail', 'timeout')));

  it('is what it found counts for beside the others', () => {
    expect(rowsOf(doctorFacts([well, trace]))).toMatchObject({ rows: ['ok', 'warning'], values: [0, 1] });
    expect(rowsOf(doctorFacts([trace]))).toMatchObject({ rows: ['failed'], values: [2] });
  });

  it('is well where others know that nothing is wrong', () => {
    const facts = { host: 'a.example.com', address: '10.9.9.9', port: 443 };
    const led = check(
      'trace',
      { host: 'a.example.com' },
      report(facts, finding('trace/answered', 'fail', 'not-proxied')),
    );
    const hosts = [{ line: 1, address: '10.9.9.9', name: 'a.example.com' }];
    const machine = { hosts, nameServers: [], routes: [], unread: [] };
    expect(rowsOf(doctorFacts([well, led], { machine }))).toEqual({
      rows: ['ok', 'ok'],
      values: [0, 0],
      says: '2 checks found nothing wrong',
    });
  });

  it('is its own verdict where no finding is behind it', () => {
    const silent = check('trace', { host: 'a.example.com' }, { ...report({}), verdict: 'fail' });
    expect(rowsOf(doctorFacts([silent]))).toMatchObject({ rows: ['failed'], values: [2] });
  });
});

it('says of lines of the map without a check no more than that', () => {
  const unchecked = [{ line: 3, text: 'default = 10.0.0.9', why: 'it is for every host' }];
  const configuration = { state: 'read', path: 'c', mapFile: 'nat', unchecked } as const;
  const found = explain(doctorFacts([], { configuration })).findings.find(
    ({ rule }) => rule === 'doctor/configuration',
  );
  expect(found?.status).toBe('note');
  expect(found?.means).not.toMatch(/rg-listener|memcached/);
});

describe('beside the findings', () => {
  const failed = {
    ...report({}, finding('origin/edge-error', 'fail', 'timeout')),
    signals: Array.from({ length: 60 }, (_, index) => ['Ray', `${index}${'x'.repeat(5000)}`] as const),
  };
  const facts = doctorFacts([
    check('origin', { host: 'a.example.com' }, failed),
    check('origin', { host: 'a.example.com' }, failed),
  ]);

  it('there are signals of what failed, as many as somebody reads', () => {
    const { signals } = explain(facts);
    expect(signals.length).toBeLessThanOrEqual(40);
    expect(signals.length).toBeGreaterThan(0);
    for (const [, value] of signals) {
      expect(value.length).toBeLessThan(500);
      expect(value).toContain('(origin of a.example.com)');
    }
  });

  it('there is a number for each check, and two of the same name are told apart', () => {
    const { metrics } = explain(facts);
    const own = metrics.filter(({ name }) => name === 'doctor_check');
    expect(own.map(({ value, labels }) => [value, labels['number']])).toEqual([
      [2, undefined],
      [2, '2'],
    ]);
  });
});

it('has fixtures of its own rules, which every other contract is tried on', () => {
  const folder = 'test/fixtures/explain/doctor';
  for (const name of readdirSync(folder)) {
    const { facts, findings } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as {
      facts: DoctorFacts;
      findings: object;
    };
    expect([...new Set(explain(facts).findings.map(({ rule }) => rule))].sort(), name).toEqual(
      Object.keys(findings).sort(),
    );
  }
});
