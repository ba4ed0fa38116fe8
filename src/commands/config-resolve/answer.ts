import type { Finding } from '../../model/finding.js';
import { worstFinding } from '../../model/severity.js';
import type { ConfigResolveFacts, DestinationFacts } from './facts.js';
import { stateOf } from './state.js';
import { decidedText, requestText, wayText } from './text.js';

/** Where the request goes and by what, and the worst of what is wrong with that. */
export function answerOf(facts: ConfigResolveFacts, findings: readonly Finding[]): string {
  const worst = worstFinding(findings);
  const isBad = worst?.status === 'fail' || worst?.status === 'warn' || worst?.status === 'broken';
  const goes = facts.kind === 'unread' ? [`where ${facts.host} goes is not known`] : goesText(facts);
  return `${[...goes, ...(isBad ? [worst.says] : [])].join('; ')}.`;
}

function goesText(facts: DestinationFacts): string[] {
  const { way, spoken, listener, attempts = [] } = facts;
  const request = requestText(facts);
  const over = `over ${spoken.toUpperCase()}`;
  // What is not open, a finding says.
  const isOpen = attempts.length > 0 && attempts.every((attempt) => stateOf(attempt) === 'open');
  const open = isOpen ? ['it is open'] : [];
  if (way.decidedBy !== 'CF-ORIGIN-IP') {
    return [`${request} goes to ${wayText(way)} ${over}, by ${decidedText(way.decidedBy)}`, ...open];
  }
  const why = listener.mapFile === undefined ? 'there is no map' : 'no line of the map is for it';
  if (way.host !== undefined) {
    return [`${request} goes to ${wayText(way)} ${over}, which is CF-ORIGIN-IP: ${why}`, ...open];
  }
  return [
    `${request} goes to CF-ORIGIN-IP, the address that DNS at Cloudflare has for it, port ${way.port} ${over}: ${why}`,
    'that address is not known here, nor judged: --origin-ip names it',
  ];
}
