import { sources } from '../../../knowledge/sources.js';
import { placeOf } from '../settings.js';
import { apart, estateRule, severityOf } from './estate-rule.js';

/** Whether all listeners are activated with the same token. */
export const estateToken = estateRule({
  id: 'estate-token',
  compares: true,
  means: 'Listeners behind one load balancer are one Railgun: all are activated with its token.',
  remedy: `Make one Railgun in the dashboard, and put its token into every file.\n${apart}`,
  cites: sources.railgunBalancers,
  well: 'all configurations have the same token',
  *find(confs, facts) {
    const tokens = confs.flatMap((conf) => {
      const { token } = conf.conf;
      const by = token && conf.settings[token.setting];
      // What is no token is named by the rule about tokens.
      return token?.shape === 'right' && by !== undefined ? [{ conf, by, group: token.group }] : [];
    });
    const [first, ...rest] = tokens;
    for (const { conf, by, group } of rest) {
      if (first === undefined || group === first.group) continue;
      yield {
        status: severityOf(facts),
        code: 'conflicting-settings',
        says: `the token is not that of ${first.conf.conf.path}`,
        evidence: [`${conf.pointer}/token/group`, `${first.conf.pointer}/token/group`],
        place: placeOf(conf, by),
      };
    }
  },
});
