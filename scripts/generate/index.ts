import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandSpec } from '../../src/commands/command.js';
import { catalogue } from '../../src/commands/index.js';
import { commandSlug } from '../../src/model/command-slug.js';
import { commandPage } from '../man/command-page.js';
import { currentEdition } from '../man/edition.js';
import { mainPage } from '../man/main-page.js';
import type { GeneratedFile } from './generated-file.js';
import { readmeFile } from './readme.js';
import { schemaFiles } from './schemas.js';

/** The definitions of all commands, in the order of the catalogue. */
export async function allSpecs(): Promise<CommandSpec[]> {
  return Promise.all(catalogue.map(async (row) => (await row.load()).command));
}

/** The man pages: one of the tool, one of each command. */
export function manPages(specs: readonly CommandSpec[]): GeneratedFile[] {
  const edition = currentEdition();
  return [
    { path: 'man/rg-diag.1', content: mainPage(specs, edition) },
    ...specs.map((spec) => ({
      path: `man/rg-diag-${commandSlug(spec.name)}.1`,
      content: commandPage(spec, specs, edition),
    })),
  ];
}

/** Every file that is made from the definitions, as it should be. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const specs = await allSpecs();
  return [...manPages(specs), ...schemaFiles(specs), readmeFile(specs)];
}

/** The files that are not as they should be, with what is wrong; empty where all are. */
export function staleFiles(files: readonly GeneratedFile[]): string[] {
  const changed = files.filter(({ path, content }) => !existsSync(path) || readFileSync(path, 'utf8') !== content);
  return [...changed.map(({ path }) => path), ...leftOver(files)];
}

/** Runs the generator: writes what is stale, or with `--check` only names it. Returns the exit code. */
export async function generate(argv: readonly string[]): Promise<number> {
  const files = await generatedFiles();
  const stale = staleFiles(files);
  if (argv.includes('--check')) {
    for (const path of stale)
      console.error(`${path} is not what the definitions say: run \`node scripts/generate.mjs\``);
    return stale.length === 0 ? 0 : 1;
  }
  for (const { path, content } of files.filter((file) => stale.includes(file.path))) writeFileSync(path, content);
  for (const path of leftOver(files)) rmSync(path);
  for (const path of stale) console.log(path);
  return 0;
}

/** Pages and schemas of commands that are gone. */
function leftOver(files: readonly GeneratedFile[]): string[] {
  const folders = new Set(files.map(({ path }) => dirname(path)).filter((folder) => folder !== '.'));
  const present = [...folders].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return present.filter((path) => !files.some((file) => file.path === path)).sort();
}
