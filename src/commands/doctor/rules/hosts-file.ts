import { addressKind } from '../../../decoders/address-kind.js';
import { sources } from '../../../knowledge/sources.js';
import type { Check, Rule } from '../../../model/rule.js';
import { shellQuoted } from '../../../model/shell-quoted.js';
import type { DoctorFacts } from '../facts.js';
import { hostIn } from '../names-of.js';
import { listAt, textAt } from '../reading.js';

/** Lines that are named: a file may have thousands. */
const most = 50;

/** Whether the hosts file of this machine leads a host elsewhere than DNS. */
export const hostsFile: Rule<DoctorFacts> = {
  id: 'doctor/hosts-file',
  means:
    'This machine goes to that address for the host, whatever DNS says: what is seen from here need not be what visitors get.',
  remedy: '',
  cites: sources.railgunProblems,
  skips: ({ machine: { unseen, unread } }) =>
    unseen ?? (unread.some(({ path }) => path.endsWith('hosts')) ? 'the hosts file cannot be read' : undefined),
  check({ machine, checks }) {
    const found = machine.hosts.slice(0, most).map((row, index): Check => {
      const { line, address, name } = row;
      const isCloudflare = addressKind(address).kind === 'cloudflare';
      const where = isCloudflare ? `to Cloudflare (${address}), and not to an origin` : `to ${address}`;
      const remedy = `Where that is not intended, take line ${line} out of /etc/hosts.\nTo look past it: rg-diag doctor ${shellQuoted(name)} --resolver 1.1.1.1`;
      const said = { says: `/etc/hosts:${line} leads ${name} ${where}`, evidence: [`/machine/hosts/${index}`], remedy };
      return isCloudflare && isInTheWay(checks, row)
        ? { ...said, status: 'fail', code: 'cloudflare-address' }
        : { ...said, status: 'note' };
    });
    return found.length > 0
      ? found
      : { status: 'pass', says: 'the hosts file names no host that is checked', evidence: ['/machine/hosts'] };
  },
};

/** The origin was looked for at that address, because of the line: it is that of the host, or the map leads there by that name. */
function isInTheWay(
  checks: DoctorFacts['checks'],
  { address, name }: DoctorFacts['machine']['hosts'][number],
): boolean {
  return checks.some(
    ({ command, subject, outcome }) =>
      command === 'origin' &&
      [subject.host, hostIn(subject.destination ?? '')].includes(name.toLowerCase()) &&
      outcome.state === 'ran' &&
      outcome.reports.some(({ facts }) =>
        listAt(facts, '/addresses').some(
          (one) => textAt(one, '/address') === address && textAt(one, '/from') === 'hosts',
        ),
      ),
  );
}
