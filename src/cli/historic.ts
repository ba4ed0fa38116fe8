import { type CfRailgun, cfRailgun } from '../decoders/cf-railgun.js';
import { directReasonOf } from '../knowledge/direct-reasons.js';
import { printable } from '../model/printable.js';
import { version } from './version.js';
import { writeNow } from './write.js';

/**
 * The options of `rg-diag decode`, and whether they take a value: a value after a blank belongs to its option, and does
 * not end the options as any other word does. A contract test holds the table to the command's definition.
 */
export const todaysOptions: Readonly<Record<string, boolean>> = {
  input: true,
  i: true,
  expect: true,
  each: false,
  format: true,
  f: true,
  json: false,
  output: true,
  o: true,
  quiet: false,
  q: false,
  verbose: false,
  v: false,
  color: true,
  timeout: true,
  t: true,
  'timeout-result': true,
  now: true,
  ticket: false,
  targets: true,
  concurrency: true,
};

/** What a historic command line asks for. */
type Historic =
  | { readonly kind: 'decode'; readonly value: string; readonly modern: readonly string[] }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly problem: string; readonly modern: readonly string[] };

/**
 * Answers `rg-diag -decode=VALUE` and `rg-diag -version` as they have always been answered. Returns the command line
 * to run instead where it is in today's spelling, or mixes both.
 */
export function runHistoric(argv: readonly string[]): readonly string[] | undefined {
  // Until something has ended well, it has not: whatever stops it halfway is a bug, never a result.
  process.exitCode = 70;
  const historic = parseHistoric(argv);
  if (historic === undefined) return argv;
  if (historic.kind === 'decode' && historic.modern.length > 0) {
    return ['decode', ...historic.modern, '--', historic.value];
  }
  if (historic.kind === 'mistake' && historic.modern.length > 0) {
    // How to apologise depends on the format that was asked for.
    void import('./program.js').then(({ refuse }) => refuse(historic.problem, argv));
    return undefined;
  }
  if (historic.kind === 'version') say(`rg-diag ${version}\n`, 0);
  else if (historic.kind === 'mistake') apologise(historic.problem);
  else decode(historic.value);
  return undefined;
}

/** A reader that goes away (`| head -1`) is no reason to complain; a full disk is. */
function say(text: string, exitCode: number): void {
  process.exitCode = exitCode;
  const error = writeNow(1, text);
  if (error === undefined || error.code === 'EPIPE') return;
  process.exitCode = 3;
  writeNow(2, `rg-diag: cannot write to standard output: ${error.message}\n`);
}

function apologise(problem: string): void {
  process.exitCode = 64;
  writeNow(2, `rg-diag: ${printable(problem)}\nTry 'rg-diag --help'.\n`);
}

function decode(value: string): void {
  const decoded = cfRailgun.decode(value);
  if (!decoded.ok) {
    const unquoted = /^[0-9a-f]{10}$/i.test(value) ? 'A header has blanks in it: put it in quotes.\n' : '';
    process.exitCode = 3;
    writeNow(2, `rg-diag: ${printable(decoded.failure.detail)}\n${unquoted}`);
    return;
  }
  const { facts, fields } = decoded;
  const ratio = fields.find(({ name }) => name === 'ratioPercent')?.text;
  const lines = historicLines(facts, ratio).map((line) => `${printable(line)}\n`);
  say(lines.join(''), facts.reason !== undefined && directReasonOf(facts.reason)?.internal ? 1 : 0);
}

/** The first five lines of the documentation's example are exactly these; the other forms follow their manner. */
function historicLines({ form, reason, version: listener, flags }: CfRailgun, ratio: string | undefined): string[] {
  const lines: string[] = [];
  if (ratio !== undefined) lines.push(`Compression ratio ${ratio}%`);
  else if (form !== 'flags') lines.push(`Railgun form ${form}`);
  if (reason !== undefined) lines.push(`Railgun reason ${reason}`);
  if (listener !== undefined) lines.push(`Railgun version ${listener}`);
  for (const { meaning } of flags?.set ?? []) lines.push(`Railgun Flag ${meaning}`);
  for (const bit of flags?.unknown ?? []) lines.push(`Railgun Flag unknown 0x${bit.toString(16).padStart(2, '0')}`);
  return lines;
}

/**
 * Go's `flag` package: one dash or two, `=` or a blank, the last one wins, and the first word that is no option, or
 * `--`, ends them; what follows is not looked at.
 */
function parseHistoric(argv: readonly string[]): Historic | undefined {
  const modern: string[] = [];
  let value: string | undefined;
  let wantsVersion = false;
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    const [, name, given] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) break;
    if (name === 'decode') {
      value = given ?? argv[++index];
      if (value === undefined) return { kind: 'mistake', problem: `flag needs an argument: ${word}`, modern };
    } else if (name === 'version') {
      wantsVersion = given === undefined || /^(1|t|T|true|TRUE|True)$/.test(given);
    } else if (name === 'help' || name === 'h') {
      return undefined;
    } else {
      // Go's one dash will do for today's long options too: `-format json`.
      const needsDash = name.length > 1 && name in todaysOptions && !word.startsWith('--');
      modern.push(needsDash ? `-${word}` : word);
      if (given === undefined && todaysOptions[name]) modern.push(...argv.slice(++index, index + 1));
    }
  }
  if (wantsVersion && modern.length === 0) return { kind: 'version' };
  return value === undefined ? undefined : { kind: 'decode', value, modern };
}
