import type { Failure } from './failure.js';

/** What ssl-checker makes of a server. */
export interface Grade {
  /** `A+` … `F`. */
  readonly grade?: string;
  readonly protocols?: readonly string[];
  readonly weakCiphers?: boolean;
  readonly reasons?: readonly string[];
  readonly hsts?: { readonly maxAge?: number; readonly includeSubDomains?: boolean; readonly preload?: boolean } | null;
  /** What ssl-checker has no option for, and so did not honour. */
  readonly notHonoured?: readonly string[];
  readonly failure?: Failure;
}
