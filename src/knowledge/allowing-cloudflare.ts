import { sources } from './sources.js';
import { type CheckStep, checksOf } from './statement.js';

const { ipAddresses: ranges, visitorIps: visitors, railgunPreparing: preparing } = sources;

/** How an origin lets Cloudflare in; RANGE stands for each of Cloudflare's address ranges. */
export const allowAtOrigin: readonly CheckStep[] = [
  ...checksOf(
    ranges,
    [
      'allow each range of https://www.cloudflare.com/ips-v4: iptables -I INPUT -p tcp -m multiport --dports http,https -s RANGE -j ACCEPT, and with ip6tables those of /ips-v6',
    ],
    ['look through .htaccess (Require), ModSecurity and plugins of WordPress for rules that block them'],
  ),
  ...checksOf(visitors, [
    'let rate limiters and logs see the visitor instead: mod_remoteip with RemoteIPHeader CF-Connecting-IP in Apache, set_real_ip_from RANGE and real_ip_header CF-Connecting-IP in nginx',
  ]),
];

/** How the machine of rg-listener lets Cloudflare in. */
export const allowAtListener: readonly CheckStep[] = checksOf(preparing, [
  'allow each range of https://www.cloudflare.com/ips-v4: ufw allow proto tcp from RANGE to any port 2408, or iptables -I INPUT -p tcp -s RANGE --dport 2408 -j ACCEPT',
]);
