import type { Finding, RelatedFinding } from '../../model/finding.js';
import type { CheckOutcome, CheckReport } from './facts.js';
import type { Mask } from './known-secrets.js';
import type { PlannedCheck } from './plan.js';

/** Depth of facts; nothing that is measured is nested so deep. */
const deepest = 100;

/** What became of a check, with every text in it masked; what rg-diag itself calls things (states, rules, codes) stays. */
export function maskedOutcome(outcome: CheckOutcome, mask: Mask): CheckOutcome {
  const { state } = outcome;
  if (outcome.state === 'ran') return { ...outcome, reports: outcome.reports.map((report) => reportOf(report, mask)) };
  if (outcome.state === 'unfinished') {
    const { stopped } = outcome;
    return { ...outcome, stopped: { ...stopped, detail: mask(stopped.detail) } };
  }
  return { ...maskedTexts(outcome, mask), state } as CheckOutcome;
}

/** A check as it may be shown. What it is run with stays. */
export function maskedCheck(check: PlannedCheck, mask: Mask): PlannedCheck {
  const { name, subject, line, why, skipped } = check;
  return { ...check, ...maskedTexts({ name, subject, line, why, ...(skipped !== undefined && { skipped }) }, mask) };
}

/** Every text masked; members are called as they were. */
export function maskedTexts<Value>(value: Value, mask: Mask): Value {
  return masked(value, mask, (members) => members);
}

/** Facts with every text masked, names of members too: hosts of a log and headers are counted by what others called them. */
export function maskedFacts<Value>(facts: Value, mask: Mask): Value {
  return masked(facts, mask, (members) => {
    const names = new Set<string>();
    return members.map(([key, one]) => {
      let name = mask(key);
      // Two that differed only in what is masked are still two.
      while (names.has(name)) name += '…';
      names.add(name);
      return [name, one];
    });
  });
}

type Members = readonly (readonly [name: string, value: unknown])[];

function masked<Value>(value: Value, mask: Mask, renamed: (members: Members) => Members, depth = 0): Value {
  if (typeof value === 'string') return mask(value) as Value;
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  const within = (one: unknown) => masked(one, mask, renamed, depth + 1);
  if (Array.isArray(value)) return value.map(within) as Value;
  return Object.fromEntries(renamed(Object.entries(value)).map(([name, one]) => [name, within(one)])) as Value;
}

function reportOf(report: CheckReport, mask: Mask): CheckReport {
  const { target, facts, findings, metrics, signals } = report;
  return {
    ...report,
    target: mask(target),
    facts: { ...maskedFacts(facts, mask), kind: facts.kind },
    findings: findings.map((finding) => findingOf(finding, mask)),
    metrics: metrics.map((metric) => ({ ...metric, labels: maskedTexts(metric.labels, mask) })),
    signals: maskedTexts(signals, mask),
  };
}

function findingOf(finding: Finding, mask: Mask): Finding {
  const { rule, status, code, evidence, related, ...texts } = finding;
  return {
    ...maskedTexts(texts, mask),
    rule,
    status,
    evidence: evidence.map((pointer) => maskedPointer(pointer, mask)),
    ...(code !== undefined && { code }),
    ...(related !== undefined && { related: related.map((one) => relatedOf(one, mask)) }),
  };
}

function relatedOf(related: RelatedFinding, mask: Mask): RelatedFinding {
  return { ...related, target: mask(related.target), says: mask(related.says) };
}

/** A JSON pointer to where its members are called now. */
function maskedPointer(pointer: string, mask: Mask): string {
  return pointer
    .split('/')
    .map((token) => mask(token.replaceAll('~1', '/').replaceAll('~0', '~')).replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/');
}
