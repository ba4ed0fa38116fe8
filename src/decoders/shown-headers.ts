import type { HttpHeader } from './http-grammar.js';

/** The headers that say who answered and why. Cookies are secrets, and the others say nothing here. */
export const headersOfAnswerer = [
  'server',
  'cf-ray',
  'cf-mitigated',
  'cf-cache-status',
  'cf-error-type',
  'cf-error-origin',
  'content-type',
  'content-length',
  'location',
  'retry-after',
  'date',
  'age',
  'via',
  'x-cache',
  'www-authenticate',
  'proxy-authenticate',
] as const;

/** Those, and the ones that say what an origin is and how it frames its answers. */
const headersOfOrigin = [
  ...headersOfAnswerer,
  'cf-railgun',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'alt-svc',
  'x-powered-by',
  'strict-transport-security',
] as const;

/** Characters. */
const longestValue = 1000;

/**
 * The headers that may be shown: lower-case names, in the order of the list; what came several times is joined with commas.
 * `location` is without login, query and fragment, and a challenge is its scheme alone: the rest can be a secret.
 */
export function shownHeaders(
  headers: readonly HttpHeader[],
  names: readonly string[] = headersOfOrigin,
): Readonly<Record<string, string>> {
  const values = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    values.get(key)?.push(withoutSecrets(key, value));
  }
  const kept = [...values].filter(([, shown]) => shown.length > 0);
  return Object.fromEntries(kept.map(([name, shown]) => [name, shown.join(', ').slice(0, longestValue)]));
}

function withoutSecrets(name: string, value: string): string {
  // Scheme, host and path: a login has its tokens and passwords in the rest.
  if (name === 'location') return value.replace(/[?#][\s\S]*$/, '').replace(/^([^/\\]*[/\\]{2})[^/\\]*@/, '$1');
  return name.endsWith('-authenticate') ? (/^[^\s,]*/.exec(value)?.[0] ?? '') : value;
}
