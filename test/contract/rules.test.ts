import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';
import { commandSlug } from '../../src/model/command-slug.js';
import type { Finding } from '../../src/model/finding.js';
import { resolvePointer } from '../../src/model/pointer.js';
import type { Rule } from '../../src/model/rule.js';
import { validatorOf } from '../schema.js';

interface Expected {
  readonly status: string;
  readonly code?: string;
  readonly evidence?: readonly string[];
}

interface Fixture {
  readonly name: string;
  readonly facts: { readonly kind: string };
  /** By rule; a list where a rule has several. */
  readonly findings: Readonly<Record<string, Expected | readonly Expected[]>>;
}

function fixturesOf(command: string): Fixture[] {
  const folder = join('test/fixtures/explain', commandSlug(command));
  return readdirSync(folder).map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
}

/** The rules for each kind of facts, from the exports of `rules/index.ts`: `rulesOfLog` judges facts of the kind `log`. */
async function rulesByKind(command: string): Promise<[kind: string, rules: readonly Rule<never>[]][]> {
  const folder = `../../src/commands/${commandSlug(command)}/rules`;
  if (!existsSync(join(import.meta.dirname, folder))) return [];
  const lists: Readonly<Record<string, readonly Rule<never>[]>> = await import(`${folder}/index.ts`);
  return Object.entries(lists).map(([name, rules]) => [kindOf(name), rules]);
}

/** `rulesOfNotATrace` → `not-a-trace` */
function kindOf(name: string): string {
  return name
    .replace(/^rulesOf/, '')
    .replace(/(?!^)[A-Z]/g, '-$&')
    .toLowerCase();
}

/** Facts of these kinds are there because something failed: no rule about that can pass. */
const failedKinds: readonly string[] = ['unresolved', 'failed'];

/** Rules of which the kind of facts decides alone: a value that is not malformed was decodable. */
const decidedByKind: Readonly<Record<string, string>> = {
  'value decode/decodable': 'pass',
  'malformed decode/decodable': 'broken',
  'unread decode/readable': 'broken',
  'not-a-trace trace/answered': 'fail',
  'not-a-trace trace/addresses': 'warn',
  'unread cert/readable': 'broken',
  'unread origin/readable': 'broken',
  'unrecognised explain/recognised': 'broken',
  'unread explain/readable': 'broken',
  'unread config-resolve/readable': 'broken',
  'unread har-check/readable': 'broken',
  'unread har-sanitize/readable': 'broken',
};

/** Rules that do not apply where all is well: there is something to judge only when a run was cut short. */
const skippedWhereWell: readonly string[] = [
  'log decode/finished',
  'ports probe/finished',
  'unix probe/finished',
  'origin origin/finished',
  'config config-check/finished',
  'log logs/finished',
  'doctor doctor/finished',
  'bundle bundle/finished',
];

/** Held, or worth knowing with nothing to do about it. */
const isGood = ({ status, remedy }: Finding) =>
  status === 'pass' || status === 'skip' || (status === 'note' && remedy === '');

const commands = (await Promise.all(catalogue.map((row) => row.load()))).map(({ command }) => command);

for (const command of commands) {
  if (command.kind !== 'diagnosis') continue;
  const { explain } = await command.explain();
  const judged = fixturesOf(command.name).map((fixture) => ({
    ...fixture,
    judgement: explain(fixture.facts).findings as readonly Finding[],
  }));
  const kinds = await rulesByKind(command.name);
  const rows = kinds.flatMap(([kind, rules]) => rules.map(({ id }) => ({ kind, id })));

  describe(`the rules of ${command.name}`, () => {
    it.each(judged)('judge $name as written down', ({ judgement, findings }) => {
      const found = judgement.map(({ rule, status, code, evidence }) => [
        rule,
        { status, ...(code !== undefined && { code }), ...(status !== 'skip' && { evidence }) },
      ]);
      const rules = [...new Set(judgement.map(({ rule }) => rule))];
      const judgedBy = rules.map((id) => {
        const each = found.flatMap(([rule, one]) => (rule === id ? [one] : []));
        return [id, each.length === 1 ? each[0] : each];
      });
      expect(Object.fromEntries(judgedBy)).toEqual(findings);
    });

    it.each(judged)('point at evidence that is there in $name, and say what to do', ({ judgement, facts }) => {
      for (const finding of judgement) {
        for (const pointer of finding.evidence) expect(resolvePointer(facts, pointer), pointer).toBeDefined();
        if (finding.status !== 'skip') expect(finding.evidence.length, finding.rule).toBeGreaterThan(0);
        if (finding.status === 'warn' || finding.status === 'fail' || finding.status === 'broken') {
          expect(finding.remedy, finding.rule).not.toBe('');
        }
        expect(finding.rule.startsWith(`${commandSlug(command.name)}/`)).toBe(true);
      }
    });

    it.each(judged)('are tried on facts of the published shape in $name', ({ facts }) => {
      const valid = validatorOf(`${commandSlug(command.name)}.facts`);
      valid(facts);
      expect(valid.errors ?? []).toEqual([]);
    });

    it('are all run, each in its list', () => {
      expect(rows.length).toBeGreaterThan(0);
      for (const { name, facts, judgement } of judged) {
        const ids = rows.filter(({ kind }) => kind === facts.kind).map(({ id }) => id);
        expect([...new Set(judgement.map(({ rule }) => rule))].sort(), name).toEqual(ids.sort());
      }
    });

    it.each(rows)('$id has for the facts of a $kind a fixture that is well and one that is not', ({ kind, id }) => {
      const findings = judged
        .filter(({ facts }) => facts.kind === kind)
        // A rule about being stopped does not apply to what was finished: that is its good case.
        .flatMap(({ judgement }) =>
          judgement.filter(({ rule, status }) => rule === id && (status !== 'skip' || id.endsWith('/finished'))),
        );
      const judgedOnes = findings.filter(({ status }) => status !== 'skip');
      const only = decidedByKind[`${kind} ${id}`];
      if (only !== undefined) {
        expect([...new Set(judgedOnes.map(({ status }) => status))]).toEqual([only]);
        return;
      }
      if (failedKinds.includes(kind) && !judgedOnes.some(isGood)) {
        expect(judgedOnes.some((finding) => !isGood(finding))).toBe(true);
        return;
      }
      const well = skippedWhereWell.includes(`${kind} ${id}`) && judgedOnes.length < findings.length;
      expect({ good: well || judgedOnes.some(isGood), bad: judgedOnes.some((finding) => !isGood(finding)) }).toEqual({
        good: true,
        bad: true,
      });
    });
  });
}
