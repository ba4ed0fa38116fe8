import { mostSecretsFound } from './secret-search.js';

/** What values are like that were masked and are not looked for everywhere, behind how many of others are. */
export function whyNotSearched(searched: number): string {
  const usual = 'too short or too ordinary';
  return searched < mostSecretsFound ? usual : `${usual}, or beyond the first ${mostSecretsFound}`;
}

/** The same as the end of a sentence; '' where there are none. */
export function notSearchedSays(searched: number, notSearched: number): string {
  if (notSearched === 0) return '';
  return searched < mostSecretsFound
    ? `; ${notSearched} ${whyNotSearched(searched)} to be looked for`
    : `; ${notSearched} are masked only where they are named, and not looked for elsewhere: ${whyNotSearched(searched)}`;
}
