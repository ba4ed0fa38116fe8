import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { commandSlug } from '../src/model/command-slug.js';

const folder = new URL('../schemas/', import.meta.url);

/** The committed schemas, compiled. Strict: a keyword that means nothing is an error. */
function compiled(): Ajv {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
  for (const name of readdirSync(folder)) ajv.addSchema(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  return ajv;
}

let ajv: Ajv | undefined;

/** The validator of a committed schema: `envelope`, `ndjson`, `decode.facts`. */
export function validatorOf(name: string): ValidateFunction {
  ajv ??= compiled();
  const validate = ajv.getSchema(`urn:rg-diag:schema:${name}:1`);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  return validate;
}

/** What is wrong with a document of `--format json` by its schemas, facts included: nothing, if all is well. */
export function validateRun(document: unknown): string[] {
  const problems = problemsOf('envelope', document, '');
  if (problems.length > 0) return problems;
  const { command, reports } = document as { command: string; reports: { facts: unknown }[] };
  return reports.flatMap(({ facts }, index) =>
    problemsOf(`${commandSlug(command)}.facts`, facts, `/reports/${index}/facts`),
  );
}

/** The same for the whole output of `--format ndjson`: every line, the facts of every report, and one run at the end. */
export function validateLines(output: string): string[] {
  if (!output.endsWith('\n')) return ['the last line does not end'];
  const lines = output
    .slice(0, -1)
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  const problems = lines.flatMap((line, index) => problemsOf('ndjson', line, `line ${index + 1} `));
  if (problems.length > 0) return problems;
  const run = lines.at(-1);
  const runs = lines.filter(({ kind }) => kind === 'run');
  if (run?.['kind'] !== 'run' || runs.length !== 1) return ['the last line, and no other, has to be the run'];
  return lines.flatMap(({ kind, facts }, index) =>
    kind === 'report'
      ? problemsOf(`${commandSlug(String(run['command']))}.facts`, facts, `line ${index + 1} /facts`)
      : [],
  );
}

function problemsOf(schema: string, value: unknown, where: string): string[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
