import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckFacts } from '../../../src/commands/doctor/facts.js';
import { catalogue } from '../../../src/commands/index.js';
import { commandSlug } from '../../../src/model/command-slug.js';
import type { Envelope } from '../../../src/model/report.js';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { doctorFacts, finding, logCheck, originCheck, report } from '../doctor/doctor-facts.js';

const fixtures = 'test/fixtures/explain';
const formats = ['json', 'ndjson', 'text', 'nagios', 'prometheus', 'html'];

/** Facts of a command as they are after saving. */
function factsOf(command: string): unknown[] {
  const folder = `${fixtures}/${commandSlug(command)}`;
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')).facts as unknown);
}

const commands = catalogue.map(({ name }) => name).filter((name) => readdirSync(fixtures).includes(commandSlug(name)));

/** A doctor with a check of every command that it runs, with real facts, and with what follows from what. */
function wholeDoctor(): unknown {
  const kinds: readonly [string, CheckFacts['kind']][] = [
    ['config check', 'configuration'],
    ['memcached', 'memcached'],
    ['listener', 'listener'],
    ['logs', 'logs'],
    ['origin', 'origin'],
    ['cert', 'certificate'],
    ['trace', 'trace'],
  ];
  const seen = kinds.map(([command, kind]): CheckFacts => {
    const [facts] = factsOf(command);
    const found = finding(`${command.replace(' ', '-')}/answers`, 'fail', 'timeout', {
      place: { file: 'railgun.conf', line: 3 },
      related: [{ relation: 'follows', rule: 'x/y', status: 'warn', target: 'there', says: 'so' }],
    });
    return {
      kind,
      name: `${command} of www.example.com`,
      subject: { host: 'www.example.com', destination: '10.0.0.12:443', file: 'railgun.conf' },
      command,
      line: `rg-diag ${command} www.example.com`,
      why: 'because',
      outcome: { state: 'ran', verdict: 'fail', durationMs: 5, reports: [report(facts as object, found)] },
    };
  });
  const refused = {
    ...originCheck('b.example.com', '10.0.0.13', {}),
    outcome: { state: 'refused', problem: 'no host', hint: 'x' },
  };
  const unfinished = {
    ...originCheck('c.example.com', '10.0.0.14', {}),
    outcome: { state: 'unfinished', begun: true, stopped: { code: 'timeout', detail: 'the deadline' } },
  };
  const log = logCheck(
    [{ id: 'connection-refused', hosts: { 'www.example.com': 4 } }],
    finding('logs/connection-refused', 'warn', 'connection-refused'),
  );
  return doctorFacts([...seen, refused as CheckFacts, unfinished as CheckFacts, log], {
    machine: {
      hosts: [{ line: 2, address: '10.0.0.12', name: 'www.example.com' }],
      nameServers: ['10.0.0.53'],
      routes: [{ range: '172.64.0.0/13', route: '172.0.0.0/8', device: 'tun0' }],
      unread: [{ path: '/proc/net/route', failure: { code: 'read-failed', step: 'input', blame: 'us', detail: 'x' } }],
    },
  });
}

type Place = readonly (string | number)[];

/** Every place in a document, the document itself left out. */
function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const members: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return members.flatMap(([key, one]) => [[...at, key], ...placesIn(one, [...at, key])]);
}

const gone = Symbol('gone');
/** What stands there instead. */
const instead = [gone, null, 0, -1, 1.5, true, '', 'x', [], ['x'], {}, { x: 1 }, [[null]], '\u0000\u202e'] as const;

interface Damage {
  readonly place: number;
  readonly by: number;
}

/** Its own one each time: another damage may be in it. */
function copyOf(value: unknown): unknown {
  return typeof value === 'object' ? structuredClone(value) : value;
}

/** The document with some of its places changed; the kind of its facts stays, as nobody could judge them else. */
function damaged(document: unknown, places: readonly Place[], damages: readonly Damage[]): unknown {
  const copy = structuredClone(document);
  for (const { place, by } of damages) {
    const at = places[place % places.length] ?? [];
    const value = copyOf(instead[by % instead.length]);
    let inner: unknown = copy;
    for (const key of at.slice(0, -1)) {
      inner =
        typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined;
    }
    const last = at.at(-1);
    if (typeof inner !== 'object' || inner === null || last === undefined || (at.length === 1 && last === 'kind'))
      continue;
    // What took the place of an object may be a list, whose length is nobody's.
    if (!Object.hasOwn(inner, last) || last === 'length') continue;
    if (value === gone) delete (inner as Record<string | number, unknown>)[last];
    else (inner as Record<string | number, unknown>)[last] = value;
  }
  return copy;
}

/** Damaged copies, the same ones every time: first each kind of change in turn, then several at once. */
function copiesOf(document: unknown, count: number, seed: number): unknown[] {
  const places = placesIn(document);
  const damage = fc.record({ place: fc.nat(places.length - 1), by: fc.nat(instead.length - 1) });
  const several = fc.array(damage, { minLength: 1, maxLength: 4 });
  return fc.sample(several, { numRuns: count, seed }).map((damages) => damaged(document, places, damages));
}

function saved(command: string, facts: readonly unknown[]): string {
  const reports = facts.map((one, index) => ({
    target: `target ${index}`,
    at: '2026-11-20T12:00:00.000Z',
    verdict: 'ok',
    facts: one,
  }));
  return JSON.stringify({ schema: 'rg-diag/1', command, version: '0.0.1', reports });
}

async function explained(input: string, ...args: string[]) {
  const { stdout, stderr, exit } = await rgDiag(['explain', '--report', '-', ...args], { input });
  expect([0, 1, 2, 3], stderr.slice(0, 2000)).toContain(exit);
  const [, bug] = /(.{0,200}bug in rg-diag.{0,100})/s.exec(stdout + stderr) ?? [];
  expect(bug).toBeUndefined();
  return stdout;
}

describe('saved facts that were damaged', () => {
  const whole = wholeDoctor();

  it('are judged where they were not: a doctor with every check', async () => {
    const { reports } = JSON.parse(await explained(saved('doctor', [whole]), '--json')) as Envelope;
    expect(reports[0]?.facts).toMatchObject({ kind: 'saved', command: 'doctor' });
  });

  it.each([1, 2])('of a doctor are judged, or refused as none, whatever the format (seed %i)', async (seed) => {
    const input = saved('doctor', copiesOf(whole, 60, seed));
    for (const format of formats) {
      const ticket = format === 'text' || format === 'json' ? ['--ticket'] : [];
      const stdout = await explained(input, '-f', format, '-v', ...ticket);
      if (format === 'json') expect(validateRun(JSON.parse(stdout))).toEqual([]);
    }
  });

  it.each([
    ['a line that is a number', { line: 5 }],
    ['a line that is a list', { line: ['rg-diag'] }],
    ['no name', { name: null }],
    ['a subject that is a text', { subject: 'x' }],
    ['findings that are none', { outcome: { state: 'ran', verdict: 'ok', durationMs: 1, reports: [{ findings: 7 }] } }],
  ])('are no facts of a doctor with %s', async (_, change) => {
    const { checks } = whole as { checks: readonly object[] };
    const facts = { ...(whole as object), checks: checks.map((check) => ({ ...check, ...change })) };
    const { reports } = JSON.parse(await explained(saved('doctor', [facts]), '--json')) as Envelope;
    expect(reports[0]).toMatchObject({
      facts: { kind: 'unread', failure: { code: 'malformed' } },
      findings: [{ rule: 'explain/readable', status: 'broken' }],
    });
  });

  it.each(commands)('of %s are judged, or refused as none', async (command) => {
    const facts = factsOf(command);
    const copies = Math.ceil(40 / facts.length);
    const all = facts.flatMap((one, index) => copiesOf(one, copies, index)).slice(0, 40);
    await explained(saved(command, all), '-f', 'text', '-v', '--ticket');
    await explained(saved(command, all), '-f', 'json');
  });
});
