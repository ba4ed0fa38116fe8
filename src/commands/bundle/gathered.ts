import type { Failure } from '../../model/failure.js';

/**
 * What a text was laid out from. In a text that was wrapped or cut to a width, a name or a secret may be in pieces that nobody finds: it is
 * masked before.
 */
export interface LaidOut {
  /** All that was measured and said, as JSON. */
  readonly json: string;
  /** Laid out again, with every text changed before. */
  again(change: (text: string) => string): Promise<string>;
}

/** What a part came to. */
export type Gathered =
  | {
      readonly state: 'collected';
      readonly text: string;
      /** Not all of it is there, and why. */
      readonly cut?: string;
      /** Where it comes from, where that is known only now; nothing secret is in it. */
      readonly how?: string;
      /** It says only why there is nothing: no question of support is answered by that. */
      readonly answersNothing?: true;
      /** What the text was laid out from. */
      readonly from?: LaidOut;
    }
  | {
      readonly state: 'missing';
      readonly why: string;
      readonly needsRoot?: true;
      readonly how?: string;
    };

export function missing(why: string): Gathered {
  return { state: 'missing', why };
}

/** Why there is nothing of a file, or of a program. */
export function missingBy({ code, detail }: Failure, isRoot: boolean): Gathered {
  return {
    state: 'missing',
    why: detail,
    ...(code === 'permission-denied' && !isRoot && { needsRoot: true as const }),
  };
}
