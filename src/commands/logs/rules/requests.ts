import type { RequestTimeline } from '../../../decoders/listener-requests.js';
import { type ListenerPhase, listenerLogLines } from '../../../knowledge/listener-log-lines.js';
import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { railgunReload } from '../../../knowledge/railgun-reload.js';
import { grouped } from '../../../model/count.js';
import { durationText } from '../../../model/duration.js';
import { redacted } from '../../../model/redact.js';
import type { Rule } from '../../../model/rule.js';
import { filledIn } from '../causes.js';
import type { LogsFacts } from '../facts.js';
import { latestFirst } from '../latest.js';
import { phaseWords } from '../phases.js';
import { counted, instantText } from '../text.js';

const lanTimeout = railgunParameterOf('lan.timeout');
/** Seconds. */
const usualLimit = Number(lanTimeout?.default);

/** Seconds, and where they are from. */
function limitOf({ asked }: LogsFacts): { readonly limit: number; readonly named: string } {
  const limit = asked.lanTimeout ?? usualLimit;
  const from = asked.lanTimeout === undefined ? 'unless --lan-timeout says otherwise' : 'by --lan-timeout';
  return { limit, named: `lan.timeout is ${limit} s ${from}` };
}

const noRequests = 'no requests are logged: that takes log.level = 5';

/** Requests of which nothing more was logged. */
export const hungRequests: Rule<LogsFacts> = {
  id: 'logs/hung-requests',
  means: 'The last line of a request shows the step in which it hung. rg-listener gives up after lan.timeout.',
  remedy: '',
  cites: listenerLogLines['waiting-for-response'].source,
  skips: ({ requests }) => (requests === undefined ? noRequests : undefined),
  check(facts) {
    const { requests } = facts;
    const { silent = 0, completed = 0, silentPhases = {}, silentSamples = [] } = requests ?? {};
    const evidence = ['/requests/silent', '/requests/silentPhases', '/requests/silentSamples'];
    if (silent === 0) {
      return { status: 'pass', says: `${counted(completed, 'request')} completed, none hung`, evidence };
    }
    const phases = (Object.entries(silentPhases) as [ListenerPhase, number][]).sort(([, a], [, b]) => b - a);
    const list = phases.map(([phase, count]) => `${grouped(count)} ${phaseWords[phase]}`).join(', ');
    const latestOnes = latestFirst(silentSamples);
    const [[first, most] = []] = phases;
    const last = latestOnes[0]?.phases.at(-1)?.phase;
    // Of two that are as common, the one of the request that is named.
    const commonest = last !== undefined && silentPhases[last] === most ? last : first;
    const sample = latestOnes.find(({ phases: reached }) => reached.at(-1)?.phase === commonest);
    const { named } = limitOf(facts);
    const says = `${counted(silent, 'request')} went no further (${named}): ${list}${latest(latestOnes[0])}`;
    return { status: 'warn', says, evidence, remedy: remedyOf(commonest, sample), code: 'request-hung' };
  },
};

function latest(sample: RequestTimeline | undefined): string {
  const at = sample?.phases.at(-1)?.at;
  const what = sample?.host ?? sample?.id;
  return what === undefined ? '' : `; the latest for ${what}${at === undefined ? '' : ` at ${instantText(at)} UTC`}`;
}

function remedyOf(phase: ListenerPhase | undefined, sample: RequestTimeline | undefined): string {
  const { host, destination } = sample ?? {};
  const filled = (remedy: string) => filledIn(remedy, { host }).replace(/rg-diag origin \S+/, `$&${optionsOf(sample)}`);
  if (phase === 'connecting') return filled(listenerLogLines['lan-connecting'].remedy);
  if (phase === 'connected' || phase === 'sent' || phase === 'waiting') {
    const towards =
      destination === undefined ? '' : `\n${filledIn('There too: rg-diag probe {destination}', { destination })}`;
    return filled(listenerLogLines['waiting-for-response'].remedy) + towards;
  }
  if (phase === 'accepted')
    return 'Look at the connection with the edge: rg-diag logs -v shows the way of each request.';
  return 'Look at the load of the machine of rg-listener, and at its connection with the edge.';
}

/**
 * What the log knows of a request, for `rg-diag origin`: where it went, and what it asked for. A path that looks secret, or has
 * what a shell would not leave alone, is left out.
 */
function optionsOf(sample: RequestTimeline | undefined): string {
  const { destination = '', url = '' } = sample ?? {};
  const [, address = '', port = ''] = /^\[?([0-9a-f.:]{2,45}?)\]?:(\d{1,5})$/i.exec(destination) ?? [];
  const path = /^(?:[a-z]{1,10}:\/\/[^/]*)?(\/[\w./+%-]{1,120})$/i.exec(url)?.[1] ?? '';
  const toPort = port === '80' ? ' --mode flexible' : port === '443' || port === '' ? '' : ` --port ${port}`;
  return [
    address === '' ? '' : ` --ip ${address}${toPort}`,
    path === '' || redacted(path) !== path ? '' : ` --path ${path}`,
  ].join('');
}

/** How long origins take, against what rg-listener waits for them. */
export const slowOrigin: Rule<LogsFacts> = {
  id: 'logs/slow-origin',
  means: `rg-listener waits for the origin no longer than lan.timeout (${usualLimit} s unless it is set): then visitors get an error.`,
  remedy: `Find out why the origin is slow: rg-diag origin HOST\nWhere pages take that long: raise lan.timeout, and ${railgunReload('lan.timeout')}.`,
  cites: lanTimeout?.source ?? '',
  skips: ({ requests }) =>
    requests === undefined ? noRequests : requests.seconds === undefined ? 'no request was completed' : undefined,
  check(facts) {
    const { requests } = facts;
    const { limit, named } = limitOf(facts);
    const { max = 0, p50 = 0, p99 = 0 } = requests?.seconds ?? {};
    const [slowest] = requests?.slowest ?? [];
    const evidence = ['/requests/seconds', ...(slowest === undefined ? [] : ['/requests/slowest/0'])];
    const name = slowest?.host ?? slowest?.id;
    const for_ = name === undefined ? '' : ` (${name})`;
    const says = `the slowest request took ${durationText(max)}${for_}; half of them at most ${durationText(p50)}, 99 % ${durationText(p99)}; ${named}`;
    const remedy = filledIn(this.remedy.replace('HOST', '{host}'), { host: slowest?.host });
    if (max >= limit * 0.8) return { status: 'warn', says, evidence, remedy, code: 'too-slow' };
    if (max >= limit / 3) return { status: 'note', says, evidence, remedy };
    return { status: 'pass', says, evidence };
  },
};

/** Errors that origins themselves answered with, which rg-listener passes on. */
export const originErrors: Rule<LogsFacts> = {
  id: 'logs/origin-errors',
  means: 'The origin itself answered with an error, which Cloudflare passes on to the visitor.',
  remedy: 'Read the error log of the web server at that time.',
  cites: '',
  skips: ({ requests }) => (requests === undefined ? noRequests : undefined),
  check({ requests }) {
    const evidence = ['/requests/statuses'];
    const errors = Object.entries(requests?.statuses ?? {}).filter(([status]) => status.startsWith('5'));
    if (errors.length === 0) return { status: 'pass', says: 'no origin answered with an error of its own', evidence };
    const list = errors.map(([status, count]) => `${status} ${counted(count, 'time')}`).join(', ');
    return { status: 'note', says: `origins answered with ${list}`, evidence };
  },
};
