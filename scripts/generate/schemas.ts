import { createGenerator, type Schema, type SchemaGenerator } from 'ts-json-schema-generator';
import type { CommandSpec } from '../../src/commands/command.js';
import { commandSlug } from '../../src/model/command-slug.js';
import type { GeneratedFile } from './generated-file.js';

/**
 * A JSON Schema of what `--format json` prints, one of a line of `--format ndjson`, and one of the facts of each
 * command: of the type `<Name>Facts` in `src/commands/<name>/facts.ts`.
 */
export function schemaFiles(specs: readonly CommandSpec[]): GeneratedFile[] {
  const commands = specs.filter((spec) => spec.kind === 'diagnosis');
  const generator = createGenerator({
    path: `{scripts/generate/schema-roots.ts,${commands.map(({ name }) => `src/commands/${commandSlug(name)}/facts.ts`).join(',')}}`,
    tsconfig: 'tsconfig.json',
    // The compiler has its own turn (`npm run check`).
    skipTypeCheck: true,
    expose: 'export',
    topRef: true,
    encodeRefs: false,
    additionalProperties: false,
  });
  return [
    schemaFile('envelope', ['JsonDocument'], generator),
    schemaFile('ndjson', ['NdjsonLine'], generator),
    ...commands.map(({ name }) =>
      schemaFile(`${commandSlug(name)}.facts`, [factsTypeOf(commandSlug(name)), 'UnmeasuredFacts'], generator),
    ),
  ];
}

/** `config-check` → `ConfigCheckFacts`. */
function factsTypeOf(command: string): string {
  const words = command.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Facts`;
}

function schemaFile(name: string, types: readonly string[], generator: SchemaGenerator): GeneratedFile {
  const definitions = Object.assign({}, ...types.map((type) => definitionsOf(type, generator)));
  const refs = types.map((type) => ({ $ref: `#/definitions/${type}` }));
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:rg-diag:schema:${name}:1`,
    ...(refs.length === 1 ? refs[0] : { anyOf: refs }),
    definitions,
  };
  return { path: `schemas/${name}.schema.json`, content: `${JSON.stringify(withoutUndefined(schema), null, 2)}\n` };
}

function definitionsOf(type: string, generator: SchemaGenerator): Schema['definitions'] {
  try {
    return generator.createSchema(type).definitions;
  } catch (error) {
    // Its errors carry the syntax tree of half the project.
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`no JSON Schema for the type ${type}: ${reason} (does \`npx tsc -p .\` pass?)`);
  }
}

/**
 * The generator's spelling of TypeScript, in JSON's terms: an optional value is absent, never `undefined` (`not: {}`), and
 * a type is called `Report`, not `Report<unknown>`.
 */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value === 'string') return value.startsWith('#/') ? plainName(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, field]): [string, unknown] => [
    plainName(key),
    withoutUndefined(field),
  ]);
  return Object.fromEntries(fields.flatMap(([key, field]) => (key === 'anyOf' ? alternatives(field) : [[key, field]])));
}

function alternatives(schemas: unknown): [string, unknown][] {
  if (!Array.isArray(schemas)) return [['anyOf', schemas]];
  const possible = schemas.filter((schema) => JSON.stringify(schema) !== '{"not":{}}');
  return possible.length === 1 ? Object.entries(possible[0]) : [['anyOf', possible]];
}

function plainName(name: string): string {
  return name.replace(/<unknown>/g, '');
}
