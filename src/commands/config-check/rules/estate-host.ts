import { isSameHost } from '../../../decoders/railgun-target.js';
import { sources } from '../../../knowledge/sources.js';
import { publicHostOf } from '../map-reading.js';
import { apart, estateRule, severityOf, whereIs } from './estate-rule.js';

/** Whether Cloudflare is told one address to connect to: that of the balancer. */
export const estateHost = estateRule({
  id: 'estate-host',
  compares: true,
  means:
    'Every listener tells Cloudflare where to connect to: with different addresses some of them are gone round, and there is no balance.',
  remedy: `Put the public address of the load balancer into activation.railgun_host of every file, and restart rg-listener.\n${apart}`,
  cites: sources.railgunBalancers,
  well: 'all configurations name the same public address',
  *find(confs, facts) {
    const named = confs.flatMap((conf) => {
      const host = publicHostOf(conf);
      return host === undefined ? [] : [{ conf, ...host }];
    });
    const [first, ...rest] = named;
    for (const { conf, key, host } of rest) {
      if (first === undefined || isSameHost(host, first.host)) continue;
      const { place, evidence } = whereIs(conf, key);
      yield {
        status: severityOf(facts),
        code: 'conflicting-settings',
        says: `${key} is ${host}, and ${first.host} in ${first.conf.conf.path}`,
        evidence: [...evidence, ...whereIs(first.conf, first.key).evidence],
        place,
      };
    }
  },
});
