import type { Explanation } from '../command.js';
import type { ConfigCheckFacts } from './facts.js';

/** Settings, or lines of a map, that a ticket shows of a file. */
const mostShown = 60;

/** What a ticket needs: what the files say. Secrets are `***` in the facts already. */
export function signalsOf({ configs, maps }: ConfigCheckFacts): Explanation['signals'] {
  const isOne = configs.length + maps.length === 1;
  const of = (path: string, lines: readonly string[]) => (isOne ? listed(lines) : `${path}: ${listed(lines)}`);
  return [
    ...configs.map(({ path, settings }): readonly [string, string] => [
      'Settings',
      of(
        path,
        settings.map(({ key, value }) => `${key} = ${value}`),
      ),
    ]),
    ...maps.map(({ path, entries }): readonly [string, string] => [
      'Map',
      of(
        path,
        entries.map(({ key, target }) => `${key.text} = ${target.text}`),
      ),
    ]),
  ];
}

function listed(lines: readonly string[]): string {
  if (lines.length === 0) return 'nothing';
  const more = lines.length > mostShown ? `, and ${lines.length - mostShown} more` : '';
  return `${lines.slice(0, mostShown).join(', ')}${more}`;
}
