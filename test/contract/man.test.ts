import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allSpecs, manPages, staleFiles } from '../../scripts/generate/index.js';
import { commandPage } from '../../scripts/man/command-page.js';
import { optionsOf } from '../../src/cli/options.js';
import type { CommandSpec } from '../../src/commands/command.js';
import { commandSlug } from '../../src/model/command-slug.js';
import { formats } from '../../src/reporters/index.js';

const specs = await allSpecs();
const pages = manPages(specs);

/** As a reader sees it: no formatting, wide enough that no line breaks within a sentence. */
function shown(page: string): string {
  const text = execFileSync('mandoc', ['-T', 'utf8', '-O', 'width=1000'], { input: page, encoding: 'utf8' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bold and underlined text is typed over
  return text.replace(/.\x08/gu, '');
}

function lint(page: string): string {
  const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning'], { input: page, encoding: 'utf8' });
  // A machine whose clock is behind is not the page's fault.
  return stdout.replace(/^.*date in the future.*\n/m, '');
}

describe('the committed man pages', () => {
  it('are those of the definitions', () => {
    expect(staleFiles(pages)).toEqual([]);
  });

  it.each(pages)('$path is clean mdoc', ({ content }) => {
    expect(lint(content)).toBe('');
  });

  it.each(pages)('$path can be shown by man', ({ path }) => {
    const { status, stdout, stderr } = spawnSync('man', ['--warnings', '-l', path], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('EXIT STATUS');
  });

  it.each(pages)('$path fits a terminal of 80 columns', ({ content }) => {
    const text = execFileSync('mandoc', ['-T', 'ascii', '-O', 'width=80'], { input: content, encoding: 'utf8' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: bold and underlined text is typed over
    const lines = text.replace(/.\x08/g, '').split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(specs)('the page of $name has all that its definition says', (spec) => {
    const text = shown(readFileSync(`man/rg-diag-${commandSlug(spec.name)}.1`, 'utf8'));
    for (const { long, short, value, more } of optionsOf(spec)) {
      const operand = value === undefined ? '' : ` ${value.name}`;
      const shortest = short === undefined ? [] : [`-${short}${operand}`];
      const longest = long === undefined ? [] : [`--${long}${operand.replace(' ', '=')}`];
      expect(text).toContain([...shortest, ...longest].join(', '));
      if (more !== undefined) expect(text.replace(/\s+/g, ' ')).toContain(more);
    }
    if (spec.kind !== 'interactive') expect(text).toContain('-h, --help');
    for (const paragraph of spec.description) expect(text.replace(/\s+/g, ' ')).toContain(paragraph);
    const lines = text.split('\n').map((line) => line.trim());
    for (const { value } of spec.arguments) expect(lines.some((line) => line.startsWith(value.name))).toBe(true);
    for (const { title } of spec.notes ?? []) expect(text).toContain(title.toUpperCase());
    for (const { path } of spec.files ?? []) expect(text).toContain(path);
    for (const { command } of spec.examples) {
      expect(text.replace(/ \\\n/g, ' ').replace(/\s+/g, ' ')).toContain(command);
    }
  });

  it('the page of the tool names every command, format and option of all commands', () => {
    const text = shown(readFileSync('man/rg-diag.1', 'utf8'));
    for (const { name } of specs) expect(text).toContain(`rg-diag-${commandSlug(name)}(1)`);
    for (const { format } of formats) expect(text).toMatch(new RegExp(`^ +${format} `, 'm'));
    const diagnoses = specs.filter(({ kind }) => kind === 'diagnosis');
    const common = diagnoses.flatMap((spec) => optionsOf(spec).filter((option) => !spec.options.includes(option)));
    for (const { long } of common.filter(({ long }) => long !== 'concurrency')) expect(text).toContain(`--${long}`);
  });
});

describe('a page of an awkward command', () => {
  const text = `.Op is no macro, 'neither is this', "nor" \\fBthis\\fP; it costs 5 % of C:\\temp — ^ ~ \` {x} No Ar.`;
  const spec: CommandSpec = {
    kind: 'diagnosis',
    name: 'awkward',
    summary: 'say "what" isn\'t said: No Ar . , \\e',
    description: [text, '.Sh FAKE', "'ig ignored"],
    arguments: [{ value: { name: 'WHAT', kind: 'text' }, required: true, repeats: true, says: text }],
    options: [
      { long: 'dry-run', says: text, more: `${text} See (--dry-run), --dry-run=WHAT.` },
      { long: 'with', short: 'w', value: { name: 'FILE', kind: 'file' }, repeats: true, says: 'take FILE.' },
    ],
    takesTargets: true,
    concurrency: 'at most N at once',
    defaultTimeout: 30,
    examples: [{ command: `.awkward 'a\\b' "$(rg-diag)" \`x\` -- .`, says: text }],
    files: [{ path: '/etc/it\'s "here"', says: 'a file' }],
    notes: [{ title: 'On quotes', paragraphs: [text, text] }],
  };
  const page = commandPage(spec, [spec, ...specs], { version: '1.2.3', date: '2024-01-31' });
  const seen = shown(page).replace(/\s+/g, ' ');

  it('is clean', () => {
    expect(lint(page)).toBe('');
  });

  it('shows every character', () => {
    expect(seen.split(text).length - 1).toBe(6);
    expect(seen).toContain(`rg-diag-awkward – ${spec.summary}`);
    expect(seen).toContain(".Sh FAKE 'ig ignored");
    expect(seen).toContain('See (--dry-run), --dry-run=WHAT.');
    expect(seen).toContain(spec.examples[0]?.command);
    expect(seen).toContain('/etc/it\'s "here" A file.');
    expect(seen).toContain('ON QUOTES');
    expect(seen).toContain('rg-diag awkward [option ...] [--dry-run] [-w FILE]... WHAT ...');
    expect(seen).toContain('rg-diag 1.2.3 January 31, 2024');
  });
});
