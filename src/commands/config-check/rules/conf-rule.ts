import type { FailureCode } from '../../../model/failure.js';
import type { SafeFix, SourcePlace } from '../../../model/place.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';
import { type ConfAt, confsOf, placeOf, type SettingAt } from '../settings.js';

/** One thing that a rule found in a railgun.conf. */
export type Found = {
  readonly says: string;
  /** The line that it is about, which is then evidence too; absent: the file as a whole. */
  readonly by?: SettingAt;
  /** The part of that line; absent: the value. */
  readonly part?: Parameters<typeof placeOf>[2];
  /** Instead of the place of `by`. */
  readonly place?: SourcePlace;
  readonly evidence?: readonly string[];
  readonly remedy?: string;
  /** The remedy changes something else than the line. */
  readonly leavesConf?: true;
  readonly cites?: string;
  readonly fix?: SafeFix;
} & ({ readonly status: 'warn' | 'fail'; readonly code: FailureCode } | { readonly status: 'note' });

/** A rule about each railgun.conf by itself. */
export interface ConfRule {
  readonly id: string;
  readonly means: string;
  readonly remedy: string;
  readonly cites: string;
  /** What is said where nothing was found. */
  readonly well: string;
  find(conf: ConfAt, facts: ConfigFacts): Iterable<Found>;
}

/** Of the same slip so many are shown for a file. */
const mostShown = 100;

/** How many that are: all of them while --fix is at work, because what is found is what is put right. */
export function mostOf({ asked, fixed }: ConfigFacts): number {
  return asked.fix === true && fixed === undefined ? Number.POSITIVE_INFINITY : mostShown;
}

/**
 * Runs a rule over every railgun.conf. What it finds about a line says at the end of its remedy how the change takes
 * effect: by SIGHUP for the keys that the documents list for it, by a restart for all others.
 */
export function confRule({ id, means, remedy, cites, well, find }: ConfRule): Rule<ConfigFacts> {
  return {
    id: `config-check/${id}`,
    means,
    remedy,
    cites,
    skips: ({ configs }) => (configs.length === 0 ? 'there is no railgun.conf to look at' : undefined),
    check(facts) {
      const found = confsOf(facts).flatMap((conf) => checksOf(conf, find(conf, facts), remedy, mostOf(facts)));
      return found.length > 0 ? found : { status: 'pass', says: well, evidence: ['/configs'] };
    },
  };
}

function checksOf(conf: ConfAt, all: Iterable<Found>, ofRule: string, most: number): Check[] {
  const checks: Check[] = [];
  for (const found of all) {
    if (checks.length >= most) {
      const { by: _by, part: _part, place: _place, fix: _fix, ...more } = found;
      checks.push(checkOf(conf, { ...more, says: `more like these: the first ${most} are shown` }, ofRule));
      break;
    }
    checks.push(checkOf(conf, found, ofRule));
  }
  return checks;
}

function checkOf(conf: ConfAt, found: Found, ofRule: string): Check {
  const { by, part, place, evidence = [], cites, fix, says, remedy = ofRule } = found;
  const conclusion = {
    says,
    evidence: [...(by === undefined ? [] : [`${by.pointer}/${part === 'key' ? 'key' : 'value'}`]), ...evidence],
    remedy: remedy === '' ? '' : `${remedy}${found.leavesConf === true ? '' : takesEffect(by)}`,
    place: place ?? (by === undefined ? { file: conf.conf.path } : placeOf(conf, by, part)),
    ...(cites !== undefined && { cites }),
    ...(fix !== undefined && { fix }),
  };
  if (conclusion.evidence.length === 0) conclusion.evidence.push(conf.pointer);
  return found.status === 'note'
    ? { ...conclusion, status: 'note' }
    : { ...conclusion, status: found.status, code: found.code };
}

function takesEffect(by: SettingAt | undefined): string {
  if (by?.row === undefined || by.row.reader !== undefined) return '';
  return by.row.reload ? ' Then SIGHUP makes rg-listener read it.' : ' Then restart rg-listener.';
}
