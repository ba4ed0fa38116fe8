import type { Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';
import { estateDefault } from './estate-default.js';
import { estateHost } from './estate-host.js';
import { estateMemcached } from './estate-memcached.js';
import { estateOwnAddress } from './estate-own-address.js';
import { estateSameFile } from './estate-same-file.js';
import { estateSettings } from './estate-settings.js';
import { estateToken } from './estate-token.js';

/** About several listeners, or one behind a load balancer; what tells most comes first. */
export const estateRules: readonly Rule<ConfigFacts>[] = [
  estateToken,
  estateHost,
  estateOwnAddress,
  estateDefault,
  estateMemcached,
  estateSettings,
  estateSameFile,
];
