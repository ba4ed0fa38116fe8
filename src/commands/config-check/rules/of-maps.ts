import type { Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';
import { mapCloudflare } from './map-cloudflare.js';
import { mapDefaultPort } from './map-default-port.js';
import { mapDuplicate } from './map-duplicate.js';
import { mapEmpty } from './map-empty.js';
import { mapEncoding } from './map-encoding.js';
import { mapLine } from './map-line.js';
import { mapLoop } from './map-loop.js';
import { mapName } from './map-name.js';
import { mapOtherPorts } from './map-other-ports.js';
import { mapPort } from './map-port.js';
import { mapTarget } from './map-target.js';
import { mapUnused } from './map-unused.js';
import { mapWildcard } from './map-wildcard.js';

/** About each railgun-nat.conf; what tells most comes first. */
export const mapRules: readonly Rule<ConfigFacts>[] = [
  mapLoop,
  mapCloudflare,
  mapLine,
  mapTarget,
  mapDuplicate,
  mapPort,
  mapWildcard,
  mapDefaultPort,
  mapUnused,
  mapEncoding,
  mapName,
  mapOtherPorts,
  mapEmpty,
];
