/** The timers and limits of Cloudflare's edge towards origins, as they were published at one time. */
export interface EdgeProfile {
  /** The year of the pages. */
  readonly id: '2023' | '2026';
  /** Seconds until a SYN has to be answered; else 522. */
  readonly connectSeconds: number;
  /** Seconds until the request has to be acknowledged by TCP; else 522. */
  readonly ackSeconds: number;
  /** Seconds until a request that was acknowledged has to be answered; else 524. */
  readonly readSeconds: number;
  /** Bytes that the headers of a response may have; else 520. */
  readonly headerBytes: number;
  readonly source: string;
}

export const edgeProfiles: readonly [EdgeProfile, EdgeProfile] = [
  {
    id: '2023',
    connectSeconds: 15,
    ackSeconds: 90,
    readSeconds: 100,
    headerBytes: 16 * 1024,
    source: 'Cloudflare, Troubleshooting 5XX errors (2023)',
  },
  {
    id: '2026',
    connectSeconds: 19,
    ackSeconds: 90,
    readSeconds: 120,
    headerBytes: 128 * 1024,
    source: 'Cloudflare, Connection limits (July 2026); Error 520 @d5d7f97, 522 @cbc4445, 524 @64b2464',
  },
];

export type EdgeProfileId = EdgeProfile['id'];
