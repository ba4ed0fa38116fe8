import { pageOf1xxx, sources } from './sources.js';

/** What another program prints about a failure that visitors of the site would see as an error of Cloudflare. */
export interface Symptom {
  readonly id: string;
  readonly program: 'nginx' | 'curl' | 'browser' | 'system';
  /** A line is this symptom when it has all of these, in any case. */
  readonly phrases: readonly string[];
  /** What happened, without a full stop. */
  readonly means: string;
  /** What visitors get, and when; empty where it is no error of Cloudflare. */
  readonly codes: readonly { readonly code: number; readonly when: string }[];
  /** What to do, a sentence; absent: that of the first of the codes. */
  readonly remedy?: string;
  readonly checks: readonly { readonly says: string; readonly command?: string }[];
  readonly source: string;
}

const { nginx, curl, of2023: old, sslModes: modes, originCa, gathering } = sources;

const passedOn =
  'the line is in the log of the origin’s own nginx: it answers with this status, which Cloudflare passes on';
const direct = 'curl asked the origin itself';
const askOrigin = { says: 'ask the origin as the edge does', command: 'rg-diag origin HOST --ip ADDR' };
const backend = { says: 'look at the application behind nginx, which the line names after “upstream”' };

/** Where one has all phrases of another, the one with more of them comes first. */
export const symptoms: readonly Symptom[] = [
  {
    id: 'nginx-closed-before-header',
    program: 'nginx',
    phrases: ['upstream prematurely closed connection', 'while reading response header from upstream'],
    means: 'what stands behind the web server closed the connection before it had sent the headers of an answer',
    codes: [
      { code: 520, when: 'the line is of Cloudflare’s logs: the origin itself had the problem' },
      { code: 502, when: passedOn },
    ],
    remedy: 'Look for crashes of the application at that time.',
    checks: [backend, askOrigin],
    source: `${old}; ${nginx}`,
  },
  {
    id: 'nginx-connect-timeout',
    program: 'nginx',
    phrases: ['upstream timed out', 'while connecting to upstream'],
    means: 'nginx could not connect to the application behind it in time',
    codes: [{ code: 504, when: passedOn }],
    remedy: 'Check that the application runs and that nothing drops packets between it and nginx.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-read-timeout',
    program: 'nginx',
    phrases: ['upstream timed out', 'while reading response header from upstream'],
    means: 'the application behind nginx took the request and did not answer in time',
    codes: [{ code: 504, when: passedOn }],
    remedy: 'Find out what takes so long; the limit is proxy_read_timeout of nginx.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-timeout',
    program: 'nginx',
    phrases: ['upstream timed out'],
    means: 'the application behind nginx did not answer in time',
    codes: [{ code: 504, when: passedOn }],
    remedy: 'Find out what takes so long.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-refused',
    program: 'nginx',
    phrases: ['connect() failed', 'connection refused', 'while connecting to upstream'],
    means: 'the application behind nginx refuses connections: it does not run, or listens elsewhere',
    codes: [{ code: 502, when: passedOn }],
    remedy: 'Start the application, or correct its address in the configuration of nginx.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-connect-failed',
    program: 'nginx',
    phrases: ['connect() failed', 'while connecting to upstream'],
    means: 'nginx cannot connect to the application behind it',
    codes: [{ code: 502, when: passedOn }],
    remedy: 'Check that the application runs, and the way from nginx to it.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-no-live',
    program: 'nginx',
    phrases: ['no live upstreams'],
    means: 'every server of the upstream group is marked as failed',
    codes: [{ code: 502, when: passedOn }],
    remedy: 'Look in the log for why each of them failed before.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-big-header',
    program: 'nginx',
    phrases: ['upstream sent too big header'],
    means: 'the headers of the application are larger than the buffer of nginx',
    codes: [{ code: 502, when: passedOn }],
    remedy: 'Make the headers smaller (cookies), or the buffer larger: proxy_buffer_size, fastcgi_buffer_size.',
    checks: [askOrigin],
    source: nginx,
  },
  {
    id: 'nginx-reset',
    program: 'nginx',
    phrases: ['recv() failed', 'connection reset by peer', 'while reading response header from upstream'],
    means: 'the application behind nginx reset the connection before it had answered',
    codes: [{ code: 502, when: passedOn }],
    remedy: 'Look for crashes of the application at that time.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-upstream-handshake',
    program: 'nginx',
    phrases: ['ssl_do_handshake() failed', 'while ssl handshaking to upstream'],
    means: 'the TLS handshake of nginx with the application behind it failed',
    codes: [{ code: 502, when: passedOn }],
    remedy: 'Check certificate, protocols and server name (proxy_ssl_server_name) of that connection.',
    checks: [backend],
    source: nginx,
  },
  {
    id: 'nginx-client-handshake',
    program: 'nginx',
    phrases: ['ssl_do_handshake() failed', 'while ssl handshaking'],
    means: 'a client could not finish the TLS handshake with nginx',
    codes: [{ code: 525, when: 'the client is an address of Cloudflare, and the mode is Full or Full (strict)' }],
    remedy: 'Check certificate, SNI, protocols and cipher suites of nginx.',
    checks: [{ says: 'shake hands as the edge does', command: 'rg-diag cert ADDR --servername HOST' }],
    source: sources.e525,
  },
  {
    id: 'curl-6',
    program: 'curl',
    phrases: ['curl: (6)'],
    means: 'the name does not resolve',
    codes: [{ code: 1016, when: 'it is the name of the origin: HTTP status 530 with 1016 in its body' }],
    remedy: 'Create or repair the DNS record.',
    checks: [{ says: 'see how the name resolves', command: 'rg-diag origin HOST' }],
    source: `${curl}; ${pageOf1xxx(1016)}`,
  },
  {
    id: 'curl-7-no-route',
    program: 'curl',
    phrases: ['curl: (7)', 'no route to host'],
    means: 'there is no route to the address',
    codes: [{ code: 523, when: direct }],
    checks: [askOrigin, { says: 'see where the route ends', command: 'rg-diag route ADDR' }],
    source: `${curl}; ${sources.e523}`,
  },
  {
    id: 'curl-7',
    program: 'curl',
    phrases: ['curl: (7)'],
    means: 'the connection could not be made: refused, or no route; newer versions of curl say which with -v only',
    codes: [
      { code: 521, when: `${direct} and was refused` },
      { code: 523, when: `${direct} and had no route` },
    ],
    checks: [askOrigin, { says: 'tell closed from unreachable ports', command: 'rg-diag probe ADDR 80 443' }],
    source: `${curl}; ${sources.e521}; ${sources.e523}`,
  },
  {
    id: 'curl-8',
    program: 'curl',
    phrases: ['curl: (8)'],
    means: 'the server sent something that is not HTTP',
    codes: [{ code: 520, when: direct }],
    remedy: 'Look at what the server sends.',
    checks: [askOrigin],
    source: `${curl}; ${sources.e520}`,
  },
  {
    id: 'curl-16',
    program: 'curl',
    phrases: ['curl: (16)'],
    means: 'HTTP/2 failed at its framing layer',
    codes: [{ code: 520, when: `${direct}: broken HTTP/2 after ALPN` }],
    remedy: 'Turn off HTTP/2 to Origin to test.',
    checks: [askOrigin],
    source: `${curl}; ${sources.e520}`,
  },
  {
    id: 'curl-28-connect',
    program: 'curl',
    phrases: ['curl: (28)', 'failed to connect'],
    means: 'the connection was not made in time',
    codes: [{ code: 522, when: direct }],
    checks: [askOrigin],
    source: `${curl}; ${sources.e522}`,
  },
  {
    id: 'curl-28',
    program: 'curl',
    phrases: ['curl: (28)'],
    means: 'curl ran out of time',
    codes: [
      { code: 522, when: `${direct} and was not connected yet` },
      { code: 524, when: `${direct}, was connected, and the request was acknowledged but not answered` },
    ],
    remedy: 'See how far it came with curl -v: connected or not.',
    checks: [askOrigin],
    source: `${curl}; ${sources.e522}; ${sources.e524}`,
  },
  {
    id: 'curl-35',
    program: 'curl',
    phrases: ['curl: (35)'],
    means: 'the TLS handshake failed',
    codes: [{ code: 525, when: `${direct}, and the mode is Full or Full (strict)` }],
    remedy: 'Check certificate, port 443, SNI and the cipher suites of the origin.',
    checks: [{ says: 'shake hands as the edge does', command: 'rg-diag cert ADDR --servername HOST' }],
    source: `${curl}; ${sources.e525}`,
  },
  {
    id: 'curl-47',
    program: 'curl',
    phrases: ['curl: (47)'],
    means: 'there were more redirects than curl follows: most likely a loop',
    codes: [],
    remedy:
      'If the SSL/TLS mode is Flexible and the origin redirects HTTP to HTTPS, that is the loop: set the mode to Full or Full (strict).',
    checks: [
      { says: 'see what the origin answers under Flexible', command: 'rg-diag origin HOST --ip ADDR --mode flexible' },
    ],
    source: `${curl}; ${modes}`,
  },
  {
    id: 'curl-52',
    program: 'curl',
    phrases: ['curl: (52)'],
    means: 'the server closed the connection without an answer',
    codes: [{ code: 520, when: direct }],
    remedy: 'Look for crashes of the application at that time.',
    checks: [askOrigin],
    source: `${curl}; ${sources.e520}`,
  },
  {
    id: 'curl-56',
    program: 'curl',
    phrases: ['curl: (56)'],
    means: 'receiving failed: mostly the server reset the connection',
    codes: [{ code: 520, when: `${direct}, and no whole answer had come` }],
    remedy: 'Look for crashes of the application at that time.',
    checks: [askOrigin],
    source: `${curl}; ${sources.e520}`,
  },
  {
    id: 'curl-60',
    program: 'curl',
    phrases: ['curl: (60)'],
    means: 'the certificate of the server cannot be verified',
    codes: [{ code: 526, when: `${direct}, and the mode is Full (strict); Cloudflare Origin CA it would accept` }],
    checks: [{ says: 'list every defect', command: 'rg-diag cert ADDR --servername HOST' }],
    source: `${curl}; ${sources.e526}`,
  },
  {
    id: 'curl-92',
    program: 'curl',
    phrases: ['curl: (92)'],
    means: 'a stream of HTTP/2 failed',
    codes: [{ code: 520, when: `${direct}: broken HTTP/2 after ALPN` }],
    remedy: 'Turn off HTTP/2 to Origin to test.',
    checks: [askOrigin],
    source: `${curl}; ${sources.e520}`,
  },
  {
    id: 'browser-redirects',
    program: 'browser',
    phrases: ['err_too_many_redirects'],
    means: 'the site redirects in a loop',
    codes: [],
    remedy:
      'If the SSL/TLS mode is Flexible and the origin redirects HTTP to HTTPS, that is the loop: set the mode to Full or Full (strict).',
    checks: [
      { says: 'see what the origin answers under Flexible', command: 'rg-diag origin HOST --ip ADDR --mode flexible' },
    ],
    source: modes,
  },
  {
    id: 'browser-authority',
    program: 'browser',
    phrases: ['err_cert_authority_invalid'],
    means: 'the browser does not know the authority of the certificate',
    codes: [],
    remedy:
      'With a Cloudflare Origin CA certificate this is expected where Cloudflare is paused or the record is DNS-only, and no fault: proxy the record, or install a certificate of a public authority.',
    checks: [{ says: 'see whose certificate it is', command: 'rg-diag cert HOST' }],
    source: originCa,
  },
  {
    id: 'browser-quic',
    program: 'browser',
    phrases: ['err_quic_protocol_error'],
    means: 'HTTP/3 between the browser and the server failed',
    codes: [],
    remedy: 'Record a NetLog (chrome://net-export) for support.',
    checks: [{ says: 'see how the edge answers this machine', command: 'rg-diag trace HOST' }],
    source: gathering,
  },
  {
    id: 'browser-http2',
    program: 'browser',
    phrases: ['err_http2_protocol_error'],
    means: 'HTTP/2 between the browser and the server failed',
    codes: [],
    remedy: 'Record a NetLog (chrome://net-export) for support.',
    checks: [{ says: 'see how the edge answers this machine', command: 'rg-diag trace HOST' }],
    source: gathering,
  },
  {
    id: 'system-refused',
    program: 'system',
    phrases: ['econnrefused'],
    means: 'the connection was refused: nothing listens there, or a firewall rejects it',
    codes: [{ code: 521, when: 'it is the origin that refuses Cloudflare' }],
    checks: [askOrigin],
    source: sources.e521,
  },
  {
    id: 'system-timeout',
    program: 'system',
    phrases: ['etimedout'],
    means: 'the connection was not made in time',
    codes: [{ code: 522, when: 'it is the origin that does not answer Cloudflare' }],
    checks: [askOrigin],
    source: sources.e522,
  },
  {
    id: 'system-unreachable',
    program: 'system',
    phrases: ['ehostunreach'],
    means: 'there is no route to the address',
    codes: [{ code: 523, when: 'it is the origin that Cloudflare has no route to' }],
    checks: [askOrigin],
    source: sources.e523,
  },
  {
    id: 'system-network-unreachable',
    program: 'system',
    phrases: ['enetunreach'],
    means: 'there is no route to the network',
    codes: [{ code: 523, when: 'it is the origin that Cloudflare has no route to' }],
    checks: [askOrigin],
    source: sources.e523,
  },
];

/** The row of an id. */
export function symptomOf(id: string): Symptom | undefined {
  return symptoms.find((row) => row.id === id);
}
