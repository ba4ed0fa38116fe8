import { isLoopbackHost } from '../../../decoders/address-kind.js';
import { isSameHost } from '../../../decoders/railgun-target.js';
import { sources } from '../../../knowledge/sources.js';
import { publicHostOf } from '../map-reading.js';
import { estateRule, whereIs } from './estate-rule.js';

/** Whether the public address is the balancer's, and not that of one listener. */
export const estateOwnAddress = estateRule({
  id: 'estate-own-address',
  means: 'Behind a load balancer Cloudflare has to connect to the balancer: this address leads to one listener only.',
  remedy: 'Put the public address of the load balancer into activation.railgun_host, and restart rg-listener.',
  cites: sources.railgunBalancers,
  well: 'activation.railgun_host is no address that is known to be that of one listener',
  *find(confs, { machine }) {
    const bound = confs.flatMap((conf) => conf.text('wan.ip') || []);
    for (const conf of confs) {
      const named = publicHostOf(conf);
      if (named === undefined) continue;
      const { key, host } = named;
      const whose = machine.addresses.some((own) => isSameHost(own, host))
        ? 'an address of this machine'
        : bound.some((own) => isSameHost(own, host))
          ? 'the wan.ip of one listener'
          : isLoopbackHost(host)
            ? 'the machine itself'
            : undefined;
      if (whose === undefined) continue;
      const says = `${key} is ${host}, ${whose}`;
      yield { status: 'warn', code: 'conflicting-settings', says, ...whereIs(conf, key) };
    }
  },
});
