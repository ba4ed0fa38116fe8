import { readFileSync } from 'node:fs';
import type { CommandSpec } from '../../src/commands/command.js';
import type { GeneratedFile } from './generated-file.js';

const begin = '<!-- commands -->';
const end = '<!-- /commands -->';

/** The README with the table of commands between its markers made anew. */
export function readmeFile(specs: readonly CommandSpec[], path = 'README.md'): GeneratedFile {
  const text = readFileSync(path, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0)
    throw new Error(`${path} needs the lines '${begin}' and '${end}' around its table of commands`);
  return { path, content: `${text.slice(0, from + begin.length)}\n${commandTable(specs)}\n${text.slice(to)}` };
}

/** Name and summary of every command as a Markdown table. */
export function commandTable(specs: readonly CommandSpec[]): string {
  const rows = specs.map(({ name, summary }) => `| \`rg-diag ${name}\` | ${summary.replaceAll('|', '\\|')} |`);
  return ['| command | what it does |', '|---|---|', ...rows].join('\n');
}
