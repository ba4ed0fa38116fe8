import { shellQuoted } from '../../model/shell-quoted.js';
import { doctorLine } from './doctor-line.js';
import type { CheckFacts, DoctorFacts } from './facts.js';
import type { Problem } from './problems.js';

/** A command of a check with what a remedy gives to it: words that no sentence would go on with. */
const mentioned =
  /rg-diag (config check|cert|doctor|listener|logs|memcached|origin|trace)(?![\w-])((?: (?:'[^'\n]*'|[^\s',;]+))*)/g;

/** What stands for a value that whoever reads it knows: `HOST`, `ADDRESS:PORT`, `HOST[:PORT]`. */
const placeholder = /^[A-Z]{2,20}(?:\[?:PORT\]?)?$/;

/** Where a log usually is: a remedy that names it means the log. */
const usualLogs = ['/var/log/syslog', '/var/log/messages'];

/** Options that may be given several times, and add to what is there. */
const adding = ['--add-ca', '-v'];

/**
 * The remedy of a problem, with the line that the doctor has run wherever it names that command: with its options, or who types it asks
 * for something else. A line of another place, or one that means something else, stays as it is.
 */
export function withLinesRun(remedy: string, problem: Problem, facts: DoctorFacts): string {
  const known = withFilesKnown(remedy, problem, facts);
  if (!known.includes('rg-diag ')) return known;
  const filled = known.replace(mentioned, (whole, command: string, rest: string) => {
    const given = wordsOf(rest);
    const line =
      command === 'doctor' ? ofDoctor(given.words, facts) : lineOf(command, given.words, problem, facts.checks);
    if (line === undefined) return whole;
    const tail = rest.slice(given.length);
    return `rg-diag ${command}${line}${behindLine}${tail}`;
  });
  const [first = '', ...others] = filled.split(behindLine);
  return [first, ...others.map(apart)].join('');
}

/** Marks where a line that was filled in ends. */
const behindLine = '\0';

/** What stands behind a line that is to be typed: no mark follows it directly, and what the sentence goes on with is a step of its own. */
function apart(text: string): string {
  const [mark = ''] = /^[.,;:]{1,4}(?=\s|$)/.exec(text) ?? [];
  const further = text.slice(mark.length);
  if (mark === '' || !further.startsWith(' ')) return further;
  const next = further.trimStart();
  return `\n${next.startsWith('rg-diag') ? next : next.replace(/^./, (letter) => letter.toUpperCase())}`;
}

/** With the file instead of what stands for it, and the log that was read instead of the usual one. */
function withFilesKnown(remedy: string, { finding: { place } }: Problem, { checks }: DoctorFacts): string {
  const log = checks.find(({ command, outcome }) => command === 'logs' && outcome.state === 'ran')?.subject.file;
  const searched = remedy.replace(inUsualLog, (whole, search: string) =>
    log === undefined ? whole : `${search} ${shellQuoted(log)}`,
  );
  // A place with a line is one that names the file.
  if (place === undefined || place.line !== undefined) return searched;
  const file = shellQuoted(place.file);
  return searched.replace(permitted, (_, command: string) => `${command} ${file}`);
}

/** A search in the log of the system. */
const inUsualLog = /\b(grep -\w{1,8} (?:'[^'\n]{1,99}'|[^\s']{1,99})) \/var\/log\/(?:syslog|messages)\b/g;

/** `chmod 640 FILE`, with the full stop that would be taken for a part of its name. */
const permitted = /\b(ch(?:own|mod) [\w:]{1,40}) FILE\b(?:\.(?=\n|$))?/g;

/** The doctor's own line, with one host more where that is meant; for a host that is still to be named there is none. */
function ofDoctor(words: readonly string[], { asked }: DoctorFacts): string | undefined {
  if (words.some((word) => placeholder.test(word))) return undefined;
  const [host = '-', ...options] = words;
  if (host.startsWith('-')) return withMore(wordsIn(doctorLine(asked), 'doctor'), words);
  const isNamed = asked.hosts.some((one) => one === host || /^https?:\/\/([^/?:]+)/.exec(one)?.[1] === host);
  if (isNamed) return withMore(wordsIn(doctorLine(asked), 'doctor'), options);
  // Where the origin of the others is, it is not said of this one.
  if (asked.ip !== undefined || asked.network.connectTo !== undefined || host.includes("'")) return undefined;
  return withMore(wordsIn(doctorLine({ ...asked, hosts: [...asked.hosts, host] }), 'doctor'), options);
}

interface Words {
  readonly words: readonly string[];
  /** UTF-16 units that they take, with the blanks before them. */
  readonly length: number;
}

/** The words behind a command, up to where the sentence goes on. */
function wordsOf(rest: string): Words {
  const words: string[] = [];
  let length = 0;
  for (const [whole, word = ''] of rest.matchAll(/ ('[^'\n]*'|[^\s',;]+)/g)) {
    const plain = word.replace(/[.:)]{1,4}$/, '');
    if (words.at(-1) !== '--mode' && !/^-|[A-Z\d./:'[]/.test(plain)) break;
    words.push(plain);
    length += whole.length - (word.length - plain.length);
    // A full stop ends the sentence.
    if (plain.length < word.length) break;
  }
  return { words, length };
}

/** The rest of the line of a check, where these words say no more than it does, or only add an option. */
function lineOf(
  command: string,
  words: readonly string[],
  problem: Problem,
  checks: readonly CheckFacts[],
): string | undefined {
  const ran = checks.filter((check) => check.command === command && check.outcome.state === 'ran');
  const own = problem.check === undefined ? undefined : checks[problem.check];
  const [first] = ran;
  const near = [
    ...ran.filter((check) => check === own),
    ...ran.filter(({ subject }) => isOf(problem, subject)),
    ...(ran.length === 1 && first !== undefined ? [first] : []),
  ];
  for (const { line } of near) {
    const more = withMore(wordsIn(line, command), words);
    if (more !== undefined) return more;
  }
  return undefined;
}

function isOf({ hosts, destinations }: Problem, { host, destination }: CheckFacts['subject']): boolean {
  return (
    (host !== undefined && hosts.includes(host)) ||
    (destination !== undefined && destinations.includes(destination.toLowerCase()))
  );
}

/** The words behind the command of a line, each as it is typed. */
function wordsIn(line: string, command: string): string[] {
  const rest = line.slice(`rg-diag ${command}`.length);
  return [...rest.matchAll(/ ((?:'[^']*'|\\'|[^\s'\\])+)/g)].map(([, word = '']) => word);
}

/** The line with what is added to it; nothing where the words are about something else, or contradict it. */
function withMore(there: readonly string[], words: readonly string[]): string | undefined {
  const added: string[] = [];
  const kept = [...there];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    if (!word.startsWith('-')) {
      if (!isThere(there, word)) return undefined;
      continue;
    }
    const hasValue = next !== undefined && !next.startsWith('-');
    const option = hasValue ? [word, next] : [word];
    if (hasValue) at += 1;
    if (word === '--mode' && there.includes(word) && next !== undefined) kept[there.indexOf(word) + 1] = next;
    else if (!there.includes(word) || adding.includes(word)) added.push(...option);
    else if (hasValue && (word === '--ip' ? !there.includes(next) : !isThere(there, next))) return undefined;
  }
  // Two places at once, or a log besides the journal.
  if (added.includes('--ip') && there.includes('--connect-to')) return undefined;
  if (added.some((word) => word.startsWith('--journal'))) return undefined;
  return [...kept, ...added].map((word) => ` ${word}`).join('');
}

function isThere(there: readonly string[], word: string): boolean {
  return placeholder.test(word) || usualLogs.includes(word) || there.includes(word);
}
