import { isSameHost } from '../../../decoders/railgun-target.js';
import { sources } from '../../../knowledge/sources.js';
import { bracketed } from '../../../model/endpoint.js';
import { sidePlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

/** Whether a line leads into Cloudflare. */
export const mapCloudflare = mapRule({
  id: 'map-cloudflare',
  means: 'Cloudflare sends such a request to rg-listener again, and so on: visitors get an error.',
  remedy: 'Give the address of the web server itself; one in DNS that is proxied by Cloudflare is not it.',
  cites: `${sources.ipAddresses}; ${sources.railgunProblems}`,
  well: 'no line leads into Cloudflare',
  *find(at) {
    for (const { entry, pointer, target } of at.targets) {
      const place = sidePlace(at, entry, 'target');
      const evidence = [pointer];
      if (target.kind === 'cloudflare') {
        const says = `${bracketed(entry.target.host)} is ${target.says}`;
        yield { status: 'fail', code: 'cloudflare-address', says, evidence, place };
      } else if (target.kind === 'name' && isSameHost(entry.target.host, entry.name)) {
        const says = `${entry.name} leads to itself: in public DNS it has the addresses of Cloudflare, if it is proxied`;
        const remedy = 'Give the address instead, or put the name with its own address into /etc/hosts of rg-listener.';
        yield { status: 'warn', code: 'request-loop', says, evidence, place, remedy };
      }
    }
  },
});
