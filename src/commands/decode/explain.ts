import { cfRailgun } from '../../decoders/cf-railgun.js';
import { cfRay } from '../../decoders/cf-ray.js';
import { railgunFlags } from '../../knowledge/railgun-flags.js';
import { railgunFormOf } from '../../knowledge/railgun-forms.js';
import type { Block, Field, Pair } from '../../model/block.js';
import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import type { DecodeFacts, LogFacts, ValueFacts } from './facts.js';
import { logBlocks } from './log-blocks.js';
import { logMetrics, valueMetrics } from './metrics.js';
import { rulesOfLog, rulesOfMalformed, rulesOfUnread, rulesOfValue } from './rules/index.js';

/** What decoded values mean: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: DecodeFacts): Explanation {
  switch (facts.kind) {
    case 'value':
      return {
        findings: judge(rulesOfValue, facts),
        metrics: valueMetrics(facts),
        blocks: valueBlocks(facts),
        signals: [['Value', facts.value]],
      };
    case 'malformed':
      return {
        findings: judge(rulesOfMalformed, facts),
        metrics: [],
        blocks: fieldBlock(facts.value),
        signals: [['Value', facts.value]],
      };
    case 'log':
      return {
        findings: judge(rulesOfLog, facts),
        metrics: logMetrics(facts),
        blocks: logBlocks(facts),
        signals: logSignals(facts),
      };
    case 'unread':
      return { findings: judge(rulesOfUnread, facts), metrics: [], blocks: [], signals: [] };
  }
}

function valueBlocks(facts: ValueFacts): Block[] {
  const pairs: Pair[] = [{ label: 'Form', value: facts.form, means: meansOfForm(facts.form) }];
  if (facts.form === 'ray') {
    pairs.push({ label: 'Ray', value: facts.id ?? '', means: 'names one request; Cloudflare support asks for it' });
    if (facts.colo !== undefined) pairs.push({ label: 'Data centre', value: facts.colo });
    return [{ kind: 'pairs', pairs }];
  }
  if (facts.compressionWorking !== undefined) {
    const value = facts.compressionWorking ? 'worked' : 'no';
    pairs.push({ label: 'Compression', value, status: facts.compressionWorking ? 'pass' : 'note' });
  }
  if (facts.reason !== undefined) pairs.push({ label: 'Reason', value: facts.reason });
  if (facts.id !== undefined) {
    pairs.push({
      label: 'Connection',
      value: facts.id,
      means: 'names the WAN connection or request, as in the log of rg-listener',
    });
  }
  if (facts.ratioPercent !== undefined) {
    const means = `of the original was sent, ${facts.savedPercent} % saved`;
    pairs.push({ label: 'Ratio', value: `${facts.ratioPercent} %`, means });
  }
  if (facts.originTimeSeconds !== undefined) {
    const means = 'rg-listener waited that long for the page from the origin';
    pairs.push({ label: 'Origin time', value: `${facts.originTimeSeconds} s`, means });
  }
  if (facts.flags !== undefined) {
    const count = facts.flags.set.length + facts.flags.unknown.length;
    pairs.push({
      label: 'Flags',
      value: facts.flags.hex,
      means: count === 0 ? 'no bit is set' : 'hexadecimal; the bits are below',
    });
  }
  if (facts.version !== undefined) {
    pairs.push({
      label: 'Version',
      value: facts.version,
      means: 'the first four characters of a hash, which names the release of rg-listener',
    });
  }
  return [...fieldBlock(facts.value), { kind: 'pairs', pairs }, ...flagBlocks(facts), ...causeBlocks(facts)];
}

/** Why a page may not have been compressed, where the value itself does not say it. */
function causeBlocks({ form, reason }: ValueFacts): Block[] {
  const causes = reason === undefined ? (railgunFormOf(form)?.causes ?? []) : [];
  if (causes.length === 0) return [];
  const columns = ['', 'Possible cause'].map((title) => ({ title, align: 'left' as const }));
  return [{ kind: 'table', columns, rows: causes.map((cause, index) => [String(index + 1), cause]) }];
}

function flagBlocks(facts: ValueFacts): Block[] {
  const { flags } = facts;
  if (flags === undefined || flags.value === 0) return [];
  const rows = [
    ...flags.set.map(({ bit, meaning }) => [
      hexOf(bit),
      meaning,
      railgunFlags.find((row) => row.bit === bit)?.meaning ?? '',
    ]),
    ...flags.unknown.map((bit) => [hexOf(bit), 'unknown', 'No published source says what this bit means.']),
  ];
  const columns = ['Bit', 'Flag', 'Meaning'].map((title) => ({ title, align: 'left' as const }));
  return [{ kind: 'table', columns, rows }];
}

/** How a person calls the parts of a value. */
const labels: Readonly<Record<string, string>> = {
  id: 'connection',
  ratioPercent: 'ratio',
  originTimeSeconds: 'origin time',
  colo: 'data centre',
  end: 'should end here',
};

/** The value with its parts marked. Decoding is pure, so the offsets need not be among the facts. */
function fieldBlock(value: string): Block[] {
  const ray = cfRay.decode(value);
  const decoded = ray.ok ? ray : cfRailgun.decode(value);
  const fields: Field[] = decoded.fields.map(({ name, start, end }) => ({ start, end, label: labels[name] ?? name }));
  if (!decoded.ok) {
    const end = /^\S*/.exec(value.slice(decoded.at))?.[0].length ?? 0;
    fields.push({
      start: decoded.at,
      end: decoded.at + Math.max(1, end),
      label: labels[decoded.field] ?? decoded.field,
      status: 'fail',
    });
  }
  return [{ kind: 'fields', source: value, fields, ...(decoded.ok && { verbose: true as const }) }];
}

function logSignals(facts: LogFacts): [string, string][] {
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const signals: [string, string][] = [
    ['Lines', String(facts.lines)],
    ['Values', `${facts.values}, malformed ${facts.malformed}`],
    ['Forms', list(facts.forms)],
    ['Flags', list(facts.flagWords)],
    ['Versions', list(facts.versions)],
    ['Reasons', list(facts.directReasons)],
  ];
  return signals.filter(([, value]) => value !== '');
}

function meansOfForm(form: string): string {
  if (form === 'ray') return 'a CF-RAY value, not a Cf-Railgun header';
  return railgunFormOf(form)?.means ?? '';
}

function hexOf(bit: number): string {
  return `0x${bit.toString(16).padStart(2, '0')}`;
}
