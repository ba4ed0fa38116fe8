/**
 * What the tables cite: each page, file and program once, with the revision (`@` and the beginning of its commit) or the
 * date of the copy that was read. Where two copies were, both are named.
 */
export const sources = {
  // Errors of the edge, as of 2025 and 2026 unless another date is there.
  e500: 'Cloudflare, Error 500 @8cd2f79',
  e501: 'Cloudflare, Error 501 @e6fb65e',
  e502: 'Cloudflare, Errors 502 and 504 @994f80d, @03650a2',
  e503: 'Cloudflare, Error 503 @b55aab7',
  e520: 'Cloudflare, Error 520 @d5d7f97, @0df0f1c',
  e521: 'Cloudflare, Error 521 @eee4370, @0ddc958',
  e522: 'Cloudflare, Error 522 @cbc4445, @0309c8b',
  e523: 'Cloudflare, Error 523 @2c99cef',
  e524: 'Cloudflare, Error 524 @64b2464',
  e525: 'Cloudflare, Error 525 @41b6084',
  e526: 'Cloudflare, Error 526 @d5d7f97',
  e530: 'Cloudflare, Error 530 @c0d017d',
  index5xx: 'Cloudflare, 5xx errors @64b2464',
  of1xxx: 'Cloudflare, 1xxx errors @9e09e9f',
  e403: 'Cloudflare, Error 403 (2025-05-21)',
  errorResponses: 'Cloudflare, error responses @0cc0c37 (2026)',
  errorHeaders: 'Cloudflare, error headers @340e3eb (a single version)',
  errorAnalytics: 'Cloudflare, Error analytics by Cloudflare data center (206973867, an older article)',
  of2023: 'Cloudflare, Troubleshooting 5XX errors (2023)',

  // The edge, its addresses and its timers.
  limitsNow: 'Cloudflare, Connection limits (July 2026)',
  limitsBefore: 'Cloudflare, Connection limits @0010e3d (a copy older than that of July 2026)',
  ipAddresses: 'Cloudflare, Cloudflare IP addresses @1f2fee7',
  networkPorts: 'Cloudflare, Network ports @395de4f',
  httpHeaders: 'Cloudflare, HTTP headers @1eaf7bb',
  rayId: 'Cloudflare, Cloudflare Ray ID @09bc225',
  cacheResponses: 'Cloudflare, Cache responses @13d65a4',
  visitorIps: 'Cloudflare, Restoring original visitor IPs @ed04602',
  gathering: 'Cloudflare, Gathering information for troubleshooting sites @63868ea',
  support: 'Cloudflare, Contacting Cloudflare support @015d23b',

  // TLS between the edge and an origin.
  sslModes: 'Cloudflare docs, ssl/origin-configuration/ssl-modes',
  sslModeFlexible: 'Cloudflare docs, ssl/origin-configuration/ssl-modes/flexible',
  sslModeStrict: 'Cloudflare docs, ssl/origin-configuration/ssl-modes/full-strict',
  sslModeOriginPull: 'Cloudflare docs, ssl/origin-configuration/ssl-modes/ssl-only-origin-pull',
  cipherSuites: 'Cloudflare docs, ssl/origin-configuration/cipher-suites @08c8851',
  originCa: 'Cloudflare docs, ssl/origin-configuration/origin-ca',
  cloudflared: 'cloudflare/cloudflared tlsconfig/cloudflare_ca.go @1f1c6a0',

  // Railgun.
  railgunProblems: 'Cloudflare, Railgun potential problems',
  railgunBalancers: 'Cloudflare, Railgun and load balancers',
  railgunBalancersBefore: 'Cloudflare, Load balancing and Railgun (an older article)',
  railgunArticle: 'Cloudflare, Reading and Interpreting the Cf-Railgun Header (202963724)',
  railgunFaq: 'Cloudflare, Railgun FAQ @eb4aedb',
  railgunRequirements: 'Cloudflare, Railgun user guide: requirements @22cb3d3',
  railgunPreparing: 'Cloudflare, Railgun user guide: preparing the environment @6446fcc',
  railgunActivation: 'Cloudflare, Railgun user guide: configuration and activation @e27ce3c',
  railgunExecution: 'Cloudflare, Railgun user guide: execution @5d82016',
  railgunAdministration: 'Cloudflare, Railgun user guide: administration @aceb28c',
  railgunAuthorities: 'Cloudflare, Railgun user guide: CA certificates @090b07a',
  railgunLogging: 'Cloudflare, Railgun user guide: increase logging @83f4788',
  railgunChangelog: 'Cloudflare, Railgun changelog @1f39e97',
  railgunDeprecation: 'Cloudflare, Railgun deprecation notice @197fe23',
  packageFile: 'railgun.conf of the package (5.3.x; jonrankin/cloudflare-assignment @3905220)',
  packageFileRedHat: 'railgun.conf of the package (raventools/cloudflare-railgun @df85a66)',
  packageFileAws: 'railgun.conf of the package (edge-cloud/www.edge-cloud.net, 2016-02-17)',
  claire: 'cloudflare/claire source/request.js @f0dc301',
  claireComment: 'cloudflare/claire commit 6b36001',

  // Other programs.
  harSanitizer: 'cloudflare/har-sanitizer src/lib/har_sanitize.tsx @2e889e5',
  har: 'HAR 1.2, W3C Web Performance group (a historical draft)',
  nginx: 'nginx/nginx src/http/ngx_http_upstream.c @0123ee3',
  curl: 'curl(1) 7.88, exit codes',
  goMemStats: 'golang/go src/runtime/mstats.go (MemStats) @bec4481, @555c16d',
  goServer: 'golang/go src/net/http/server.go (Handler) @003dbc4',
  goPanics: 'golang/go src/runtime/panic.go (printpanics), sigpanic_unix.go @c0d6d33',
} as const;

/** The list of 1xxx codes, and the page that a code has of its own. */
export function pageOf1xxx(code: number): string {
  return `Cloudflare, Error ${code}; ${sources.of1xxx}`;
}
