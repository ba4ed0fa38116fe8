import { sources } from './sources.js';

/** How the machine-readable body of an error of the edge files it, and whether trying again is worth it. */
export interface EdgeErrorCategory {
  readonly category: string;
  /** What the category stands for. */
  readonly means: string;
  /** The codes that the page names; others may belong to it too. */
  readonly codes: readonly number[];
}

const source = sources.errorResponses;

const categories: readonly EdgeErrorCategory[] = [
  {
    category: 'origin',
    means: 'the origin is responsible, and the failure may pass',
    codes: [502, 504, 520, 521, 522, 523, 524],
  },
  { category: 'cloudflare', means: 'an internal error at Cloudflare, perhaps without the origin', codes: [500] },
  { category: 'ssl', means: 'TLS at the origin is broken', codes: [525, 526] },
  {
    category: 'access_denied',
    means: 'blocked by address, country or firewall rule',
    codes: [1005, 1006, 1007, 1008, 1010, 1012, 1106, 1107, 1108, 1109],
  },
  { category: 'rate_limit', means: 'a limit of requests', codes: [1015, 1025, 1027, 1200] },
  { category: 'dns', means: 'a name does not resolve', codes: [1001, 1016] },
  {
    category: 'config',
    means: 'the zone or the origin is configured wrongly',
    codes: [1004, 1014, 1033, 1043, 1047, 1049],
  },
  {
    category: 'tls',
    means: 'TLS of the client: version, cipher or certificate',
    codes: [1017, 1028, 1029, 1044],
  },
  { category: 'legal', means: 'blocked for legal reasons', codes: [1026, 1039] },
  {
    category: 'worker',
    means: 'an error of a Worker',
    codes: [1042, 1100, 1101, 1102, 1103, 1104, 1105],
  },
  { category: 'rewrite', means: 'an error of a rewrite rule', codes: [1036, 1037] },
  { category: 'snippet', means: 'an error of a Snippet', codes: [1201, 1202, 1203, 1204, 1205, 1206] },
  { category: 'unsupported', means: 'a feature or protocol that is not supported', codes: [1045] },
];

/** Seconds of `Retry-After`, by code: these may pass by themselves. */
const retryAfter: Readonly<Record<number, number>> = {
  500: 30,
  502: 60,
  504: 120,
  520: 60,
  521: 120,
  522: 120,
  523: 120,
  524: 120,
  1004: 120,
  1015: 30,
  1033: 120,
  1038: 60,
  1200: 60,
  1205: 5,
};

/** What the page says of one code. */
export interface EdgeErrorResponse {
  readonly category?: string;
  readonly means?: string;
  /** Absent where the page does not have the code at all: 501, 503, 527, 530. */
  readonly retryable?: boolean;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly source: string;
}

/**
 * The category of a code and when to try again. Every 1xxx code that is not said to pass does not ("all other 1xxx codes");
 * a 5xx that the page does not have is left open.
 */
export function edgeErrorResponseOf(code: number): EdgeErrorResponse {
  const row = categories.find(({ codes }) => codes.includes(code));
  const seconds = Object.hasOwn(retryAfter, code) ? retryAfter[code] : undefined;
  const retryable =
    seconds !== undefined ? true : row?.category === 'ssl' || (code >= 1000 && code < 2000) ? false : undefined;
  return {
    ...(row !== undefined && { category: row.category, means: row.means }),
    ...(retryable !== undefined && { retryable }),
    ...(seconds !== undefined && { retryAfter: seconds }),
    source,
  };
}

/** Every code that the page files under a category, or has a time for, ascending. */
export function codesWithCategory(): number[] {
  const codes = [...categories.flatMap((row) => row.codes), ...Object.keys(retryAfter).map(Number)];
  return [...new Set(codes)].sort((a, b) => a - b);
}
