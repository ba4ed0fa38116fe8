import { writeSync } from 'node:fs';
import { type CfRailgun, cfRailgun } from '../decoders/cf-railgun.js';
import { directReasonOf } from '../knowledge/direct-reasons.js';
import { printable } from '../model/printable.js';
import { version } from './version.js';

/**
 * Options of `rg-diag decode` that take a value: a value after a blank belongs to them, and does not end the options
 * as any other word does. A contract test holds the list to the command's definition.
 */
export const optionsWithValue: readonly string[] = [
  'f',
  'format',
  'o',
  'output',
  'color',
  't',
  'timeout',
  'timeout-result',
  'now',
  'expect',
  'i',
  'input',
  'targets',
  'concurrency',
]; // prettier-ignore

/** What a historic command line asks for. */
type Historic =
  | { readonly kind: 'decode'; readonly value: string; readonly modern: readonly string[] }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly problem: string };

/**
 * Answers `rg-diag -decode=VALUE` and `rg-diag -version` as they have always been answered. Returns the command line
 * to run instead where it is in today's spelling, or mixes both.
 */
export function runHistoric(argv: readonly string[]): readonly string[] | undefined {
  const historic = parseHistoric(argv);
  if (historic === undefined) return argv;
  if (historic.kind === 'decode' && historic.modern.length > 0) {
    return ['decode', ...historic.modern, '--', historic.value];
  }
  if (historic.kind === 'version') say(1, `rg-diag ${version}\n`);
  else if (historic.kind === 'mistake') apologise(historic.problem);
  else decode(historic.value);
  return undefined;
}

/** Writes a few lines at once: `process.stdout` takes longer to set up than everything else here. */
function say(descriptor: 1 | 2, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // A reader that goes away (`| head -1`) is no reason to complain; one that is slow is waited for.
    if (code === 'EAGAIN') (descriptor === 1 ? process.stdout : process.stderr).write(text);
    else if (code !== 'EPIPE') process.exitCode = 3;
  }
}

function apologise(problem: string): void {
  process.exitCode = 64;
  say(2, `rg-diag: ${printable(problem)}\nTry 'rg-diag --help'.\n`);
}

function decode(value: string): void {
  const decoded = cfRailgun.decode(value);
  if (!decoded.ok) {
    const unquoted = /^[0-9a-f]{10}$/i.test(value) ? 'A header has blanks in it: put it in quotes.\n' : '';
    process.exitCode = 3;
    say(2, `rg-diag: ${printable(decoded.failure.detail)}\n${unquoted}`);
    return;
  }
  const { facts, fields } = decoded;
  const ratio = fields.find(({ name }) => name === 'ratioPercent')?.text;
  process.exitCode = facts.reason !== undefined && directReasonOf(facts.reason)?.internal ? 1 : 0;
  say(
    1,
    historicLines(facts, ratio)
      .map((line) => `${printable(line)}\n`)
      .join(''),
  );
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
      if (value === undefined) return { kind: 'mistake', problem: `flag needs an argument: ${word}` };
    } else if (name === 'version') {
      wantsVersion = given === undefined || /^(1|t|T|true|TRUE|True)$/.test(given);
    } else if (name === 'help' || name === 'h') {
      return undefined;
    } else {
      modern.push(word);
      if (given === undefined && optionsWithValue.includes(name)) modern.push(...argv.slice(++index, index + 1));
    }
  }
  if (wantsVersion && modern.length === 0) return { kind: 'version' };
  return value === undefined ? undefined : { kind: 'decode', value, modern };
}
