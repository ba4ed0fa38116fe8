import type { FailureCode } from '../../../model/failure.js';
import type { SourcePlace } from '../../../model/place.js';
import type { Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';
import { type ConfAt, confsOf, placeOf } from '../settings.js';

/** One thing that a rule found in the configurations of several listeners, or of one behind a balancer. */
export type EstateFound = {
  readonly says: string;
  readonly evidence: readonly string[];
  readonly place: SourcePlace;
  readonly remedy?: string;
} & ({ readonly status: 'warn' | 'fail'; readonly code: FailureCode } | { readonly status: 'note' });

/** A rule about all configurations of listeners that stand behind one load balancer. */
export interface EstateRule {
  readonly id: string;
  readonly means: string;
  readonly remedy: string;
  readonly cites: string;
  readonly well: string;
  /** It compares: there is nothing to say about one configuration. */
  readonly compares?: true;
  find(confs: readonly ConfAt[], facts: ConfigFacts): Iterable<EstateFound>;
}

/** Runs a rule where several configurations were given, which then belong together, or `--behind-load-balancer` was. */
export function estateRule({ id, means, remedy, cites, well, compares, find }: EstateRule): Rule<ConfigFacts> {
  return {
    id: `config-check/${id}`,
    means,
    remedy,
    cites,
    skips({ asked, configs }) {
      if (configs.length === 0) return 'there is no railgun.conf to look at';
      if (configs.length > 1) return undefined;
      if (compares === true) return 'there is one configuration only';
      return asked.behindLoadBalancer === true ? undefined : 'not asked for: --behind-load-balancer';
    },
    check(facts) {
      const found = [...find(confsOf(facts), facts)];
      return found.length > 0 ? found : { status: 'pass', says: well, evidence: ['/configs'] };
    },
  };
}

/** The place and the evidence of the line that sets a key; of one that is not set, the file. */
export function whereIs(conf: ConfAt, key: string): Pick<EstateFound, 'place' | 'evidence'> {
  const by = conf.last(key);
  if (by === undefined) return { place: { file: conf.conf.path }, evidence: [conf.pointer] };
  return { place: placeOf(conf, by), evidence: [`${by.pointer}/value`] };
}

/** What contradicts another file: certain where it was said that they belong together, else they may not. */
export function severityOf({ asked }: ConfigFacts): 'fail' | 'warn' {
  return asked.behindLoadBalancer === true ? 'fail' : 'warn';
}

/** What to do where files were given together that do not belong together. */
export const apart = 'If these are listeners of different Railguns, check their files one by one.';
