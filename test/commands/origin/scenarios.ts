import type { Scenario } from './scenario.js';
import { certificateScenarios } from './scenarios-certificate.js';
import { dnsScenarios } from './scenarios-dns.js';
import { healthyScenarios } from './scenarios-healthy.js';
import { http2Scenarios } from './scenarios-http2.js';
import { publicScenarios } from './scenarios-public.js';
import { railgunScenarios } from './scenarios-railgun.js';
import { responseScenarios } from './scenarios-response.js';
import { serverScenarios } from './scenarios-servers.js';
import { tcpScenarios } from './scenarios-tcp.js';
import { tlsScenarios } from './scenarios-tls.js';

/**
 * What can be wrong with an origin, and what visitors get for it. This was written down before the code that judges:
 * where the two differ, it is not the table that gives way without a source.
 */
export const scenarios: readonly Scenario[] = [
  ...dnsScenarios,
  ...tcpScenarios,
  ...tlsScenarios,
  ...certificateScenarios,
  ...responseScenarios,
  ...http2Scenarios,
  ...healthyScenarios,
  ...serverScenarios,
  ...publicScenarios,
  ...railgunScenarios,
];
