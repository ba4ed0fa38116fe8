import type { FailureCode } from '../../../model/failure.js';
import type { SafeFix, SourcePlace } from '../../../model/place.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';
import { type MapAt, mapsOf } from '../map-reading.js';
import { mostOf } from './conf-rule.js';

/** One thing that a rule found in a railgun-nat.conf. */
export type MapFound = {
  readonly says: string;
  readonly evidence: readonly string[];
  /** Absent: the file as a whole. */
  readonly place?: SourcePlace;
  readonly remedy?: string;
  readonly cites?: string;
  readonly fix?: SafeFix;
} & ({ readonly status: 'warn' | 'fail'; readonly code: FailureCode } | { readonly status: 'note' });

/** A rule about each railgun-nat.conf by itself. */
export interface MapRule {
  readonly id: string;
  readonly means: string;
  readonly remedy: string;
  readonly cites: string;
  /** What is said where nothing was found. */
  readonly well: string;
  find(map: MapAt, facts: ConfigFacts): Iterable<MapFound>;
}

/** Runs a rule over every railgun-nat.conf. */
export function mapRule({ id, means, remedy, cites, well, find }: MapRule): Rule<ConfigFacts> {
  return {
    id: `config-check/${id}`,
    means,
    remedy,
    cites,
    skips: ({ maps }) => (maps.length === 0 ? 'there is no map to look at' : undefined),
    check(facts) {
      const found = mapsOf(facts).flatMap((map) => checksOf(map, find(map, facts), remedy, mostOf(facts)));
      return found.length > 0 ? found : { status: 'pass', says: well, evidence: ['/maps'] };
    },
  };
}

function checksOf(at: MapAt, all: Iterable<MapFound>, ofRule: string, most: number): Check[] {
  const { path: file } = at.map;
  const checks: Check[] = [];
  for (const each of all) {
    const found = at.isGuessed ? leftAlone(each, ofRule) : each;
    if (checks.length >= most) {
      const { fix: _fix, ...more } = found;
      checks.push({ ...more, says: `more like these: the first ${most} are shown`, place: { file } });
      break;
    }
    checks.push({ place: { file }, ...found });
  }
  return checks;
}

/** Nothing is written through a guess. */
function leftAlone({ fix, ...found }: MapFound, ofRule: string): MapFound {
  if (fix === undefined) return found;
  const why =
    '--fix leaves this file alone: map.file names it by a relative path, and where rg-listener looks for it is not documented. ' +
    'Name the map on the command line too, or its whole path in map.file.';
  return { ...found, remedy: `${found.remedy ?? ofRule}\n${why}` };
}
