import { secretsToldByConf } from '../../decoders/known-secrets.js';
import { createSecretSearch } from '../../decoders/secret-search.js';
import { secretsOfUrl } from '../../decoders/secrets-of-url.js';
import { maskedUrl } from '../../model/masked-url.js';
import type { VisitedPlace } from './facts.js';

/** A text without the secrets that are known by their value. */
export type Mask = (text: string) => string;

/**
 * Masks what the files of rg-listener (`texts`) have for secret, and what is not shown of the pages that were named, wherever it got
 * into: a log has the token, an origin sends back what it was asked for. What is too short or too ordinary is not looked for.
 */
export function createMask(places: readonly VisitedPlace[], texts: readonly string[]): Mask {
  const paths = places
    .map(({ path }) => ({ path, shown: maskedUrl(path) }))
    .filter(({ path, shown }) => path !== shown);
  const known = new Map([
    ...texts.flatMap((text) => [...secretsToldByConf(text).secrets]),
    ...paths.flatMap(({ path, shown }) => [...secretsOfUrl(path, shown)]),
  ]);
  // What was taken for the name of a host is in lower case.
  const lower = [...known].map(([secret, name]) => [secret.toLowerCase(), name] as const);
  const search = createSecretSearch(new Map([...lower, ...known]));
  // As it is shown everywhere else; also where the values in it are too short.
  const queries = paths.map(({ path, shown }) => [queryOf(path), queryOf(shown)] as const);
  return (text) => search.masked(queries.reduce((said, [query, shown]) => said.replaceAll(query, shown), text));
}

function queryOf(path: string): string {
  return path.slice(path.indexOf('?'));
}
