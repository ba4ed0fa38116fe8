import { isEverywhere, isLoopbackHost } from '../../../decoders/address-kind.js';
import { listenPlaceOf } from '../../../decoders/railgun-listener-settings.js';
import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';

function remedyOf(port: number): string {
  return `Set stats.listen = 127.0.0.1:${port} in railgun.conf, and restart it: ${listenerKnowledge.service.restart}\nOr let only those through the firewall who are to read them.`;
}

/** Whether only this machine can read the statistics. */
export const exposed: Rule<SeenFacts> = {
  id: 'listener/exposed',
  means: 'Whoever reaches this machine can read the statistics: there is no password.',
  remedy: remedyOf(24088),
  cites: listenerKnowledge.statistics.source,
  skips: ({ local }) =>
    local === undefined
      ? 'it is looked at from outside'
      : !local.config.statsEnabled
        ? 'stats.enabled is 0'
        : local.config.statsListen === undefined
          ? 'stats.listen is not set'
          : undefined,
  check({ local }) {
    const listen = local?.config.statsListen ?? '';
    const place = listenPlaceOf(listen);
    const host = place?.host;
    const evidence = ['/local/config/statsListen'];
    if (isEverywhere(host)) {
      const says = `stats.listen is ${listen}: statistics are served on every address`;
      return { status: 'warn', says, evidence, remedy: remedyOf(place?.port ?? 24088), code: 'exposed' };
    }
    const says = `stats.listen is ${listen}`;
    if (isLoopbackHost(host ?? '')) return { status: 'pass', says, evidence };
    return { status: 'note', says: `${says}, which others may reach`, evidence };
  },
};
