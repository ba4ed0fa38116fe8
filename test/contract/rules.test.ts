import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';
import type { Finding } from '../../src/model/finding.js';
import { resolvePointer } from '../../src/model/pointer.js';
import { validatorOf } from '../schema.js';

interface Fixture {
  readonly name: string;
  readonly facts: unknown;
  /** Rule → status. */
  readonly findings: Readonly<Record<string, string>>;
}

function fixturesOf(command: string): Fixture[] {
  const folder = join('test/fixtures/explain', command);
  return readdirSync(folder).map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
}

const commands = (await Promise.all(catalogue.map((row) => row.load()))).map(({ command }) => command);

for (const command of commands) {
  if (command.kind !== 'diagnosis') continue;
  const { explain } = await command.explain();
  const judged = fixturesOf(command.name).map((fixture) => ({ ...fixture, explanation: explain(fixture.facts) }));

  describe(`the rules of ${command.name}`, () => {
    it.each(judged)('judge $name as written down', ({ explanation, findings }) => {
      const statuses = explanation.findings.map(({ rule, status }: Finding) => [rule, status]);
      expect(Object.fromEntries(statuses)).toEqual(findings);
    });

    it.each(judged)('point at evidence that is there in $name, and say what to do', ({ explanation, facts }) => {
      for (const finding of explanation.findings as Finding[]) {
        for (const pointer of finding.evidence) expect(resolvePointer(facts, pointer), pointer).toBeDefined();
        if (finding.status !== 'skip') expect(finding.evidence.length, finding.rule).toBeGreaterThan(0);
        if (finding.status === 'warn' || finding.status === 'fail' || finding.status === 'broken') {
          expect(finding.remedy, finding.rule).not.toBe('');
        }
        expect(finding.rule.startsWith(`${command.name}/`)).toBe(true);
      }
    });

    it.each(judged)('are tried on facts of the published shape in $name', ({ facts }) => {
      const valid = validatorOf(`${command.name}.facts`);
      valid(facts);
      expect(valid.errors ?? []).toEqual([]);
    });

    it('have each a fixture that passes and one that does not', () => {
      const seen = new Map<string, Set<string>>();
      for (const { findings } of judged) {
        for (const [rule, status] of Object.entries(findings))
          seen.set(rule, (seen.get(rule) ?? new Set()).add(status));
      }
      for (const [rule, statuses] of seen) {
        const good = [...statuses].some((status) => status === 'pass' || status === 'note');
        const bad = [...statuses].some((status) => ['note', 'warn', 'fail', 'broken'].includes(status));
        expect({ rule, good, bad }).toEqual({ rule, good: true, bad: true });
      }
    });
  });
}
