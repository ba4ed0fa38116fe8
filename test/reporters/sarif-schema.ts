import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';

/** What RFC 3986 lets a URI be made of. */
const uriCharacters = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/;

let validate: ValidateFunction | undefined;

/** The schema of SARIF 2.1.0 is of draft 4, which differs for what it uses only in how it calls itself. */
function compiled(): ValidateFunction {
  const schema = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _, id: __, ...rest } = schema as Record<string, unknown>;
  return new Ajv({
    strict: false,
    // A pattern of the schema is one only without.
    unicodeRegExp: false,
    allErrors: true,
    formats: {
      uri: (text: string) => uriCharacters.test(text) && URL.canParse(text),
      'uri-reference': (text: string) => uriCharacters.test(text) && URL.canParse(text, 'file:///somewhere/'),
      'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text),
    },
  }).compile(rest);
}

/** What is wrong with a document by the schema of SARIF 2.1.0: nothing, if all is well. */
export function sarifProblems(document: unknown): string[] {
  validate ??= compiled();
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
