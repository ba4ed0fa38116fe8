import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { SeenFacts, WanFacts } from '../facts.js';
import { bestAttempt, speaksTls } from '../reach-of-listener.js';
import { onItsMachine } from '../shell-word.js';

function remedyOf(facts: Pick<SeenFacts, 'local'> & { readonly wan: Pick<WanFacts, 'port'> }): string {
  return `${onItsMachine(facts, 'See which program listens there')} ss -ltnp | grep :${facts.wan.port}\nLook for errors of activation in the log of rg-listener, without a certificate it cannot speak TLS: rg-diag logs /var/log/syslog`;
}

/** Whether what answers on the WAN port speaks TLS. */
export const tls: Rule<SeenFacts> = {
  id: 'listener/tls',
  means: `Cloudflare speaks TLS on this port. ${listenerKnowledge.down.means}`,
  remedy: remedyOf({ wan: { port: listenerKnowledge.port.number } }),
  cites: listenerKnowledge.parameters.source,
  skips: (facts) => {
    const { attempt } = bestAttempt(facts) ?? {};
    return attempt === undefined || attempt.state === 'unreachable' ? 'there is no connection' : undefined;
  },
  check(facts) {
    const { attempt, index } = bestAttempt(facts) ?? { attempt: undefined, index: 0 };
    const evidence = [`/wan/attempts/${index}`];
    if (attempt?.state === 'tls') {
      return { status: 'pass', says: `${attempt.protocol}, ${attempt.cipher}`, evidence };
    }
    if (attempt?.state === 'plain') {
      const says = 'wan.tls is 0: the port is to be used without TLS, which is for tests only';
      const remedy = 'Set wan.tls = 1 in railgun.conf, and restart rg-listener.';
      return { status: 'warn', says, evidence: ['/wan/tls'], remedy, code: 'not-tls' };
    }
    if (attempt !== undefined && speaksTls(attempt)) {
      return { status: 'pass', says: 'it speaks TLS, and wants the certificate of who connects', evidence };
    }
    const failure = attempt?.state === 'no-tls' ? attempt.failure : undefined;
    return {
      status: failure === undefined ? 'fail' : statusOfFailure(failure, facts),
      says: `no TLS on the WAN port: ${failure?.detail ?? ''}`,
      evidence,
      remedy: remedyOf(facts),
      code: failure?.code ?? 'tls-failed',
    };
  },
};
