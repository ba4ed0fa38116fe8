import { sources } from './sources.js';

const {
  railgunActivation: activation,
  railgunAdministration: administration,
  railgunExecution: execution,
  railgunBalancers: balancers,
  railgunPreparing: preparing,
  railgunFaq: faq,
  railgunDeprecation: deprecation,
  packageFile,
} = sources;

/** What the documents say about a running rg-listener, each with its source. */
export const listenerKnowledge = {
  /** How it is started, restarted and looked for. */
  service: { start: 'service railgun start', restart: 'service railgun restart', source: activation },
  port: { number: 2408, source: `${preparing}; ${activation}` },
  /** The zone of the name that activation gives a listener. */
  activated: { zone: '.port2408.net', source: activation },
  down: {
    means:
      'Cloudflare cannot use this Railgun: requests go to the origin directly, over HTTP/1.1 and uncompressed, and the Cf-Railgun header says direct.',
    source: `${balancers}; ${faq}`,
  },
  statistics: { source: `${administration}; ${packageFile}` },
  parameters: { source: `${execution}; ${packageFile}` },
  balancer: { source: balancers },
  /** Connections from Cloudflare stay open; a balancer before them is to keep idle ones for so many seconds. */
  persistent: { idleSeconds: 90, source: `${balancers}; ${sources.railgunBalancersBefore}` },
  /** What a balancer can ask a listener: the protocol is none that it knows. */
  healthCheck: { by: 'TCP', source: `${balancers}; ${sources.packageFileAws}` },
  panicLog: { source: `${activation}; ${sources.railgunLogging}` },
  panics: { source: sources.goPanics },
  /** Where a panic ends one request instead of the program. */
  servedPanics: { source: sources.goServer },
  deprecated: { date: '2024-01-31', source: deprecation },
  version: { command: 'rg-listener -version', source: execution },
} as const;
