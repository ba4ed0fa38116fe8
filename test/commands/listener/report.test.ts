import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/listener/explain.js';
import type { SeenFacts } from '../../../src/commands/listener/facts.js';
import type { Block } from '../../../src/model/block.js';

function factsOf(name: string): SeenFacts {
  return JSON.parse(readFileSync(`test/fixtures/explain/listener/${name}.json`, 'utf8')).facts;
}

function remedyOf(facts: SeenFacts, rule: string): string {
  return explain(facts).findings.find((finding) => finding.rule === `listener/${rule}`)?.remedy ?? expect.fail(rule);
}

const answerOf = (facts: SeenFacts) => {
  const [first] = explain(facts).blocks;
  return first?.kind === 'note' ? first.text : expect.fail('no answer');
};

const tablesOf = (blocks: readonly Block[]) =>
  blocks.filter((block) => block.kind === 'table' && block.verbose !== true) as Extract<Block, { kind: 'table' }>[];

describe('the first thing that is said of a listener', () => {
  it.each([
    [
      'good',
      /^Runs as process 2981, listens on all addresses, port 2408, answers with TLS as rg-\w+\.port2408\.net, [\d,]+ requests finished since it began\.$/,
    ],
    ['good-rates', /requests finished: [\d.,]+ a second in the last [\d.]+ s\.$/],
    ['good-unchanged', /as at the last look\.$/],
    [
      'good-host',
      /^Answers at 192\.0\.2\.11:2408 with TLS as rg-\w+\.port2408\.net, how many requests it had is not known\.$/,
    ],
    ['not-running', /^2 failures, 2 warnings; first: no rg-listener runs here\.$/],
    ['refused', /^1 failure; first: no connection to 192\.0\.2\.11:2408: [^.]*(?:\.\d+){3}:2408\.$/],
    ['crash-recent', /^1 warning; first: 1 crash in .*\. Runs as process/],
    ['crash-old', /^Runs as process .*\. 1 note; first: /],
    ['statistics-disabled', /how many requests it had is not known/],
    ['statistics-foreign', /its statistics cannot be read/],
  ])('is how it is, and what is wrong: %s', (name, text) => {
    expect(answerOf(factsOf(name))).toMatch(text);
  });
});

describe('the report of a later look', () => {
  it('holds what moved since the one before, and not the rest', () => {
    const { blocks } = explain(factsOf('good-rates'));
    const [table, ...others] = tablesOf(blocks);
    expect(others).toEqual([]);
    expect(table?.columns.map(({ title }) => title)).toEqual([
      'Statistic',
      'Value',
      expect.stringMatching(/^In \d+ s$/),
    ]);
    expect(table?.rows.length).toBeGreaterThan(0);
    expect(table?.rows.every((row) => row[2] !== '' && !/^0 /.test(row[2] ?? ''))).toBe(true);
    expect(blocks.filter(({ kind, verbose }) => kind === 'pairs' && verbose !== true)).toEqual([]);
  });

  it('holds no table where nothing was made anew', () => {
    const { blocks } = explain(factsOf('good-unchanged'));
    expect(blocks.filter(({ verbose }) => verbose !== true).map(({ kind }) => kind)).toEqual(['note', 'note']);
  });

  it('is whole where it began anew', () => {
    expect(tablesOf(explain(factsOf('restarted')).blocks)[0]?.columns.map(({ title }) => title)).toContain('Meaning');
  });
});

describe('what to do', () => {
  it('says once to start what does not run', () => {
    const remedies = explain(factsOf('not-running')).findings.map(({ remedy }) => remedy);
    expect(remedies.filter((remedy) => remedy.includes('service railgun start'))).toHaveLength(1);
  });

  it('says where to do it, and that a firewall can refuse too, where it is looked at from outside', () => {
    const remedy = remedyOf(factsOf('refused'), 'answers');
    expect(remedy).toContain('On the machine of rg-listener: service railgun start, and ss -ltnp | grep :2408');
    expect(remedy).toContain('firewall');
  });

  it('names the port of the listener, and all that do not answer are a failure', () => {
    const facts = factsOf('group-one-down');
    const other = { ...facts, wan: { ...facts.wan, port: 2411 } };
    expect(remedyOf(other, 'balancer')).toContain('2411');
    expect(remedyOf(other, 'balancer')).not.toContain('2408');
  });

  it('is a command with what is known', () => {
    expect(remedyOf(factsOf('statistics-cut'), 'statistics')).toContain('curl -sg http://127.0.0.1:24088');
    expect(remedyOf(factsOf('statistics-stale'), 'freshness')).toContain('top -p 2981');
    expect(remedyOf(factsOf('retries-now'), 'retries')).toContain('rg-diag listener --watch 60');
    expect(remedyOf(factsOf('panic-log-of-something-else'), 'panic-log')).toContain(
      'sudo head /var/log/railgun/panic.log',
    );
    expect(remedyOf(factsOf('port-of-another-program'), 'port')).toMatch(/ps -fp \d+/);
  });

  it('names the railgun.conf or the addresses that were looked at', () => {
    const facts = factsOf('retries-now');
    const { local, ...outside } = facts;
    if (local === undefined) throw new Error('not of this machine');
    const config = { ...local.config, path: '/srv/a.conf' };
    expect(remedyOf({ ...facts, local: { ...local, config } }, 'retries')).toContain(
      'rg-diag listener --config /srv/a.conf --watch 60',
    );
    expect(remedyOf(outside, 'retries')).toContain(
      'rg-diag listener 127.0.0.1:2408 --stats 127.0.0.1:24088 --watch 60',
    );
    const attempts = [{ state: 'plain' as const, address: '[::1]:2408', connectMs: 1 }];
    expect(remedyOf({ ...outside, wan: { ...facts.wan, attempts } }, 'retries')).toContain("listener '[::1]:2408' --");
  });

  it('holds nothing that a shell would take for a command', () => {
    const facts = factsOf('panic-log-of-something-else');
    const { local } = facts;
    if (local?.panicLog.state !== 'read') throw new Error('no panic log');
    const panicLog = { ...local.panicLog, path: '/tmp/$(id)' };
    expect(remedyOf({ ...facts, local: { ...local, panicLog } }, 'panic-log')).toContain('sudo head FILE');
    const attempts = [{ state: 'plain' as const, address: '$(id):2408', connectMs: 1 }];
    const { local: _, ...outside } = factsOf('retries-now');
    const remedy = remedyOf({ ...outside, wan: { ...facts.wan, attempts } }, 'retries');
    expect([remedy.includes('HOST'), remedy.includes('$')]).toEqual([true, false]);
  });
});
