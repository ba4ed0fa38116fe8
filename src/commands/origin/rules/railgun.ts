import { firstFailed } from '../../../decoders/origin-stages.js';
import { edgeErrorOf } from '../../../knowledge/edge-errors.js';
import type { Failure } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { RailgunFacts, SeenFacts } from '../facts.js';
import { isOurs } from '../verdict.js';

const portSource = 'Cloudflare, Railgun potential problems; railgun-nat.conf of the package (5.3.x)';

/** What rg-listener would make of the origin, and what it would log. */
export const railgun: Rule<SeenFacts> = {
  id: 'origin/railgun',
  means: 'Visitors whose requests come through Railgun get this, whatever the way without it gives.',
  remedy: 'Read the log of rg-listener, with log.level = 5.',
  cites: edgeErrorOf(527)?.source ?? '',
  skips: ({ railgun: seen }) => (seen === undefined ? 'not asked for: --railgun' : undefined),
  check(facts): Check {
    const seen = facts.railgun;
    if (seen === undefined) return { status: 'pass', says: 'not asked for', evidence: ['/asked'] };
    if (seen.failure !== undefined) {
      const { failure } = seen;
      return {
        status: failure.byRun === true ? statusOfFailure(failure, facts) : 'broken',
        says: `the configuration of rg-listener cannot be used: ${failure.detail}`,
        evidence: ['/railgun/failure'],
        code: failure.code,
        remedy:
          'Check the name, the permissions and the lines of the file of --railgun, and of the one that map.file names.',
      };
    }
    if (seen.code === null) return healthyCheck(seen);
    const failure = failureOf(seen);
    if (seen.code === undefined) return undeterminedCheck(seen, facts, failure);
    const logs = seen.logLine === undefined ? '; no source shows its log line' : ` and logs: ${seen.logLine}`;
    const isOfOrigin = seen.http !== undefined && seen.http.status === seen.code;
    return {
      status: failure === undefined ? 'fail' : statusOfFailure(failure, facts),
      says: isOfOrigin
        ? `through rg-listener visitors get ${seen.code}, which ${destinationText(seen)} itself answers`
        : `through rg-listener visitors get ${seen.code}; it connects to ${destinationText(seen)}${logs}`,
      evidence: ['/railgun/code', '/railgun/stages', ...(seen.logLine === undefined ? [] : ['/railgun/logLine'])],
      code: failure?.code ?? 'origin-error',
      remedy: isOfOrigin ? 'Read the error log of the origin: rg-listener only hands its answer on.' : remedyOf(seen),
    };
  },
};

/** Why it breaks, where that was seen: rg-listener refuses certificates that no stage had anything against. */
function failureOf({ stages, stage, tls }: RailgunFacts): Failure | undefined {
  const seen = stages.find((one) => one.stage === stage) ?? firstFailed(stages);
  if (seen !== undefined && 'failure' in seen) return seen.failure;
  const defect = stage === 'certificate' ? tls?.chain?.defectDetails[0] : undefined;
  return defect && { code: defect.code, step: 'tls', blame: 'target', detail: defect.detail };
}

function undeterminedCheck(seen: RailgunFacts, facts: SeenFacts, failure: Failure | undefined): Check {
  return {
    status: failure === undefined || isOurs(failure) ? 'broken' : statusOfFailure(failure, facts),
    says: `nobody can say what visitors get through rg-listener: ${seen.why ?? failure?.detail ?? 'it was not seen'}`,
    evidence: ['/railgun/stages'],
    code: failure?.code ?? facts.stopped?.code ?? 'no-answer',
    remedy: remedyOf(seen),
  };
}

function healthyCheck(seen: RailgunFacts): Check {
  const { http, portLost, notes = [] } = seen;
  const answered = http === undefined ? '' : `, which answers ${http.status}`;
  const says = `rg-listener gets the page from ${destinationText(seen)}${answered}`;
  if (portLost !== undefined) {
    return {
      status: 'note',
      says: `${says}, and not from port ${portLost}, which was asked for`,
      evidence: ['/railgun/portLost'],
      remedy: portStep(seen),
      cites: portSource,
    };
  }
  if (notes.length === 0) return { status: 'pass', says, evidence: ['/railgun/code'] };
  const remedy = 'Look at these lines of railgun.conf and of the file that map.file names.';
  return { status: 'note', says: `${says}; ${notes.join('; ')}`, evidence: ['/railgun/notes'], remedy };
}

/** Without a line of its own, a port that is not usual is lost. */
function portStep({ portLost = 0 }: RailgunFacts): string {
  return `Add a line for the port to railgun-nat.conf: HOST:${portLost} = ADDRESS:${portLost}, and restart rg-listener.`;
}

function destinationText({ destination = 'nothing' }: RailgunFacts): string {
  return destination;
}

function remedyOf(seen: RailgunFacts): string {
  const [host = '', port = ''] = splitPlace(seen.destination ?? '');
  const { stage = firstFailed(seen.stages)?.stage } = seen;
  const lines: string[] = [];
  if (seen.portLost !== undefined) lines.push(portStep(seen));
  if (stage === 'tcp' && host !== '') {
    lines.push(
      `On the machine of rg-listener: rg-diag probe ${host} ${port}`,
      'Let the address of rg-listener through the firewall of the origin.',
    );
  }
  if (stage === 'tls' || stage === 'certificate') {
    lines.push('Mend the certificate, or append its authority to ca.bundle in railgun.conf and restart rg-listener.');
    if (stage === 'certificate')
      lines.push('On a trusted LAN: validate.cert = 0 in railgun.conf accepts any certificate.');
  }
  if (stage === 'response' || stage === 'request') {
    lines.push('Where the origin is only slow: raise lan.timeout in railgun.conf and restart rg-listener.');
  }
  lines.push(
    'See what rg-listener does: log.level = 5 in railgun.conf.',
    'For support: railgun.conf without activation.token, railgun-nat.conf, and the log of rg-listener.',
  );
  return lines.join('\n');
}

/** `[2001:db8::1]:443` → its address without brackets, and its port. */
function splitPlace(place: string): string[] {
  const colon = place.lastIndexOf(':');
  if (colon < 0) return [];
  return [place.slice(0, colon).replace(/^\[|\]$/g, ''), place.slice(colon + 1)];
}
