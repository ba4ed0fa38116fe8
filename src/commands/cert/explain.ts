import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { chainBlocks, consequenceBlocks } from './chain-blocks.js';
import type { CertFacts, FileFacts, ServerFacts } from './facts.js';
import { chainMetrics, failedMetrics } from './metrics.js';
import { rulesOfFailed, rulesOfFile, rulesOfServer, rulesOfUnread, rulesOfUnresolved } from './rules/index.js';

/** What certificates mean: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: CertFacts): Explanation {
  switch (facts.kind) {
    case 'server':
      return {
        findings: judge(rulesOfServer, facts),
        metrics: chainMetrics(facts),
        blocks: chainBlocks(facts),
        signals: chainSignals(facts),
      };
    case 'file':
      return {
        findings: judge(rulesOfFile, facts),
        metrics: chainMetrics(facts),
        blocks: chainBlocks(facts),
        signals: chainSignals(facts),
      };
    case 'failed':
      return {
        findings: judge(rulesOfFailed, facts),
        metrics: failedMetrics(facts),
        blocks: consequenceBlocks(facts),
        signals: [['Failure', `${facts.failure.code} (${facts.failure.step}): ${facts.failure.detail}`]],
      };
    case 'unread':
      return { findings: judge(rulesOfUnread, facts), metrics: [], blocks: [], signals: [] };
    case 'unresolved':
      return { findings: judge(rulesOfUnresolved, facts), metrics: [], blocks: [], signals: [] };
  }
}

function chainSignals(facts: ServerFacts | FileFacts): [string, string][] {
  const tls: [string, string][] =
    facts.kind === 'server' && facts.protocol !== undefined
      ? [['TLS', [facts.protocol, facts.cipher].filter(Boolean).join(', ')]]
      : [];
  const certificates = facts.chain.map(({ subject, issuer, notBefore, notAfter, serial, fingerprint256 }, element) => [
    `Certificate ${element}`,
    `${subject}; issuer ${issuer}; ${notBefore} to ${notAfter}; serial ${serial}; SHA-256 ${fingerprint256}`,
  ]) as [string, string][];
  return [...tls, ...certificates, ['Defects', facts.defects.join(', ') || 'none']];
}
