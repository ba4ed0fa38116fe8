import type { Failure } from '../model/failure.js';

/** The steps of Cloudflare's edge on its way to an origin, in order. */
export const stageNames = ['dns', 'tcp', 'tls', 'certificate', 'request', 'response'] as const;

export type StageName = (typeof stageNames)[number];

/** What became of one stage. `ms` is how long it took. */
export type StageSeen =
  | { readonly stage: StageName; readonly status: 'pass'; readonly says: string; readonly ms?: number }
  /** `warn`: what failed is nothing that the edge looks at in the mode that was asked for. */
  | { readonly stage: StageName; readonly status: 'fail' | 'warn'; readonly failure: Failure; readonly ms?: number }
  | { readonly stage: StageName; readonly status: 'skip'; readonly reason: string };

/** The first stage that failed; nothing where none did. */
export function firstFailed(
  stages: readonly StageSeen[],
): (StageSeen & { readonly status: 'fail' | 'warn' }) | undefined {
  return stages.find((seen): seen is StageSeen & { status: 'fail' } => seen.status === 'fail');
}

/** All stages from the first of those that were seen on: what was not reached is skipped, and why. */
export function withSkipped(seen: readonly StageSeen[], scheme: 'https' | 'http'): StageSeen[] {
  const failed = firstFailed(seen)?.stage;
  const from = stageNames.indexOf(seen[0]?.stage ?? 'dns');
  return stageNames.slice(from).map((stage): StageSeen => {
    const own = seen.find((one) => one.stage === stage);
    if (own !== undefined) return own;
    const isOfTls = stage === 'tls' || stage === 'certificate';
    const reason = isOfTls && scheme === 'http' ? 'plain HTTP in this mode' : `${failed ?? 'an earlier stage'} failed`;
    return { stage, status: 'skip', reason };
  });
}
