/** Where what is around the machine of an estate can be reached from it. */

/** The machine itself, as Cloudflare sees it: `activation.railgun_host`. */
export const publicAddress = '203.0.113.7';
export const nameServer = '203.0.113.53';
/** Of Cloudflare's ranges: visitors of the names are led here. */
export const edge = '104.16.132.229';
/** The router to the network of the origins. */
export const lanRouter = '10.0.0.1';

/** Origins in the LAN, each with what is wrong with it. */
export const origins = {
  www: '10.0.1.12',
  shop: '10.0.1.13',
  /** Nobody listens on 443; port 80 answers. */
  refusing: '10.0.1.20',
  /** A firewall drops what comes to it. */
  dropping: '10.0.1.21',
  /** The router knows no way to it. */
  unreachable: '10.0.9.22',
  /** Resets the connection instead of a handshake. */
  resetting: '10.0.1.23',
  /** Knows only a cipher suite that the edge does not offer. */
  noCipher: '10.0.1.24',
  /** Plain HTTP on 443. */
  plain: '10.0.1.25',
  expired: '10.0.1.26',
  otherName: '10.0.1.27',
  selfSigned: '10.0.1.28',
  noIntermediate: '10.0.1.29',
  /** Of an authority like Cloudflare's Origin CA, which nobody but the edge trusts. */
  originCa: '10.0.1.30',
  answers500: '10.0.1.31',
  answers502: '10.0.1.32',
  answers503: '10.0.1.33',
  /** Takes the request, and never answers. */
  silent: '10.0.1.34',
  /** Takes the request, and closes. */
  empty: '10.0.1.35',
  /** Headers of 200 kB. */
  largeHeaders: '10.0.1.36',
  /** Sends everybody who speaks HTTP to HTTPS. */
  toHttps: '10.0.1.37',
  /** Answers after two seconds. */
  slow: '10.0.1.38',
  /** Listens on port 2083 only. */
  control: '10.0.1.39',
  expiring: '10.0.1.40',
} as const;

/** Origins with public addresses, for machines without Railgun. */
export const publicOrigins = {
  good: '11.0.0.12',
  refusing: '11.0.0.20',
  dropping: '11.0.0.21',
  expired: '11.0.0.26',
} as const;
