import type { CfRailgun } from '../../decoders/cf-railgun.js';
import type { CfRay } from '../../decoders/cf-ray.js';
import type { StreamRecord } from '../../model/record.js';

/** One decoded value as a flat row; where it came from first. `line` is absent for a value of the command line. */
export function recordOf(
  source: string,
  line: number | undefined,
  value: string,
  facts: Omit<CfRailgun, 'form'> & { readonly form: CfRailgun['form'] | CfRay['form'] } & Partial<Pick<CfRay, 'colo'>>,
): StreamRecord {
  return {
    source,
    line,
    value,
    form: facts.form,
    id: facts.id,
    ratioPercent: facts.ratioPercent,
    savedPercent: facts.savedPercent,
    originTimeSeconds: facts.originTimeSeconds,
    flags: facts.flags?.hex,
    version: facts.version,
    reason: facts.reason,
    colo: facts.colo,
    compressionWorking: facts.compressionWorking,
  };
}
