import { optionsOf } from '../../src/cli/options.js';
import type { CommandSpec } from '../../src/commands/command.js';
import { commandSlug } from '../../src/model/command-slug.js';
import { exampleList } from './examples.js';
import { exitStatus } from './exit-status.js';
import { definitions, literal } from './mdoc.js';
import { argumentList, choicesIn, optionList, parserOptions, synopsisLines, valueNamesOf } from './options.js';
import { type Edition, page, seeAlso } from './page.js';
import { type Marks, paragraphs, prose, sentence } from './prose.js';

/** The page of one command, `rg-diag-<command>(1)`. */
export function commandPage(spec: CommandSpec, all: readonly CommandSpec[], edition: Edition): string {
  const options = optionsOf(spec);
  const marks: Marks = {
    values: valueNamesOf(options, spec.arguments),
    whole: choicesIn(options, spec.arguments),
  };
  const isOwn = spec.kind === 'interactive';
  const common = isOwn ? [] : [...options.filter((option) => !spec.options.includes(option)), ...parserOptions];
  const sections = [
    { title: 'SYNOPSIS', lines: synopsis(spec) },
    { title: 'DESCRIPTION', lines: description(spec, marks) },
    { title: 'OPTIONS', lines: optionSections(spec, common, marks) },
    ...(spec.notes ?? []).map(({ title, paragraphs: texts }) => ({
      title: title.toUpperCase(),
      lines: paragraphs(texts, marks),
    })),
    { title: 'FILES', lines: files(spec, marks) },
    { title: 'EXIT STATUS', lines: exitStatus(spec, marks) },
    { title: 'EXAMPLES', lines: exampleList(spec.examples, marks) },
    {
      title: 'SEE ALSO',
      lines: seeAlso([
        'rg-diag',
        ...all.filter(({ name }) => name !== spec.name).map(({ name }) => `rg-diag-${commandSlug(name)}`),
      ]),
    },
  ];
  return page(`rg-diag-${commandSlug(spec.name)}`, spec.summary, sections, edition);
}

function synopsis(spec: CommandSpec): string[] {
  return [`.Nm rg-diag Cm ${literal(spec.name)}`, '.Op Ar option ...', ...synopsisLines(spec)];
}

function description(spec: CommandSpec, marks: Marks): string[] {
  const text = paragraphs(spec.description, marks);
  if (spec.arguments.length === 0) return text;
  return [...text, '.Pp', 'The arguments are as follows:', ...argumentList(spec.arguments, marks)];
}

function optionSections(spec: CommandSpec, common: CommandSpec['options'], marks: Marks): string[] {
  if (spec.options.length === 0) return optionList(common, marks);
  if (common.length === 0) return optionList(spec.options, marks);
  return [...optionList(spec.options, marks), '.Ss Options of every command', ...optionList(common, marks)];
}

function files({ files: list = [] }: CommandSpec, marks: Marks): string[] {
  if (list.length === 0) return [];
  return definitions(list.map(({ path, says }) => [`Pa ${literal(path)}`, prose(sentence(says), marks)]));
}
