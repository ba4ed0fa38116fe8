import { isEverywhere, isLoopbackHost } from '../../../decoders/address-kind.js';
import { isSameHost } from '../../../decoders/railgun-target.js';
import { sources } from '../../../knowledge/sources.js';
import { isLinkLocal } from '../places.js';
import { confRule } from './conf-rule.js';

/** Whether Cloudflare can connect to what rg-listener listens on. */
export const wanIp = confRule({
  id: 'wan-ip',
  means:
    'Cloudflare connects to this address: it has to be one of the machine of rg-listener, and one that the Internet or a NAT leads to.',
  remedy: 'Set wan.ip to the address of the network card, or take the line out to listen on all of them.',
  cites: `${sources.railgunExecution}; ${sources.railgunActivation}`,
  well: 'rg-listener listens where Cloudflare can connect to',
  *find(conf, { machine }) {
    const by = conf.last('wan.ip');
    const address = conf.text('wan.ip');
    if (address === undefined) return;
    if (address === '') {
      if (!machine.hasLinkLocalIpv6) return;
      const says =
        'wan.ip is not set, and this machine has a link-local IPv6 address: rg-listener prefers IPv6, and may fail on it';
      const remedy = 'Set wan.ip to the address that Cloudflare is to connect to, if the log has such errors.';
      const evidence = ['/machine/hasLinkLocalIpv6'];
      yield { status: 'note', says, remedy, evidence, ...(by !== undefined && { by }) };
      return;
    }
    if (by === undefined) return;
    if (isLoopbackHost(address)) {
      const says = `wan.ip = ${address}: only this machine itself can connect to it`;
      yield { status: 'fail', code: 'loopback-only', says, by };
    } else if (isLinkLocal(address)) {
      const says = `wan.ip = ${address} is a link-local address: only this network can connect to it`;
      yield { status: 'fail', code: 'private-address', says, by };
    } else if (!isEverywhere(address) && !machine.addresses.some((own) => isSameHost(own, address))) {
      const says = `wan.ip = ${address} is no address of this machine`;
      const remedy =
        'Correct it, unless this is not the machine of rg-listener: it can listen on addresses of its own machine only.';
      yield { status: 'note', says, by, evidence: ['/machine/addresses'], remedy };
    }
  },
});
