import type { CommandSpec, OptionSpec } from '../commands/command.js';
import { usualConnectTimeout } from '../model/network.js';
import { formats } from '../reporters/index.js';

/** The formats that a command can write: those of every command, then its own. */
export function formatsOf(spec: CommandSpec): readonly string[] {
  return formats
    .filter((row) => row.everywhere || spec.formats?.includes(row.format) === true)
    .map((row) => row.format);
}

/** Every option of a command, its own first: what the parser, help, man page and completion are made from. */
export function optionsOf(spec: CommandSpec): readonly OptionSpec[] {
  if (spec.kind === 'interactive') return spec.options;
  if (spec.kind === 'print') return [...spec.options, outputOption];
  return [
    ...spec.options,
    ...(spec.network === true ? networkOptions(spec) : []),
    ...(spec.trust === true ? trustOptions : []),
    ...diagnosisOptions(spec),
  ];
}

const outputOption: OptionSpec = {
  long: 'output',
  short: 'o',
  value: { name: 'FILE', kind: 'file' },
  says: 'write to FILE instead of standard output',
  more: 'A regular file is written whole or not at all: the text goes to a temporary file in the same directory, which takes its place when the run has ended. Its mode is kept. Anything else, such as a FIFO or /dev/null, is written in place. An interrupted run leaves the file as it was.',
};

const networkOptions = ({ usualConnectTimeout: words = String(usualConnectTimeout) }: CommandSpec): OptionSpec[] => [
  { long: 'ipv4', short: '4', says: 'use IPv4 addresses only' },
  { long: 'ipv6', short: '6', says: 'use IPv6 addresses only' },
  {
    long: 'connect-timeout',
    value: { name: 'SECONDS', kind: 'number', min: 0.001 },
    says: `give up an attempt to connect after SECONDS (default ${words})`,
  },
  {
    long: 'resolver',
    value: { name: 'ADDR[:PORT]', kind: 'text' },
    says: 'ask this name server instead of the system',
    more: 'It is asked for A and AAAA; /etc/hosts is then not looked at.',
  },
  {
    long: 'resolve',
    value: { name: 'HOST:PORT:ADDR', kind: 'text' },
    repeats: true,
    says: 'use ADDR for HOST and PORT, and ask no name server; ADDR may be a list with commas',
  },
  {
    long: 'connect-to',
    value: { name: 'ADDR[:PORT]', kind: 'text' },
    says: 'connect there, but keep the name of the target for Host and SNI',
  },
];

const trustOptions: readonly OptionSpec[] = [
  {
    long: 'ca-file',
    value: { name: 'FILE', kind: 'file' },
    says: 'trust the authorities in this PEM file instead of those of the system',
  },
  {
    long: 'add-ca',
    value: { name: 'FILE', kind: 'file' },
    repeats: true,
    says: 'trust the authorities in this PEM file too',
  },
];

function diagnosisOptions(spec: CommandSpec): OptionSpec[] {
  const options: OptionSpec[] = [
    {
      long: 'format',
      short: 'f',
      value: { name: 'FORMAT', kind: 'choice', choices: formatsOf(spec) },
      says: `print as ${formatsOf(spec).join(', ')} (default text)`,
    },
    { long: 'json', says: 'the same as --format json' },
    outputOption,
    { long: 'quiet', short: 'q', says: 'print nothing but errors; the exit code tells the result' },
    {
      long: 'verbose',
      short: 'v',
      says: 'show the raw signals beside every conclusion',
      more: 'Also shows the rules that passed or did not apply, the id of each rule, and where its knowledge comes from.',
    },
    {
      long: 'color',
      value: { name: 'WHEN', kind: 'choice', choices: ['auto', 'always', 'never'] },
      says: 'colour the output: auto, always or never (default auto)',
      more: 'auto colours a terminal. NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and CLICOLOR are honoured, in this order; this option wins over all of them. Only the text format is ever coloured.',
    },
    {
      long: 'timeout',
      short: 't',
      value: { name: 'SECONDS', kind: 'number', min: 0.001 },
      says: `end the whole run after SECONDS (default ${spec.defaultTimeout ?? 'none'})`,
      more: 'One deadline for every step of the run. What was found by then is reported; targets that were not reached are reported as unknown, never dropped.',
    },
    {
      long: 'timeout-result',
      value: { name: 'VERDICT', kind: 'choice', choices: ['ok', 'warn', 'fail', 'unknown'] },
      says: 'what a target counts as when the deadline ends it (default fail)',
    },
    {
      long: 'now',
      value: { name: 'TIME', kind: 'time' },
      says: 'judge as of TIME instead of the clock',
      more: 'An RFC 3339 time such as 2026-11-20T12:00:00Z, or a date alone for its midnight UTC.',
    },
    {
      long: 'ticket',
      says: 'add a block to paste into a support ticket',
      more: 'UTC time, targets, raw signals and findings; nothing secret. With the formats json and ndjson it is the key ticket of the run, with nagios it is long output, in html a part of the page; the formats prometheus, csv, sarif and har have no place for it.',
    },
  ];
  if (spec.takesTargets) {
    options.push({
      long: 'targets',
      value: { name: 'FILE', kind: 'file' },
      says: 'read further targets from FILE, one per line; - is standard input',
      more: 'Blank lines are ignored, and so is a line that begins with #. A line is never the name of a file to read.',
    });
  }
  if (spec.concurrency !== undefined) {
    options.push({
      long: 'concurrency',
      value: { name: 'N', kind: 'number', min: 1, integer: true },
      says: spec.concurrency,
    });
  }
  return options;
}
