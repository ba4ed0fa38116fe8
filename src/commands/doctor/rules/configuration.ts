import type { Failure } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { DoctorFacts } from '../facts.js';
import { listed } from '../text.js';

/** Lines of the map that are named. */
const few = 3;

/** Whether the configuration of rg-listener could be read, and all of its map is checked. */
export const configuration: Rule<DoctorFacts> = {
  id: 'doctor/configuration',
  means: 'Whether the hosts and servers that it is about are well is not known: they are not checked.',
  remedy: '',
  cites: '',
  skips: ({ asked: { skip = [] }, configuration: found, checks }) => {
    if (skip.includes('configuration')) return 'left out: --skip configuration';
    const isChecked = checks.some(({ command, outcome }) => command === 'config check' && outcome.state === 'ran');
    return isChecked && unreadOf(found) !== undefined ? 'what cannot be read, the check of the files says' : undefined;
  },
  check({ configuration: found }): Check {
    const evidence = ['/configuration'];
    if (found.state === 'absent') {
      const where = found.looked.length === 0 ? '' : ` at ${listed(found.looked)}`;
      return {
        status: 'pass',
        says: `there is no configuration of rg-listener${where}: only hosts are checked`,
        evidence,
      };
    }
    const unread = unreadOf(found);
    if (unread !== undefined) {
      const { path, failure } = unread;
      const says = `${path} cannot be read: ${failure.detail}`;
      return { status: 'broken', says, evidence, code: failure.code, remedy: remedyOf(found, failure) };
    }
    const lines = found.state === 'read' ? found.unchecked : [];
    if (lines.length === 0) return { status: 'pass', says: `read: ${listed(pathsOf(found))}`, evidence };
    const named = lines
      .slice(0, few)
      .map(({ line, text, why }) => `line ${line} (${shortened(text, 60)}): ${shortened(why, 120)}`);
    const more = lines.length > few ? `; and ${lines.length - few} more` : '';
    const remedy = 'Name a host that such a line is for: rg-diag doctor HOST';
    return {
      status: 'note',
      says: `no check for lines of the map: ${named.join('; ')}${more}`,
      evidence: ['/configuration/unchecked'],
      remedy,
    };
  },
};

function remedyOf({ state }: DoctorFacts['configuration'], { code }: Failure): string {
  if (code === 'permission-denied') return 'Run it with sudo, or as the user railgun.';
  if (code === 'not-a-file') return 'Name a regular file, or save it as one: it is read more than once.';
  return state === 'read' ? 'Correct map.file in railgun.conf.' : 'Name the right file: --config FILE';
}

/** The file that could not be read. */
function unreadOf(found: DoctorFacts['configuration']) {
  if (found.state === 'unreadable') return found;
  if (found.state === 'absent' || found.mapFailure === undefined) return undefined;
  return { path: found.mapFile ?? 'the map', failure: found.mapFailure };
}

function pathsOf(found: DoctorFacts['configuration']): string[] {
  if (found.state !== 'read') return [];
  return found.mapFile === undefined ? [found.path] : [found.path, found.mapFile];
}
