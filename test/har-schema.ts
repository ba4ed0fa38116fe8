import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

/** The JSON Schemas of HAR 1.2 (har-schema), which are of draft 6. */
const folder = join(dirname(createRequire(import.meta.url).resolve('har-schema')), '.');

let validate: ValidateFunction | undefined;

/** What is wrong with a HAR by its schema: nothing, if all is well. */
export function harSchemaProblems(document: unknown): string[] {
  validate ??= compiled();
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compiled(): ValidateFunction {
  // Formats (of a date, say) are beyond what Ajv alone knows.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const { $schema: _, ...schema } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    ajv.addSchema(schema);
  }
  const found = ajv.getSchema('har.json#') ?? ajv.getSchema('har.json');
  if (found === undefined) throw new Error('har-schema has no schema of a HAR');
  return found;
}
