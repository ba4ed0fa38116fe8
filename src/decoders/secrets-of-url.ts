import { isTellingEvidence } from './evidence-names.js';

/**
 * What of a URL is not shown of it, by value → what it is called: as it was given, and without percent-encoding. `shown`: the same URL
 * as it may be seen by others. What is too short or too ordinary to be looked for is left out.
 */
export function secretsOfUrl(url: string, shown: string): ReadonlyMap<string, string> {
  const values = [/[?&#=]/, /[?&#=;]/].flatMap((parting) => url.split(parting).slice(1)).flatMap(withDecoded);
  const secret = values.filter((value) => !shown.includes(value) && isTellingEvidence(value));
  return new Map(secret.map((value) => [value, 'value in a URL']));
}

function withDecoded(value: string): readonly string[] {
  try {
    return [...new Set([value, decodeURIComponent(value)])];
  } catch {
    return [value];
  }
}
