import { optionsOf } from '../../src/cli/options.js';
import type { CommandSpec, OptionSpec } from '../../src/commands/command.js';
import { commandSlug } from '../../src/model/command-slug.js';
import { formats } from '../../src/reporters/index.js';
import { exampleList } from './examples.js';
import { exitStatus } from './exit-status.js';
import { definitions, display, literal } from './mdoc.js';
import { choicesIn, optionList, parserOptions, valueNamesOf } from './options.js';
import { type Edition, page, seeAlso } from './page.js';
import { type Marks, paragraphs, prose, sentence } from './prose.js';

const summary = 'diagnose origin servers behind Cloudflare, with or without Railgun';

const variables = ['NO_COLOR', 'FORCE_COLOR', 'CLICOLOR_FORCE', 'CLICOLOR', 'TERM'];

/** The page of the tool, `rg-diag(1)`: what all commands have in common, and the historic spelling. */
export function mainPage(specs: readonly CommandSpec[], edition: Edition): string {
  const options = [...commonOptions(specs), ...parserOptions];
  const network = networkOptions();
  const values = [...valueNamesOf([...options, ...network]), 'VALUE', 'COMMAND'];
  const marks: Marks = { values, variables, whole: choicesIn(options) };
  const text = (...texts: readonly string[]) => paragraphs(texts, marks);
  const sections = [
    { title: 'SYNOPSIS', lines: synopsis },
    {
      title: 'DESCRIPTION',
      lines: text(
        'rg-diag tells what is wrong between Cloudflare and a web server behind it, whose side it is on, and what to check next.',
        'Every command works in the same four steps. It measures: it reads input or touches the network, and writes down what it saw. It decodes what it saw into facts. It explains the facts as findings, each with its evidence and with what to do about it. It reports the findings to a person or to a machine. The facts are part of the machine-readable formats, so a report can be saved and attached to a ticket.',
        'A run makes one report for each target. Progress, warnings and error messages go to standard error; standard output carries the reports and nothing else.',
      ),
    },
    {
      title: 'COMMANDS',
      lines: [
        ...definitions(
          specs.map((spec) => [
            `Cm ${literal(spec.name)}`,
            [...prose(sentence(spec.summary), marks), 'See', `.Xr rg-diag-${commandSlug(spec.name)} 1 .`],
          ]),
          'completion',
        ),
        '.Pp',
        ...text('rg-diag `help` COMMAND prints a shorter help on a command.'),
      ],
    },
    {
      title: 'OPTIONS',
      lines: [
        ...text('Every command that diagnoses something takes these options; its own page has the others.'),
        ...optionList(options, marks),
        '.Ss Options of commands that reach targets over the network',
        ...text(
          'Every address that a name has is tried, and each is a report of its own; when some of them do not work, all of them say so. Where certificates are verified, --ca-file and --add-ca say whom to trust.',
        ),
        ...optionList(network, marks),
      ],
    },
    { title: 'OUTPUT FORMATS', lines: outputFormats(specs, marks) },
    {
      title: 'ENVIRONMENT',
      lines: [
        ...text(
          'Whether the format `text` is coloured is for --color to say, then for these variables in this order. An empty one counts as unset. Where none decides, a terminal gets colour.',
        ),
        ...definitions(environment.map(([name, says]) => [`Ev ${name}`, prose(says, marks)])),
      ],
    },
    { title: 'EXIT STATUS', lines: exitStatus({ kind: 'diagnosis' }, marks) },
    {
      title: 'EXAMPLES',
      lines: exampleList(
        specs.flatMap((spec) => spec.examples.slice(0, spec.kind === 'print' ? 1 : 2)),
        marks,
      ),
    },
    { title: 'COMPATIBILITY', lines: compatibility(marks) },
    { title: 'SEE ALSO', lines: seeAlso(specs.map(({ name }) => `rg-diag-${commandSlug(name)}`)) },
    {
      title: 'STANDARDS',
      lines: text(
        'The format `json` is RFC 8259, its times are RFC 3339 in UTC, and its evidence is JSON pointers (RFC 6901). The format `nagios` follows the Monitoring Plugins Development Guidelines, and `prometheus` the text exposition format 0.0.4.',
      ),
    },
    {
      title: 'HISTORY',
      lines: text(
        'The first rg-diag was installed along with Railgun, with which Cloudflare sent only the differences between two versions of a page over the long way to its edge. It decoded Cf-Railgun headers. Cloudflare deprecated Railgun on January 31, 2024. This rg-diag is a new program that understands the old command line and answers it in the old words.',
      ),
    },
    {
      title: 'SECURITY CONSIDERATIONS',
      lines: text(
        'Text that comes from outside (header values, log lines, file names) is escaped in every format: control characters, characters that change the direction of writing, and what the format itself gives a meaning to. No name or address that is found in a log or in an answer is contacted unless asked for.',
      ),
    },
  ];
  return page('rg-diag', summary, sections, edition);
}

const synopsis: readonly string[] = [
  '.Nm',
  '.Ar command',
  '.Op Ar option ...',
  '.Op Ar argument ...',
  '.Nm',
  '.Cm help',
  '.Op Ar command',
  '.Nm',
  '.Fl decode Ns = Ns Ar VALUE',
  '.Nm',
  '.Fl \\-version',
];

const environment: readonly (readonly [name: string, says: string])[] = [
  ['NO_COLOR', 'No colour, whatever the value.'],
  ['FORCE_COLOR', 'Colour, also where the output is not a terminal. With the value 0 or false: no colour.'],
  ['CLICOLOR_FORCE', 'Colour, also where the output is not a terminal, unless the value is 0.'],
  ['CLICOLOR', 'With the value 0: no colour.'],
  ['TERM', 'With the value dumb: no colour.'],
];

const any: CommandSpec = {
  kind: 'diagnosis',
  name: '',
  summary: '',
  description: [],
  arguments: [],
  options: [],
  takesTargets: false,
  examples: [],
};

/** What the commands that reach targets over the network take beyond the options of every command. */
function networkOptions(): OptionSpec[] {
  const common = optionsOf(any).map(({ long }) => long);
  return optionsOf({ ...any, network: true, trust: true }).filter(({ long }) => !common.includes(long));
}

/** The options that every diagnosis has, with the text that fits all of them. */
function commonOptions(specs: readonly CommandSpec[]): OptionSpec[] {
  const takesTargets = specs.some((spec) => spec.takesTargets);
  return optionsOf({ ...any, takesTargets }).map((option) => {
    const says = option.says.replace(' (default none)', '');
    if (says !== option.says) return { ...option, says: `${says}; each page names its default` };
    return option.long === 'targets' ? { ...option, says: `${says} (where a command takes targets)` } : option;
  });
}

function outputFormats(specs: readonly CommandSpec[], marks: Marks): string[] {
  const rows = formats.map(({ format, says, everywhere }) => {
    const owners = specs.filter((spec) => spec.formats?.includes(format) === true).map(({ name }) => name);
    const where = everywhere ? '' : ` Only with the command ${owners.join(', ')}.`;
    return [`Cm ${format}`, prose(`${sentence(says)}${where}`, marks)] as const;
  });
  return [
    ...prose('The output, in the format that --format names, is made from the same reports:', marks),
    ...definitions(rows, 'prometheus'),
    '.Pp',
    ...paragraphs(
      [
        'The document of `json` has the keys `schema` (rg-diag/1), `command`, `version`, `at`, `verdict` (ok, warn, fail or unknown), `exitCode`, `durationMs`, `reports` and, with --ticket, `ticket`. A report has `target`, `at`, `durationMs`, `verdict`, `facts`, `findings` and `metrics`. A finding has `rule`, `status` (pass, note, warn, fail, skip or broken), `says` (what was seen), `means` (what that means), `evidence` (JSON pointers into the facts), `remedy` (what to do), `cites` and, where there is a failure behind it, its `code`. A metric has `name`, `help`, `unit`, `value`, `labels` and, where thresholds were given, `warn`, `fail` and `alarm` (which side of them is the bad one: above, if absent, or below).',
        'A line of `ndjson` has the key `kind`: `report` for each report, `run` for the rest of the document, which comes last, and `record` for what a command streams. The package has JSON Schemas of both formats, and of the facts of each command, in the directory `schemas`.',
        'The output is valid whatever came from outside, and also when the run is interrupted.',
      ],
      marks,
    ),
  ];
}

function compatibility(marks: Marks): string[] {
  return [
    ...paragraphs(
      [
        'The command line of the first rg-diag is still understood, by the rules of the flag package of Go: one dash or two, the value after = or a blank, the last one wins, and the first word that is no option ends the options.',
      ],
      marks,
    ),
    ...display(['$ rg-diag -decode="151df128a1 2.05 0.009465 0031 5360"', ...historicOutput]),
    '.Pp',
    ...paragraphs(
      [
        'A flags word alone, as in -decode=0031, prints only the lines with flags. A value that cannot be decoded exits 3, with a message on standard error. A wrong command line exits 64, as everywhere, where the flag package exits 2.',
        'Together with an option of today, such as --format=json, the historic spelling is the same as the command `decode` with this option. -version and -help are understood as well.',
      ],
      marks,
    ),
  ];
}

const historicOutput: readonly string[] = [
  'Compression ratio 2.05%',
  'Railgun version 5360',
  'Railgun Flag map.file used to change IP',
  'Railgun Flag rg-sender sent dictionary',
  'Railgun Flag rg-listener found dictionary',
];
