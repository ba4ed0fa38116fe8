import { memcachedDown } from './railgun-memcached.js';
import { railgunReload } from './railgun-reload.js';
import { sources } from './sources.js';

/**
 * A line of rg-listener's log. `{destination}`, `{host}` and other words in braces stand for what varies; `rg-diag`
 * commands in `remedy` have `{destination}`, `{address}` and `{host}` of the line.
 */
export interface ListenerLogLine {
  /** Without what syslog puts before it. */
  readonly text: string;
  /** `debug`: written with log.level = 5 only. */
  readonly kind: 'error' | 'activation' | 'debug';
  /** No page shows such a line: what it means, and what visitors get, is inferred from those of its kind. */
  readonly inferred?: true;
  /** What happened, without a full stop. */
  readonly cause: string;
  /** What to do, one step a line; absent where there is nothing to do. */
  readonly remedy?: string;
  /** The status that visitors get; null: they see nothing of it; absent: none is published. */
  readonly code?: number | null;
  /** Listeners before 5.3.0 knew no 527: what visitors got then. */
  readonly codeBefore530?: 502;
  /** Another source has another status. */
  readonly otherCode?: { readonly code: number; readonly says: string; readonly source: string };
  /** Inferred: what visitors would get from the same origin without Railgun, under Full (strict). */
  readonly whenDirect?: 521 | 522 | 524 | 525 | 526;
  /** How far a request has come: the last one that is logged for it shows where it hangs. */
  readonly phase?: ListenerPhase;
  readonly source: string;
}

/** The steps of a request through rg-listener, in order. */
export type ListenerPhase =
  | 'accepted'
  | 'connecting'
  | 'connected'
  | 'sent'
  | 'waiting'
  | 'answering'
  | 'received'
  | 'replying'
  | 'completed';

const {
  of2023: errors,
  railgunProblems: problems,
  railgunActivation: activation,
  railgunAuthorities: authorities,
} = sources;
const changelog = `${sources.railgunChangelog} (527 since 5.3.0)`;

const lan = 'lan.timeout in railgun.conf (30 s unless it is set)';

/** In the order of the documents: errors, activation, then what log.level = 5 adds. */
export const listenerLogLines = {
  'connection-timeout': {
    text: 'connection failed {destination}/{host}: dial tcp {destination}: i/o timeout',
    kind: 'error',
    cause: `rg-listener could not connect to the origin, or the origin did not answer, within ${lan}`,
    remedy:
      'On the machine of rg-listener: rg-diag probe {destination}\nAllow the address of rg-listener in the firewall of the origin, and check the route to it.\nWhere the origin is only slow: find out why, or raise lan.timeout and ' +
      `${railgunReload('lan.timeout')}.`,
    code: 527,
    codeBefore530: 502,
    whenDirect: 522,
    source: `${errors}; ${problems}; ${changelog}`,
  },
  'no-response': {
    text: 'no response from origin (timeout) {destination}/{host}',
    kind: 'error',
    cause: `the origin took the connection and did not answer within ${lan}`,
    remedy:
      'On the machine of rg-listener: rg-diag origin {host} --ip {address}\nAsk the host about the load of the origin.\nWhere pages take that long: raise lan.timeout and ' +
      `${railgunReload('lan.timeout')}.`,
    code: 527,
    codeBefore530: 502,
    whenDirect: 524,
    source: `${errors}; ${changelog}`,
  },
  'page-refused': {
    text: 'Error getting page: dial tcp {destination}:connection refused',
    kind: 'error',
    cause: 'the origin, or a firewall before it, refuses connections from rg-listener',
    remedy:
      'On the machine of rg-listener: rg-diag probe {destination}\nStart the web server, and allow the address of rg-listener in its firewall.',
    code: 527,
    codeBefore530: 502,
    whenDirect: 521,
    source: `${errors}; ${changelog}`,
  },
  'connection-refused': {
    text: 'connection failed {destination}/{host}: dial tcp {destination}:connection refused',
    kind: 'error',
    cause: 'nothing listens at the port of the origin, or a firewall refuses rg-listener',
    remedy:
      'On the machine of rg-listener: rg-diag probe {destination}\nOpen the port: turn HTTPS on at the origin where it is 443.\nAllow the address of rg-listener in the firewall of the origin.',
    code: 527,
    codeBefore530: 502,
    whenDirect: 521,
    source: `${errors}; ${changelog}`,
  },
  'handshake-failure': {
    text: 'connection failed {destination}/{host}: remote error: handshake failure',
    kind: 'error',
    cause:
      'the origin broke the TLS handshake off: it has no certificate for the name, or no protocol or cipher suite in common',
    remedy:
      'On the machine of rg-listener: rg-diag cert {destination} --servername {host}\nInstall a certificate at the origin.\nSet the SSL/TLS mode to Full or Full (strict).',
    code: 527,
    codeBefore530: 502,
    whenDirect: 525,
    source: errors,
  },
  'wrong-host': {
    text: 'connection failed {destination}/{host}: x509: certificate is valid for {names}, not {host}',
    kind: 'error',
    cause: 'no name of the origin’s certificate is that of the host',
    remedy:
      'On the machine of rg-listener: rg-diag cert {destination} --servername {host}\nInstall a certificate that names the host.\nOn a trusted LAN: validate.cert = 0 in railgun.conf accepts any certificate.',
    code: 527,
    codeBefore530: 502,
    whenDirect: 526,
    source: `${errors}; ${problems}; names as in golang/go src/crypto/x509/verify.go`,
  },
  // The residue of Go's formatting is part of the genuine line.
  'unknown-authority': {
    text: '{host} origin request failed {destination} to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority',
    kind: 'error',
    cause:
      'validate.cert is 1, and the authority of the origin’s certificate (Cloudflare Origin CA, or its own) is not in ca.bundle',
    remedy:
      'On the machine of rg-listener: rg-diag cert {destination} --servername {host}\nAppend the root of the authority to the file that ca.bundle names, and ' +
      `${railgunReload('ca.bundle')}.\nOn a trusted LAN: validate.cert = 0 in railgun.conf accepts any certificate.`,
    code: 520,
    otherCode: {
      code: 527,
      says: 'the later page lists TLS errors under 527; the sample with 520 is probably older than 5.3.0',
      source: errors,
    },
    whenDirect: 526,
    source: authorities,
  },
  'connection-failed-otherwise': {
    text: 'connection failed {destination}/{host}: {reason}',
    kind: 'error',
    inferred: true,
    cause:
      'rg-listener could not fetch the page from the origin, for a reason that no document lists: the line ends with it',
    remedy:
      'On the machine of rg-listener: rg-diag probe {destination}\nThere too: rg-diag origin {host} --ip {address}\nWhere the reason is about x509 or TLS: rg-diag cert {destination} --servername {host}\nRepair at the origin, or on the way to it, what the reason and these show.',
    code: 527,
    codeBefore530: 502,
    source: `${errors}; ${changelog}; inferred from the lines that are listed there`,
  },
  'bad-content-length': {
    text: 'bad Content-Length: "{length}"',
    kind: 'error',
    cause: 'a POST, PUT, PATCH or the like came with neither Content-Length nor Transfer-Encoding: chunked',
    remedy: 'Repair the client or application that sends such requests.',
    source: problems,
  },
  'memcached-failed': {
    text: memcachedDown.log.unix,
    kind: 'error',
    cause: 'rg-listener cannot use the socket of memcached: pages are streamed, not compressed',
    remedy:
      'rg-diag memcached unix:/path/of/memcached.sock\nStart memcached, and check path and permissions of its socket (user railgun in the group memcached, mode 770).',
    code: null,
    source: `${problems}; ${sources.railgunFaq}`,
  },
  'memcached-timeout': {
    text: 'dial tcp {destination}: i/o timeout',
    kind: 'error',
    cause: 'rg-listener cannot reach memcached within memcached.timeout: pages are streamed, not compressed',
    remedy:
      'rg-diag memcached {destination}\nStart memcached, check firewalls, or raise memcached.timeout and ' +
      `${railgunReload('memcached.timeout')}.`,
    code: null,
    source: problems,
  },
  'memcached-refused': {
    text: 'dial tcp {destination}: connection refused',
    kind: 'error',
    inferred: true,
    cause:
      'nothing takes connections at the address of memcached, or a firewall refuses them: pages are streamed, not compressed',
    remedy:
      'rg-diag memcached {destination}\nStart memcached, and check that memcached.servers in railgun.conf has its address and port.',
    code: null,
    source: `${problems}; inferred from its line about a timeout`,
  },
  // Without a host it is none of those about origins.
  'dial-timeout': {
    text: 'dial tcp {destination}: i/o timeout',
    kind: 'error',
    inferred: true,
    cause:
      'rg-listener got no connection in time, and does not say for what: by its address it is not memcached; port 443 can be the activation server',
    remedy:
      'On the machine of rg-listener: rg-diag probe {destination}\nFind out whose address it is, and allow rg-listener to connect to it; activation needs outgoing connections to port 443.',
    source: `${problems}; inferred from the line about memcached, which has port 11211`,
  },
  'http-502': {
    text: 'HTTP 502',
    kind: 'error',
    cause:
      'rg-listener could not reach the origin on port 443 or 80 within 30 seconds; behind NAT, a machine often cannot reach its own public address',
    remedy:
      'On the machine of rg-listener: rg-diag probe {host} 443\nBehind NAT: map the host to its inner address in railgun-nat.conf (rg-diag config resolve {host}).',
    code: 502,
    otherCode: { code: 527, says: 'since 5.3.0', source: `${errors}; ${changelog}` },
    source: problems,
  },
  'activation-failed': {
    text: 'Error activating: Activation Failed: Invalid or missing railgun token or tag.',
    kind: 'activation',
    cause:
      'activation.token, or the public name or address of rg-listener, is wrong or missing, or the Railgun object is broken',
    remedy:
      'rg-diag config check\nCorrect activation.token and activation.railgun_host (activation.public_ip) in railgun.conf.\nElse delete the Railgun in the dashboard and create it again.',
    // Requests go straight to the origin: `direct`.
    code: null,
    source: `${activation}; ${sources.railgunFaq}`,
  },
  'daemon-failed': {
    text: 'Error starting Railgun as a daemon. Running in foreground...',
    kind: 'activation',
    cause: 'rg-listener ended while it started; with a wrong or missing token this is what the start-up script prints',
    remedy: 'Read the line about the activation beside it.',
    code: null,
    source: sources.railgunFaq,
  },
  // No page shows the words: this is what they are about.
  'activation-certificate': {
    text: 'Error activating: {reason}',
    kind: 'activation',
    cause: 'the certificate of the activation server does not verify: the authorities of this machine are too old',
    remedy: 'Update the package ca-certificates.\nAllow outgoing connections to port 443.',
    code: null,
    source: sources.railgunFaq,
  },
  'activation-posted': {
    text: 'Activation POST completed.',
    kind: 'activation',
    cause: 'the activation server took the request of rg-listener: the first of three lines of a good activation',
    code: null,
    source: activation,
  },
  'activation-id': {
    text: 'Assigned Railgun ID: {number}',
    kind: 'activation',
    cause: 'the Railgun is known to Cloudflare: the second of three lines of a good activation',
    code: null,
    source: activation,
  },
  'activation-acquired': {
    text: 'Acquired cert from server',
    kind: 'activation',
    cause: 'rg-listener has its certificate for the edge: the last of three lines of a good activation',
    code: null,
    source: activation,
  },
  'wan-connection': {
    text: 'Handling new WAN connection',
    kind: 'debug',
    cause: 'a machine of Cloudflare’s edge has connected to rg-listener',
    code: null,
    source: activation,
  },
  ping: {
    text: '{direction} [{requestId}... FnPing {time}]',
    kind: 'debug',
    cause: 'a sign of life of the connection with the edge; the time is that of the sender’s clock',
    code: null,
    source: activation,
  },
  pong: {
    text: '{direction} [{requestId}... FnPong {time}]',
    kind: 'debug',
    cause: 'the answer to a sign of life; the time is that of the sender’s clock',
    code: null,
    source: activation,
  },
  'transmit-time': {
    text: 'Transmit time: {duration}',
    kind: 'debug',
    cause: 'how long it took to send to the edge',
    code: null,
    source: activation,
  },
  'request-frame': {
    text: '{direction} [{requestId}... FnBegin {requestId}... FnRequest {method} {url} {version} {visitor}  {requestId}... FnData {encoding} {bytes}   {requestId}... FnPush]',
    kind: 'debug',
    cause: 'a request has come from the edge; the address is that of the visitor',
    code: null,
    phase: 'accepted',
    source: activation,
  },
  'waiting-for-request': {
    text: '{requestId}... waiting for request',
    kind: 'debug',
    cause: 'rg-listener waits for the rest of a request from the edge',
    code: null,
    phase: 'accepted',
    source: activation,
  },
  request: {
    text: '{requestId}... {method} {url} {version} {visitor} []',
    kind: 'debug',
    cause: 'the request as rg-listener has read it; the address is that of the visitor',
    code: null,
    phase: 'accepted',
    source: activation,
  },
  'lan-connecting': {
    text: '{requestId}... Starting connection to LAN',
    kind: 'debug',
    cause: 'rg-listener connects to the origin; where nothing follows for the request, that hangs',
    remedy: 'Where the request goes no further, on the machine of rg-listener: rg-diag origin {host}',
    code: null,
    phase: 'connecting',
    source: activation,
  },
  'lan-connected': {
    text: '{requestId}... connected to {destination}',
    kind: 'debug',
    cause: 'the origin has accepted the connection',
    code: null,
    phase: 'connected',
    source: activation,
  },
  'request-sent': {
    text: '{requestId}... Request sent to server',
    kind: 'debug',
    cause: 'the origin has been sent the request',
    code: null,
    phase: 'sent',
    source: activation,
  },
  'waiting-for-response': {
    text: '{requestId}... waiting for response',
    kind: 'debug',
    cause: 'rg-listener waits for the answer of the origin; where nothing follows for the request, the origin hangs',
    remedy:
      'Where the request goes no further, look for what is slow at the origin. On the machine of rg-listener: rg-diag origin {host}',
    code: null,
    phase: 'waiting',
    source: activation,
  },
  'response-ready': {
    text: '{requestId}... Response is ready',
    kind: 'debug',
    cause: 'the origin begins to answer',
    code: null,
    phase: 'answering',
    source: activation,
  },
  'response-received': {
    text: '{requestId}... Received response',
    kind: 'debug',
    cause: 'the answer of the origin is there',
    code: null,
    phase: 'received',
    source: activation,
  },
  'delta-wanted': {
    text: '{requestId}... Forcing wantedDelta',
    kind: 'debug',
    cause: 'rg-listener decides to send the page as a difference from an earlier version',
    code: null,
    phase: 'received',
    source: activation,
  },
  'origin-status': {
    text: '{requestId}... {version} {status} {reason}',
    kind: 'debug',
    cause: 'the status line of the origin',
    code: null,
    phase: 'received',
    source: activation,
  },
  'data-frame': {
    text: '{direction} [{requestId}... FnData {encoding} {bytes}  ]',
    kind: 'debug',
    cause: 'a part of a page, its encoding and its bytes',
    code: null,
    phase: 'replying',
    source: activation,
  },
  'push-frame': {
    text: '{direction} [{requestId}... FnPush]',
    kind: 'debug',
    cause: 'the end of what was to be sent for now',
    code: null,
    phase: 'replying',
    source: activation,
  },
  completed: {
    text: '{requestId}... completed ({bytes} body bytes in {seconds} seconds/{rest})',
    kind: 'debug',
    cause: 'the request is done: bytes of the body, and how long it took',
    code: null,
    phase: 'completed',
    source: activation,
  },
} as const satisfies Readonly<Record<string, ListenerLogLine>>;

export type ListenerLineId = keyof typeof listenerLogLines;
