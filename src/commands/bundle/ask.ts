import { cfRay } from '../../decoders/cf-ray.js';
import type { EdgeMode } from '../../decoders/edge-verdict.js';
import { instantOf } from '../../decoders/instant.js';
import { caseErrorCodes, caseErrorOf } from '../../decoders/wanted-evidence.js';
import { familyOf } from '../../model/endpoint.js';
import { redacted } from '../../model/redact.js';
import { shortened } from '../../model/shortened.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import { casePlaceOf, shownPlace } from './case-place.js';
import type { BundleAsked, BundleTarget, CasePlace, PartKind } from './facts.js';

/** Bytes of each log unless `--log-size` says so. */
const usualLogBytes = 5_000_000;
/** Bytes: what support takes of a file, with room for what is said about it. */
const mostLogBytes = 19_000_000;
/** UTF-16 units of what a person tells in a sentence, and of a name. */
const longest = { what: 1000, zone: 253 } as const;
/** Files of one kind. */
const mostFiles = 20;

/** What a case is about, and how its evidence is to be gathered: it is one report. */
export function ask(given: Given): Answer<BundleAsked, BundleTarget> | UsageProblem {
  const places: CasePlace[] = [];
  for (const text of given.args) {
    const place = casePlaceOf(text);
    if ('problem' in place) return place;
    places.push(place);
  }
  const problem = problemIn(given);
  if (problem !== undefined) return problem;
  const asked = askedOf(given);
  return { asked, targets: [{ hosts: given.args, places, modeGiven: given.options['mode'] !== undefined }] };
}

function askedOf({ args, options, network }: Given): BundleAsked {
  const text = (name: string) => options[name] as string | undefined;
  const texts = (name: string) => {
    const list = options[name] as readonly string[] | undefined;
    return list && [...new Set(list)];
  };
  const [config, zone, what, caFile] = [text('config'), text('zone'), text('what'), text('ca-file')];
  const [logs, originLogs, hars, addCa] = [texts('log'), texts('origin-log'), texts('har'), texts('add-ca')];
  const [ip, rays] = [texts('ip'), texts('ray')];
  const [skip, only] = [texts('skip'), texts('only')] as (readonly PartKind[] | undefined)[];
  const code = options['for'] as number | undefined;
  const readTimeout = options['read-timeout'] as number | undefined;
  return {
    network,
    hosts: args.map(shownPlace),
    ...(config !== undefined && { config }),
    ...(ip !== undefined && { ip: ip.map(bare) }),
    mode: (text('mode') as EdgeMode | undefined) ?? 'strict',
    edgeProfile: (text('edge-profile') as BundleAsked['edgeProfile'] | undefined) ?? '2026',
    ...(readTimeout !== undefined && { readTimeout }),
    ...(code !== undefined && { for: code }),
    since: text('since') ?? '24h',
    ...(logs !== undefined && { logs }),
    ...(originLogs !== undefined && { originLogs }),
    ...(hars !== undefined && { hars }),
    logBytes: (options['log-size'] as number | undefined) ?? usualLogBytes,
    // Its usual name has the time in it, and asking has no clock.
    directory: text('dir') ?? '',
    ...(options['archive'] === true && { archive: true as const }),
    ...(options['anonymise'] === true && { anonymise: true as const }),
    ...(options['dry-run'] === true && { dryRun: true as const }),
    ...(skip !== undefined && { skip }),
    ...(only !== undefined && { only }),
    ...(zone !== undefined && { zone: told(zone, longest.zone) }),
    ...(rays !== undefined && { rays: rays.map(rayOf) }),
    ...(what !== undefined && { what: told(what, longest.what) }),
    ...(caFile !== undefined && { caFile }),
    ...(addCa !== undefined && { addCa }),
  };
}

/** The words of a person, on one line and without what looks secret. */
function told(text: string, length: number): string {
  return shortened(redacted(text.replace(/\s+/g, ' ').trim()), length);
}

function rayOf(text: string): string {
  const { facts } = cfRay.decode(text);
  return `${facts.id}${facts.colo === undefined ? '' : `-${facts.colo}`}`;
}

function bare(text: string): string {
  return text.replace(/^\[(.*)\]$/, '$1');
}

function problemIn({ args, options, network }: Given): UsageProblem | undefined {
  const text = (name: string) => options[name] as string | undefined;
  const texts = (name: string) => (options[name] as readonly string[] | undefined) ?? [];
  if (texts('skip').length > 0 && texts('only').length > 0) {
    return {
      problem: '--skip and --only exclude each other: one names what is left out, the other all that is not',
      hint: 'Give only one of them.',
    };
  }
  if (options['dry-run'] === true && options['archive'] === true) {
    return { problem: '--dry-run writes nothing, so there is no --archive' };
  }
  const [since, log] = [text('since'), options['log-size'] as number | undefined];
  if (since !== undefined && instantOf(since, (options['now'] as number | undefined) ?? 0) === undefined) {
    return {
      problem: `--since ${since} is no time`,
      hint: 'Write 2026-11-20T12:00:00Z, "2026-11-20 12:00", 12:00, 15m, 2h, 3d, today or yesterday.',
    };
  }
  if (log !== undefined && log > mostLogBytes) {
    return {
      problem: `--log-size ${log}: support takes files of at most 20 MB`,
      hint: `At most --log-size ${mostLogBytes}.`,
    };
  }
  return (
    caseProblem(options['for'] as number | undefined) ??
    rayProblem(texts('ray')) ??
    fileProblem(options) ??
    wordsProblem(options) ??
    originProblem(texts('ip'), network, args)
  );
}

function caseProblem(code: number | undefined): UsageProblem | undefined {
  if (code === undefined || caseErrorOf(code) !== undefined) return undefined;
  return { problem: `--for ${code}: no source says anything about this error`, hint: `Known: ${codesText()}.` };
}

/** `500 to 504, 520 to 527, 530, 1000 to 1004, …` */
function codesText(): string {
  const runs: [first: number, last: number][] = [];
  for (const code of caseErrorCodes()) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] + 1 === code) run[1] = code;
    else runs.push([code, code]);
  }
  return runs
    .map(([first, last]) => (first === last ? `${first}` : `${first}${last - first > 1 ? ' to ' : ', '}${last}`))
    .join(', ');
}

function rayProblem(rays: readonly string[]): UsageProblem | undefined {
  const wrong = rays.find((ray) => !cfRay.decode(ray).ok);
  if (wrong === undefined) return undefined;
  return { problem: `--ray ${shortened(wrong, 60)}: not a CF-RAY`, hint: 'As in --ray 8a1b2c3d4e5f6071-AMS.' };
}

/** Standard input is nothing that can be looked at first and read later. */
function fileProblem(options: Given['options']): UsageProblem | undefined {
  for (const name of ['config', 'log', 'origin-log', 'har', 'dir'] as const) {
    const value = options[name] as string | readonly string[] | undefined;
    const paths = value === undefined ? [] : typeof value === 'string' ? [value] : value;
    if (paths.includes('')) return { problem: `--${name} names nothing` };
    if (paths.includes('-')) {
      return {
        problem: `--${name} -: the bundle is made of files`,
        hint: 'Write it into a file first, and name that.',
      };
    }
    if (paths.length > mostFiles)
      return { problem: `--${name} was given ${paths.length} times, and ${mostFiles} are taken` };
  }
  return undefined;
}

/** Words that say nothing are a slip. */
function wordsProblem(options: Given['options']): UsageProblem | undefined {
  for (const name of ['zone', 'what'] as const) {
    if ((options[name] as string | undefined)?.trim() === '') return { problem: `--${name} is empty` };
  }
  return undefined;
}

function originProblem(
  ip: readonly string[],
  { connectTo, family }: Given['network'],
  args: readonly string[],
): UsageProblem | undefined {
  const hint = 'As in rg-diag bundle www.example.com --ip 203.0.113.7.';
  const wrong = ip.find((text) => familyOf(bare(text)) === undefined);
  if (wrong !== undefined) {
    return {
      problem: `--ip ${wrong}: not an address`,
      hint: 'An address with a port, or a name, is given as --connect-to ADDR[:PORT].',
    };
  }
  const [first] = ip;
  if (first !== undefined && connectTo !== undefined) {
    return { problem: '--ip and --connect-to exclude each other: both say where the origin of HOST is' };
  }
  const other = ip.find((text) => family !== undefined && familyOf(bare(text)) !== family);
  if (other !== undefined) {
    return { problem: `--ip ${other} is no IPv${family} address, and -${family} allows no other` };
  }
  if (args.length > 0) return undefined;
  if (first !== undefined) return { problem: '--ip says where the origin of HOST is, and no HOST was given', hint };
  if (connectTo === undefined) return undefined;
  return { problem: '--connect-to says where the origin of HOST is, and no HOST was given', hint };
}
