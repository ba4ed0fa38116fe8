import type { Finding } from '../../model/finding.js';
import { message, sentence } from './message.js';

/** A `reportingDescriptor` of SARIF (3.49). */
export interface RuleEntry {
  readonly id: string;
  readonly shortDescription?: object;
  readonly help?: object;
  readonly properties?: { readonly cites: string };
}

/** Each rule once, in the order of its first finding, with what its findings say of it; those that pass say less. */
export function ruleEntries(findings: readonly Finding[]): RuleEntry[] {
  const rules = new Map<string, { means: string; says: string; remedy: string; cites: string }>();
  for (const { rule, means, says, remedy, cites } of findings) {
    const known = rules.get(rule) ?? { means: '', says: '', remedy: '', cites: '' };
    rules.set(rule, {
      means: known.means || means,
      says: known.says || says,
      remedy: known.remedy || remedy,
      cites: known.cites || cites,
    });
  }
  return [...rules].map(([id, { means, says, remedy, cites }]) => ({
    id,
    ...((means || says) !== '' && { shortDescription: message(sentence(means || says)) }),
    ...(remedy !== '' && { help: message(remedy) }),
    ...(cites !== '' && { properties: { cites } }),
  }));
}
