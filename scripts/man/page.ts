import { macro, words } from './mdoc.js';

/** What all pages of one version have in common. */
export interface Edition {
  readonly version: string;
  /** Of the release, `YYYY-MM-DD`: the same input always makes the same page. */
  readonly date: string;
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** A page of section 1 as mdoc. Sections without a line are left out. */
export function page(name: string, summary: string, sections: readonly Section[], { version, date }: Edition): string {
  const lines = [
    '.\\" Made by `node scripts/generate.mjs` from the definitions of the commands: change those.',
    macro('Dd', longDate(date)),
    macro('Dt', name.toUpperCase(), '1'),
    macro('Os', 'rg-diag', version),
    macro('Sh', 'NAME'),
    macro('Nm', name),
    macro('Nd', words(summary)),
    ...sections
      .filter((section) => section.lines.length > 0)
      .flatMap((section) => [macro('Sh', words(section.title)), ...section.lines]),
  ];
  return `${lines.join('\n')}\n`;
}

/** References to other pages of section 1. */
export function seeAlso(names: readonly string[]): string[] {
  return [...names].sort().map((name, index, all) => macro('Xr', name, '1', ...(index < all.length - 1 ? [','] : [])));
}

function longDate(date: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
